package io.lockstep.scenario.plan;

/**
 * How long a connection is kept. It is closed between two requests, never under one.
 *
 * @param maxRequests after so many it is closed
 * @param maxIdleNs after so long without a request it is closed
 * @param maxAgeNs once so old it gets no further request
 */
public record Keeping(long maxRequests, long maxIdleNs, long maxAgeNs) {
  /** Value of each where there is no limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** As long as the target keeps it. */
  public static final Keeping FOREVER = new Keeping(UNLIMITED, UNLIMITED, UNLIMITED);
}
