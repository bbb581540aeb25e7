/** How long it takes until a large scenario is ready to run. */
package io.lockstep.bench.load;
