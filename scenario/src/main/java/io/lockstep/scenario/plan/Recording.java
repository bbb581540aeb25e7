package io.lockstep.scenario.plan;

import java.util.Optional;

/**
 * What a journal keeps of responses.
 *
 * @param bodies which
 * @param maxBodyBytes a longer body is cut there, in the journal and for whatever reads it; its
 *     true length is kept beside it
 */
public record Recording(Bodies bodies, int maxBodyBytes) {
  /** Largest allowed {@code maxBodyBytes}. */
  public static final int MAX_BODY_BYTES = 16 << 20;

  /** What counts where nothing is said. */
  public static final Recording DEFAULT = new Recording(Bodies.USED, 1 << 20);

  /** What to do where no body is kept and one is read. */
  public static final String BODIES_ADVICE =
      "say `bodies: used` and a `max_body` above 0, or leave `record` out";

  private static final int FIRST_FAILED_STATUS = 400;

  /** Which responses are kept. Codes are part of the plan's digest. */
  public enum Bodies {
    /** What something in the plan reads. */
    USED(1),
    /** Header fields and body of every response. */
    ALL(2),
    /** What something reads, and header fields and body of a status of 400 or above. */
    FAILED(3),
    /** No body; header fields that something reads are kept. */
    NONE(4);

    private final int code;

    Bodies(final int code) {
      this.code = code;
    }

    /** The stable code. */
    public int code() {
      return code;
    }
  }

  public Recording {
    if (maxBodyBytes < 0 || maxBodyBytes > MAX_BODY_BYTES) {
      throw new IllegalArgumentException("max_body " + maxBodyBytes + " of " + MAX_BODY_BYTES);
    }
  }

  /** What is kept of a response with this status, where so much of it is read. */
  public Capture capture(final Capture read, final int status) {
    final boolean whole =
        bodies == Bodies.ALL || (bodies == Bodies.FAILED && status >= FIRST_FAILED_STATUS);
    return whole ? Capture.BODY : read;
  }

  /** The most that can be kept of a response of which so much is read. */
  public Capture most(final Capture read) {
    return capture(read, FIRST_FAILED_STATUS);
  }

  /** Whether anything of a body is kept, where something reads it. */
  public boolean keepsBodies() {
    return bodies != Bodies.NONE && maxBodyBytes > 0;
  }

  /**
   * Why a plan that reads so much of a request's response cannot be run with this.
   *
   * @param request its name
   * @return empty where it can.
   */
  public Optional<String> conflict(final String request, final Capture read) {
    return !keepsBodies() && read == Capture.BODY
        ? Optional.of(
            (bodies == Bodies.NONE ? "`record.bodies: none`" : "`record.max_body: 0`")
                + " keeps no body, but something reads the body of "
                + request
                + ": a replay could not extract or check it again")
        : Optional.empty();
  }
}
