/**
 * Keeps what a target echoes of a run's secrets out of the machine and its journal: each value that
 * comes back is replaced by a mark of its name when the response is admitted, and the mark by the
 * value when a request takes it to the wire again. Only live runs have secrets to look for.
 */
package io.lockstep.engine.core.secret;
