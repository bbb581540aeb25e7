/**
 * A scenario file as its author thinks of it, read and validated, in records: durations in
 * nanoseconds, defaults filled in, nothing compiled yet.
 */
package io.lockstep.scenario.model;
