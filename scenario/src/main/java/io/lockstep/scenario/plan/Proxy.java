package io.lockstep.scenario.plan;

import java.util.List;
import java.util.Locale;

/**
 * What a file says of a proxy. Its password is a secret, called by its name.
 *
 * @param server where it is; {@code null} where the environment says so
 * @param tunnel which requests go through a tunnel
 * @param user that it knows; empty where it wants to know of none
 * @param passwordSecret name of the secret that the user proves it with; empty for an empty one
 * @param except hosts that are reached without it, as in {@code NO_PROXY}
 */
public record Proxy(
    Server server, Tunnel tunnel, String user, String passwordSecret, List<String> except) {
  public Proxy {
    except = List.copyOf(except);
  }

  /** Whether the environment of the run decides. */
  public boolean isOfEnvironment() {
    return server == null;
  }

  /**
   * Where a proxy is and what it speaks.
   *
   * @param kind what it speaks
   * @param host name or address, without brackets
   * @param port 1 to 65535
   */
  public record Server(Kind kind, String host, int port) {
    /** As a URL. */
    public String url() {
      return kind.scheme()
          + "://"
          + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
          + ":"
          + port;
    }
  }

  /** What a proxy speaks. */
  public enum Kind {
    /** HTTP: requests of its own form, or tunnels (RFC 9110, section 9.3.6). */
    HTTP(1),
    /** SOCKS 5 (RFC 1928), asked for addresses. */
    SOCKS5(2),
    /** The same, asked for names. */
    SOCKS5H(3);

    private final int code;

    Kind(final int code) {
      this.code = code;
    }

    /** The stable code. */
    public int code() {
      return code;
    }

    /** As in a URL. */
    public String scheme() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which requests go through a tunnel of an HTTP proxy. */
  public enum Tunnel {
    /** Those to {@code https} targets. */
    AUTO(1),
    /** All. */
    ALWAYS(2),
    /** None, so no {@code https} target can be reached. */
    NEVER(3);

    private final int code;

    Tunnel(final int code) {
      this.code = code;
    }

    /** The stable code. */
    public int code() {
      return code;
    }
  }
}
