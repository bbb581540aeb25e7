package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.expression.EvaluationFailure;
import io.lockstep.engine.core.expression.TextBuffer;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.journal.event.FlowNotedEncoder;
import io.lockstep.scenario.plan.RequestPlan;

/** Puts texts of flows into the journal, each in one event, cut where it is too long for that. */
final class VuNotes {
  private static final int MAX_BYTES = FlowNotedEncoder.textLength();

  /** U+2026, an ellipsis, in UTF-8. */
  private static final byte[] MORE = {(byte) 0xE2, (byte) 0x80, (byte) 0xA6};

  private final VuTable table;
  private final VuStates states;
  private final VuPublisher events;
  private final MetricsTracker metrics;
  private final Moment moment;
  private final TextBuffer text = new TextBuffer();
  private final byte[] shown = new byte[MAX_BYTES];

  VuNotes(final ShardState shard) {
    table = shard.table;
    states = shard.states;
    events = shard.events.vus();
    metrics = shard.metrics;
    moment = shard.moment;
  }

  /** A flow logs a text. */
  void log(final int vu, final TextBuffer logged) {
    note(vu, NoteKind.LOG, logged);
  }

  /** An iteration is about to end since an expression came to no value. */
  void failure(final int vu, final EvaluationFailure failure) {
    final String reason = failure.toString();
    text.clear();
    text.append(reason);
    note(vu, NoteKind.FAILURE, text);
    if (table.iteration(vu) >= 0) {
      metrics.onFailureNoted(table.scenario(vu), reason, table.startedNs(vu));
    } else {
      final boolean stop = table.iteration(vu) == VuIterations.STOP_FLOW;
      metrics.endings().onOnceFailed(table.scenario(vu), stop, reason);
    }
  }

  /** A request will not be sent since one of its parts is not allowed in one. */
  void invalidRequest(final int vu, final RequestPlan request, final String fault) {
    final String reason = request.name() + ": " + fault;
    text.clear();
    text.append(reason);
    note(vu, NoteKind.INVALID_REQUEST, text);
    metrics.onInvalidRequest(request.index(), reason, moment.nowNs());
  }

  private void note(final int vu, final NoteKind kind, final TextBuffer noted) {
    int length = Math.min(noted.length(), MAX_BYTES);
    System.arraycopy(noted.bytes(), 0, shown, 0, length);
    if (noted.length() > MAX_BYTES) {
      length -= MORE.length;
      while (length > 0 && (shown[length] & 0xC0) == 0x80) {
        length--; // not within a character
      }
      System.arraycopy(MORE, 0, shown, length, MORE.length);
      length += MORE.length;
    }
    events.flowNoted(
        states.global(vu), table.scenario(vu), table.iteration(vu), kind, shown, length);
  }
}
