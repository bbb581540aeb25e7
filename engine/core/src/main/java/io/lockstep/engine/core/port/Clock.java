package io.lockstep.engine.core.port;

/** Monotonic time since the start of the run. */
@FunctionalInterface
public interface Clock {
  /** Nanoseconds since run start, never decreasing. */
  long nanoTime();
}
