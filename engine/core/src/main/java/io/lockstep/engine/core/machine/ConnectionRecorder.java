package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.journal.event.FailureExplainedDecoder;
import io.lockstep.journal.event.FailureExplainedEncoder;
import io.lockstep.journal.event.HandshakeEndedDecoder;
import io.lockstep.journal.event.HandshakeEndedEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Journals what is known of a completion beyond its measured times: the TLS handshake of its
 * connection and the reason of its failure. Both come just before the completion, and only where
 * there is something to say.
 */
final class ConnectionRecorder {
  /** An earlier session was resumed. */
  private static final int RESUMED = 1;

  private final EventWriter events;
  private final HandshakeEndedEncoder handshake = new HandshakeEndedEncoder();
  private final FailureExplainedEncoder failure = new FailureExplainedEncoder();
  private final byte[] text = new byte[FailureExplainedEncoder.textLength()];

  ConnectionRecorder(final EventWriter events) {
    this.events = events;
  }

  /** Journals it, just before the completion. */
  void record(final int vu, final Completion completion) {
    if (completion.tlsNs > 0) {
      put(
          vu,
          completion.requestSeq,
          completion.tlsNs,
          completion.tlsVersion,
          completion.tlsResumed ? RESUMED : 0);
    }
    if (completion.reason != null) {
      final byte[] bytes = completion.reason.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > FailureReason.MAX_BYTES) {
        throw new IllegalArgumentException("a reason of " + bytes.length + " bytes");
      }
      put(vu, completion.requestSeq, completion.outcome.code(), bytes, bytes.length);
    }
  }

  /** Journals a handshake that was recorded, and says what it was to the completion. */
  void replay(final HandshakeEndedDecoder recorded, final Completion to) {
    to.tlsNs = recorded.tlsNs();
    to.tlsVersion = recorded.protocol();
    to.tlsResumed = (recorded.flags() & RESUMED) != 0;
    to.isNoted = true;
    put(
        recorded.vu(),
        recorded.requestSeq(),
        recorded.tlsNs(),
        recorded.protocol(),
        recorded.flags());
  }

  /** Journals a reason that was recorded, and says it to the completion. */
  void replay(final FailureExplainedDecoder recorded, final Completion to) {
    recorded.getText(text, 0, text.length);
    int length = text.length;
    while (length > 0 && text[length - 1] == 0) {
      length--;
    }
    to.reason = new String(text, 0, length, StandardCharsets.UTF_8);
    to.isNoted = true;
    put(recorded.vu(), recorded.requestSeq(), recorded.outcome(), text, length);
  }

  private void put(
      final int vu, final int requestSeq, final long tlsNs, final int protocol, final int flags) {
    final int offset =
        events.begin(
            vu,
            HandshakeEndedEncoder.BLOCK_LENGTH,
            HandshakeEndedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_4);
    handshake
        .wrap(events.buffer(), offset)
        .flags((short) flags)
        .protocol(protocol)
        .requestSeq(requestSeq)
        .tlsNs(tlsNs)
        .reserved(0);
  }

  private void put(
      final int vu, final int requestSeq, final int outcome, final byte[] bytes, final int length) {
    final int offset =
        events.begin(
            vu,
            FailureExplainedEncoder.BLOCK_LENGTH,
            FailureExplainedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_4);
    failure
        .wrap(events.buffer(), offset)
        .outcome((short) outcome)
        .reserved(0)
        .requestSeq(requestSeq);
    final int from = offset + FailureExplainedEncoder.textEncodingOffset();
    events.buffer().putBytes(from, bytes, 0, length);
    events
        .buffer()
        .setMemory(
            from + length, offset + FailureExplainedEncoder.BLOCK_LENGTH - from - length, (byte) 0);
  }
}
