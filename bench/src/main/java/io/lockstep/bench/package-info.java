/** Benches. */
package io.lockstep.bench;
