package io.lockstep.scenario.plan;

/**
 * How VUs share connections.
 *
 * @param pool connections that all VUs share, over all shards; {@link #PER_VU} where each VU has
 *     its own
 * @param connectTimeoutNs longest time to open one
 * @param maxHeaderBytes largest head of a response
 * @param maxBodyBytes largest body of a response
 */
public record Connections(int pool, long connectTimeoutNs, int maxHeaderBytes, long maxBodyBytes) {
  /** Value of {@code pool} where each VU has a connection of its own. */
  public static final int PER_VU = 0;
}
