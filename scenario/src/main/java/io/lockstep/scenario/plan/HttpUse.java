package io.lockstep.scenario.plan;

/**
 * Which HTTP connections speak, and how many requests each carries at a time.
 *
 * @param version that is spoken
 * @param maxStreams most requests on a connection of HTTP/2; the target may allow fewer
 */
public record HttpUse(Version version, int maxStreams) {
  /** Requests at a time where nothing is said: what RFC 9113 asks of servers at least. */
  public static final int DEFAULT_STREAMS = 100;

  /** What counts where nothing is said. */
  public static final HttpUse DEFAULT = new HttpUse(Version.AUTO, DEFAULT_STREAMS);

  /** Which version. Codes are part of the plan's digest. */
  public enum Version {
    /** What the target chooses in the TLS handshake; HTTP/1.1 without TLS. */
    AUTO(0, "auto"),
    /** HTTP/1.1 alone. */
    HTTP_1_1(1, "1.1"),
    /** HTTP/2 alone; without TLS by prior knowledge. */
    HTTP_2(2, "2");

    private final int code;
    private final String word;

    Version(final int code, final String word) {
      this.code = code;
      this.word = word;
    }

    /** The stable code. */
    public int code() {
      return code;
    }

    /** How scenario files call it. */
    public String word() {
      return word;
    }
  }

  /** Whether connections to a target may come to speak HTTP/2. */
  public boolean mayMultiplex(final boolean isSecure) {
    return version == Version.HTTP_2 || (version == Version.AUTO && isSecure);
  }
}
