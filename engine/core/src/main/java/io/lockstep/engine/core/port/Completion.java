package io.lockstep.engine.core.port;

import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.RequestOutcome;

/**
 * How a request ended: all that was measured of it. Reused by its owner; fields are plain on
 * purpose.
 */
public final class Completion {
  /** A time that never came. */
  public static final long NULL_TIME = -1;

  /** Global id of the VU or slot, as it was sent; in a replay of the VU in any case. */
  public int vu;

  /** Number of the request within the VU. */
  public int requestSeq;

  /** How it ended. */
  public RequestOutcome outcome = RequestOutcome.RESPONSE;

  /** HTTP status, 0 where none came. */
  public int status;

  /** Time to connect if this request opened its connection, else 0. */
  public long connectNs;

  /** Time of the TLS handshake if this request opened its connection and that has TLS, else 0. */
  public long tlsNs;

  /** Version of TLS as on the wire, 0x0303 or 0x0304, where {@link #tlsNs} is not 0; else 0. */
  public int tlsVersion;

  /** Whether the handshake resumed an earlier session. */
  public boolean tlsResumed;

  /**
   * Why it failed, in the words of whoever saw it: the operating system, the TLS engine, the
   * parser; {@code null} where nobody said. Always a {@link FailureReason}, and one of few: it
   * names neither ports nor counts.
   */
  public String reason;

  /** Number of the reason in the journal; {@link FailureReason#NO_NUMBER} where it has none. */
  public int reasonNumber;

  /** How far it had come when it failed, as the machine tells it; else {@code null}. */
  public FailureStage stage;

  /** Whether what comes of the connection and of the reason is in the journal already. */
  public boolean isNoted;

  /** Whether it is from a recording, which says itself what was wrong with the body. */
  public boolean isReplayed;

  /** The send call, nanoseconds since run start, or {@link #NULL_TIME}. */
  public long sentNs;

  /**
   * When the operating system had the last byte of the request, or {@link #NULL_TIME} where nobody
   * knows: it never had it, or there is no network.
   */
  public long handedNs = NULL_TIME;

  /** First byte of the response, or {@link #NULL_TIME}. */
  public long firstByteNs;

  /** Last byte of the response, or when the failure was seen. */
  public long lastByteNs;

  /** Bytes of the request on the wire, head and body, as far as handed over. */
  public long bytesSent;

  /** Bytes of the response on the wire, head and body. */
  public long bytesReceived;

  /** What was kept of a complete response, where the plan reads or records it; else cleared. */
  public final Content content = new Content();

  /** Forgets what is said of a handshake, of a reason, and of the handing over. */
  public void clearConnection() {
    handedNs = NULL_TIME;
    tlsNs = 0;
    tlsVersion = 0;
    tlsResumed = false;
    reason = null;
    reasonNumber = FailureReason.NO_NUMBER;
    stage = null;
    isNoted = false;
  }
}
