/** Whether the latencies that Lockstep tells are those that a target had. */
package io.lockstep.bench.accuracy;
