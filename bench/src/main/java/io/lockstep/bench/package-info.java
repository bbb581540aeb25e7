/** The benches' command: picks benches, runs them, says what was demanded of their figures. */
package io.lockstep.bench;
