package io.lockstep.engine.core.port;

import java.util.Locale;

/** How a live transport asks its system for what happens on connections. */
public enum Network {
  /** Not told, or there are no connections. */
  UNKNOWN(0),
  /** Linux's epoll. */
  EPOLL(1),
  /** Linux's io_uring. */
  IO_URING(2),
  /** Java's selector. */
  NIO(3);

  private final int code;

  Network(final int code) {
    this.code = code;
  }

  /** The one with a code; {@link #UNKNOWN} where a journal's schema has none. */
  public static Network of(final long code) {
    for (final Network network : values()) {
      if (network.code == code) {
        return network;
      }
    }
    return UNKNOWN;
  }

  /** In journals. */
  public int code() {
    return code;
  }

  /** In text and JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
