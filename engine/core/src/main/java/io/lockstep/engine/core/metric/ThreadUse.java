package io.lockstep.engine.core.metric;

import java.util.Locale;

/**
 * What one thread of a shard used over a live run: an input, since it is measured.
 *
 * @param shard it belongs to
 * @param role what it does
 * @param wallNs span that the sample covers
 * @param cpuNs CPU it used
 * @param waitNs time for which it was ready to run and had no CPU; {@link #UNKNOWN} where the
 *     system does not tell
 * @param slices how often it was given a CPU, or {@link #UNKNOWN}
 * @param preemptions how often a CPU was taken from it, or {@link #UNKNOWN}
 */
public record ThreadUse(
    int shard, Role role, long wallNs, long cpuNs, long waitNs, long slices, long preemptions) {
  /** Of a figure that the system does not tell. */
  public static final long UNKNOWN = -1;

  /** Its name: that of the thread itself. */
  public String name() {
    return role.key() + "-" + shard;
  }

  /** What a thread does. Codes are stored in journals. */
  public enum Role {
    /** The machine, and with shared threading all else. */
    ENGINE(1),
    /** The network, with dedicated threading. */
    TRANSPORT(2),
    /** The journal, with dedicated threading. */
    JOURNAL(3);

    private final int code;

    Role(final int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    /** The name in text and JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * By its code.
     *
     * @throws IllegalArgumentException if there is none.
     */
    public static Role of(final int code) {
      for (final Role role : values()) {
        if (role.code == code) {
          return role;
        }
      }
      throw new IllegalArgumentException("no thread's role has the code " + code);
    }
  }
}
