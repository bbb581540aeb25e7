package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.journal.event.HandshakeEndedDecoder;
import io.lockstep.journal.event.HandshakeEndedEncoder;

/**
 * Journals the TLS handshake of a request's connection, just before the completion, where that
 * request had one.
 */
final class ConnectionRecorder {
  /** An earlier session was resumed. */
  private static final int RESUMED = 1;

  private final EventWriter events;
  private final HandshakeEndedEncoder handshake = new HandshakeEndedEncoder();

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
}
