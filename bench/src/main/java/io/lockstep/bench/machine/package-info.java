/** How fast the machine simulates, journals and replays, and what it holds and allocates. */
package io.lockstep.bench.machine;
