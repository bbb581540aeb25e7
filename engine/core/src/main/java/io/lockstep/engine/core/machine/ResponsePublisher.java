package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Browser;
import io.lockstep.journal.event.CacheAnsweredEncoder;
import io.lockstep.journal.event.ChecksEvaluatedEncoder;
import io.lockstep.journal.event.RedirectedEncoder;
import io.lockstep.journal.event.ValuesMissedEncoder;

/** Encodes what the machine makes of responses. */
final class ResponsePublisher {
  /** Nothing was sent. */
  static final int FRESH = 1;

  /** The target said that nothing has changed. */
  static final int NOT_MODIFIED = 2;

  private final EventWriter events;
  private final ChecksEvaluatedEncoder checks = new ChecksEvaluatedEncoder();
  private final ValuesMissedEncoder missed = new ValuesMissedEncoder();
  private final RedirectedEncoder redirected = new RedirectedEncoder();
  private final CacheAnsweredEncoder cached = new CacheAnsweredEncoder();

  ResponsePublisher(final EventWriter events) {
    this.events = events;
  }

  void checksEvaluated(
      final int vu,
      final int scenario,
      final int requestSeq,
      final int request,
      final int made,
      final long failed) {
    final int offset =
        events.begin(
            vu,
            ChecksEvaluatedEncoder.BLOCK_LENGTH,
            ChecksEvaluatedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_3);
    checks
        .wrap(events.buffer(), offset)
        .made((short) made)
        .scenario(scenario)
        .requestSeq(requestSeq)
        .request(request)
        .failed(failed);
  }

  void valuesMissed(
      final int vu,
      final int scenario,
      final int requestSeq,
      final int request,
      final int made,
      final long bits) {
    final int offset =
        events.begin(
            vu,
            ValuesMissedEncoder.BLOCK_LENGTH,
            ValuesMissedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_3);
    missed
        .wrap(events.buffer(), offset)
        .made((short) made)
        .scenario(scenario)
        .requestSeq(requestSeq)
        .request(request)
        .missed(bits);
  }

  void redirected(
      final int vu,
      final int scenario,
      final int requestSeq,
      final Browser.Turn turn,
      final int hop) {
    final int offset =
        events.begin(
            vu,
            RedirectedEncoder.BLOCK_LENGTH,
            RedirectedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_3);
    redirected
        .wrap(events.buffer(), offset)
        .turn((short) turn.code())
        .scenario(scenario)
        .requestSeq(requestSeq)
        .hop(hop);
  }

  void cacheAnswered(
      final int vu,
      final int scenario,
      final long iteration,
      final int requestSeq,
      final int request,
      final int how,
      final long atNs,
      final long requestDigest) {
    final int offset =
        events.begin(
            vu,
            CacheAnsweredEncoder.BLOCK_LENGTH,
            CacheAnsweredEncoder.TEMPLATE_ID,
            EventWriter.VERSION_3);
    cached
        .wrap(events.buffer(), offset)
        .how((short) how)
        .scenario(scenario)
        .requestSeq(requestSeq)
        .request(request)
        .iteration(iteration)
        .atNs(atNs)
        .requestDigest(requestDigest);
  }
}
