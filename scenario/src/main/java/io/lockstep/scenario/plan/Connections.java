package io.lockstep.scenario.plan;

/**
 * How VUs share connections.
 *
 * @param pool connections that all VUs share, over all shards; {@link #PER_VU} where each VU has
 *     its own, {@link #PER_REQUEST} where each request has
 * @param connectTimeoutNs longest time to open one
 * @param maxHeaderBytes largest head of a response
 * @param maxBodyBytes largest body of a response
 * @param keeping how long each is kept
 * @param opening from where to where, and when
 * @param http which HTTP they speak
 */
public record Connections(
    int pool,
    long connectTimeoutNs,
    int maxHeaderBytes,
    long maxBodyBytes,
    Keeping keeping,
    Opening opening,
    HttpUse http) {
  /** Value of {@code pool} where each VU has a connection of its own. */
  public static final int PER_VU = 0;

  /** Value of {@code pool} where each request has a connection of its own. */
  public static final int PER_REQUEST = -1;

  /** Connections that are opened on demand and kept as long as the target keeps them. */
  public Connections(
      final int pool,
      final long connectTimeoutNs,
      final int maxHeaderBytes,
      final long maxBodyBytes) {
    this(
        pool,
        connectTimeoutNs,
        maxHeaderBytes,
        maxBodyBytes,
        Keeping.FOREVER,
        Opening.PLAIN,
        HttpUse.DEFAULT);
  }

  /** Whether VUs share a number of them. */
  public boolean isShared() {
    return pool > PER_VU;
  }

  /** The same, kept and opened otherwise. */
  public Connections with(final Keeping newKeeping, final Opening newOpening) {
    return new Connections(
        pool, connectTimeoutNs, maxHeaderBytes, maxBodyBytes, newKeeping, newOpening, http);
  }

  /** The same, speaking another HTTP. */
  public Connections with(final HttpUse newHttp) {
    return new Connections(
        pool, connectTimeoutNs, maxHeaderBytes, maxBodyBytes, keeping, opening, newHttp);
  }
}
