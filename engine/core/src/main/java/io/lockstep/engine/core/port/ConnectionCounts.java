package io.lockstep.engine.core.port;

/**
 * What became of a live run's connections: an input, since no other event tells it. What happens to
 * a connection while it carries no request is nobody's failure, and would be lost.
 *
 * @param opened by requests, and ahead of them
 * @param ahead of these, opened before any request wanted them
 * @param failedAhead attempts ahead of requests that came to nothing; a request makes its own
 * @param closedIdle that the target closed, or the network broke, while they carried no request
 * @param retired that their limits of requests, idleness or age closed
 * @param strays closed since bytes came that no request had asked for
 * @param handshakesAhead TLS handshakes of those that were opened ahead, which no request tells
 */
public record ConnectionCounts(
    long opened,
    long ahead,
    long failedAhead,
    long closedIdle,
    long retired,
    long strays,
    long handshakesAhead) {
  /** Without TLS, or with nothing opened ahead. */
  public ConnectionCounts(
      final long opened,
      final long ahead,
      final long failedAhead,
      final long closedIdle,
      final long retired,
      final long strays) {
    this(opened, ahead, failedAhead, closedIdle, retired, strays, 0);
  }

  /** Those of two shards together. */
  public ConnectionCounts plus(final ConnectionCounts other) {
    return new ConnectionCounts(
        opened + other.opened,
        ahead + other.ahead,
        failedAhead + other.failedAhead,
        closedIdle + other.closedIdle,
        retired + other.retired,
        strays + other.strays,
        handshakesAhead + other.handshakesAhead);
  }
}
