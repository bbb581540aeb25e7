package io.lockstep.replay.inspect;

import io.lockstep.engine.core.machine.IterationOutcome;
import io.lockstep.engine.core.machine.NoteKind;
import io.lockstep.engine.core.metric.Failures;
import io.lockstep.journal.event.ArrivalDroppedDecoder;
import io.lockstep.journal.event.ChecksEvaluatedDecoder;
import io.lockstep.journal.event.FlowNotedDecoder;
import io.lockstep.journal.event.IterationEndedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.RequestCompletedDecoder;
import io.lockstep.replay.event.EventKind;
import io.lockstep.replay.event.EventView;
import io.lockstep.replay.event.VuContext;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.ResponseUse;

/**
 * Which events to show; the conditions are joined by "and".
 *
 * @param vu events of this VU, {@link #ANY} for all
 * @param iteration events of this iteration or arrival, in any VU, from its first request to its
 *     end, or of what VUs do once where it is below 0; {@link #ANY} for all
 * @param failed ends of requests that are a failure or a status that is not expected, checks of
 *     which one failed, and iterations that failed, all with why they did and with the responses
 */
public record EventFilter(int vu, long iteration, boolean failed) {
  /** Stands for no condition. */
  public static final int ANY = Integer.MIN_VALUE;

  /** Every event. */
  public static final EventFilter ALL = new EventFilter(ANY, ANY, false);

  /**
   * Whether the event is to be shown.
   *
   * @param context has seen all before it, and it
   * @param failures {@code null} where the plan is not known
   */
  boolean matches(final EventView event, final VuContext context, final Failures failures) {
    if (vu != ANY && event.vu() != vu) {
      return false;
    }
    final EventKind kind = EventKind.of(event.templateId());
    return (!failed || isFailure(kind, event, context, failures))
        && (iteration == ANY || iteration == iterationOf(kind, event, context));
  }

  private static boolean isFailure(
      final EventKind kind,
      final EventView event,
      final VuContext context,
      final Failures failures) {
    if (kind == EventKind.CHECKS_EVALUATED) {
      final ChecksEvaluatedDecoder checks =
          new ChecksEvaluatedDecoder()
              .wrapAndApplyHeader(event.buffer(), event.offset(), new MessageHeaderDecoder());
      return checks.failed() != 0;
    }
    if (kind == EventKind.ITERATION_ENDED) {
      final IterationEndedDecoder ended =
          new IterationEndedDecoder()
              .wrapAndApplyHeader(event.buffer(), event.offset(), new MessageHeaderDecoder());
      return ended.outcome() == IterationOutcome.FAILED.code();
    }
    if (kind == EventKind.FLOW_NOTED) {
      final FlowNotedDecoder noted =
          new FlowNotedDecoder()
              .wrapAndApplyHeader(event.buffer(), event.offset(), new MessageHeaderDecoder());
      return noted.kind() == NoteKind.FAILURE.code()
          || noted.kind() == NoteKind.INVALID_REQUEST.code();
    }
    if (kind != EventKind.REQUEST_COMPLETED) {
      return kind == EventKind.REQUEST_ABANDONED
          || kind == EventKind.FAILURE_EXPLAINED
          || kind == EventKind.FAILURE_REASONED
          || kind == EventKind.BODY_FAULTED;
    }
    final RequestCompletedDecoder completed =
        new RequestCompletedDecoder()
            .wrapAndApplyHeader(event.buffer(), event.offset(), new MessageHeaderDecoder());
    if (completed.outcome() != RequestOutcome.RESPONSE.code()) {
      return true;
    }
    final long request = context.request(event.vu(), completed.requestSeq());
    return (failures == null || request == VuContext.NONE)
        ? completed.status() >= ResponseUse.FIRST_BAD_STATUS
        : failures.isBad((int) request, completed.status());
  }

  private static long iterationOf(
      final EventKind kind, final EventView event, final VuContext context) {
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    if (kind == EventKind.ARRIVAL_DROPPED) {
      return new ArrivalDroppedDecoder()
          .wrapAndApplyHeader(event.buffer(), event.offset(), header)
          .arrival();
    }
    if (kind == EventKind.ITERATION_ENDED) {
      return new IterationEndedDecoder()
          .wrapAndApplyHeader(event.buffer(), event.offset(), header)
          .iteration();
    }
    if (kind == EventKind.FLOW_NOTED) {
      return new FlowNotedDecoder()
          .wrapAndApplyHeader(event.buffer(), event.offset(), header)
          .iteration();
    }
    return context.iteration(event.vu());
  }
}
