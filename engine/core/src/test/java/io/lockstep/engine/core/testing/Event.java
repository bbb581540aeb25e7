package io.lockstep.engine.core.testing;

import io.lockstep.engine.core.machine.VuState;
import io.lockstep.journal.block.EventCursor;
import io.lockstep.journal.event.ArrivalDroppedDecoder;
import io.lockstep.journal.event.CapacitySteppedDecoder;
import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.FlowNotedDecoder;
import io.lockstep.journal.event.GeneratorSampledDecoder;
import io.lockstep.journal.event.GroupEndedDecoder;
import io.lockstep.journal.event.IterationEndedDecoder;
import io.lockstep.journal.event.OperatorCommandedDecoder;
import io.lockstep.journal.event.RequestAbandonedDecoder;
import io.lockstep.journal.event.RequestCompletedDecoder;
import io.lockstep.journal.event.RequestIssuedDecoder;
import io.lockstep.journal.event.ResourcesSampledDecoder;
import io.lockstep.journal.event.ResponseContentDecoder;
import io.lockstep.journal.event.RunEndedDecoder;
import io.lockstep.journal.event.RunStartedDecoder;
import io.lockstep.journal.event.TestStoppedDecoder;
import io.lockstep.journal.event.ThreadSampledDecoder;
import io.lockstep.journal.event.VuTransitionDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** One decoded event; what a kind does not have is left out of it. */
public sealed interface Event {
  /** Its place in the total order. */
  At at();

  /**
   * A place in the total order.
   *
   * @param vu global id, -1 for none
   */
  record At(int vu, long tick, int phase, long sequence) {}

  record Started(At at, int shard, int shards, int vus) implements Event {}

  record Ended(At at, int outcome, long iterations, long endedNs) implements Event {}

  record Moved(At at, VuState from, VuState to) implements Event {}

  record Issued(
      At at,
      int scenario,
      long iteration,
      long intendedNs,
      long digest,
      int request,
      int seq,
      int attempt)
      implements Event {}

  record Completed(At at, int outcome, int seq, long sentNs, long lastByteNs) implements Event {}

  record Abandoned(At at, int outcome, int scenario, int seq, int request) implements Event {}

  record Dropped(At at, int scenario, long arrival) implements Event {}

  record Iterated(At at, int outcome, int scenario, long iteration, long startedNs, long endedNs)
      implements Event {}

  record Grouped(
      At at, int outcome, int scenario, long iteration, long startedNs, long endedNs, int group)
      implements Event {}

  /** A flow logged a text, or failed. */
  record Noted(At at, int kind, int scenario, long iteration, String text) implements Event {}

  record Stopped(At at, int scenario, long iteration) implements Event {}

  record Commanded(At at, int command) implements Event {}

  record Sampled(At at) implements Event {}

  /** {@code text} has one character per byte. */
  record ContentPart(
      At at, int generation, long hashHigh, long hashLow, int length, int offset, String text)
      implements Event {}

  record Kept(
      At at,
      int flags,
      int seq,
      int headLength,
      long bodyLength,
      int keptLength,
      long bodyHashHigh,
      long bodyHashLow)
      implements Event {}

  record Stepped(At at, int scenario, long rate, int verdict) implements Event {}

  /** The event that a cursor stands on. */
  static Event decode(final EventCursor cursor, final DirectBuffer buffer) {
    final At at = new At(cursor.vu(), cursor.tick(), cursor.phase(), cursor.sequence());
    final int body = cursor.bodyOffset();
    final int length = cursor.length() - (body - cursor.offset());
    final int version = cursor.version();
    switch (cursor.templateId()) {
      case RunStartedDecoder.TEMPLATE_ID:
        final RunStartedDecoder started =
            new RunStartedDecoder().wrap(buffer, body, length, version);
        return new Started(at, started.shard(), started.shards(), started.vus());
      case RunEndedDecoder.TEMPLATE_ID:
        final RunEndedDecoder ended = new RunEndedDecoder().wrap(buffer, body, length, version);
        return new Ended(at, ended.outcome(), ended.iterations(), ended.endedNs());
      case VuTransitionDecoder.TEMPLATE_ID:
        final VuTransitionDecoder moved =
            new VuTransitionDecoder().wrap(buffer, body, length, version);
        return new Moved(at, VuState.of(moved.fromState()), VuState.of(moved.toState()));
      case RequestIssuedDecoder.TEMPLATE_ID:
        return issued(at, new RequestIssuedDecoder().wrap(buffer, body, length, version));
      case RequestCompletedDecoder.TEMPLATE_ID:
        final RequestCompletedDecoder done =
            new RequestCompletedDecoder().wrap(buffer, body, length, version);
        return new Completed(
            at, done.outcome(), done.requestSeq(), done.sentNs(), done.lastByteNs());
      case RequestAbandonedDecoder.TEMPLATE_ID:
        final RequestAbandonedDecoder left =
            new RequestAbandonedDecoder().wrap(buffer, body, length, version);
        return new Abandoned(
            at, left.outcome(), left.scenario(), left.requestSeq(), left.request());
      case ArrivalDroppedDecoder.TEMPLATE_ID:
        final ArrivalDroppedDecoder dropped =
            new ArrivalDroppedDecoder().wrap(buffer, body, length, version);
        return new Dropped(at, dropped.scenario(), dropped.arrival());
      case IterationEndedDecoder.TEMPLATE_ID:
        return iterated(at, new IterationEndedDecoder().wrap(buffer, body, length, version));
      case OperatorCommandedDecoder.TEMPLATE_ID:
        return new Commanded(
            at, new OperatorCommandedDecoder().wrap(buffer, body, length, version).command());
      case GroupEndedDecoder.TEMPLATE_ID:
        return grouped(at, new GroupEndedDecoder().wrap(buffer, body, length, version));
      case FlowNotedDecoder.TEMPLATE_ID:
        final FlowNotedDecoder noted = new FlowNotedDecoder().wrap(buffer, body, length, version);
        final byte[] text = new byte[FlowNotedDecoder.textLength()];
        noted.getText(text, 0, text.length);
        return new Noted(
            at,
            noted.kind(),
            noted.scenario(),
            noted.iteration(),
            new String(text, StandardCharsets.UTF_8).replace("\0", ""));
      case TestStoppedDecoder.TEMPLATE_ID:
        final TestStoppedDecoder stopped =
            new TestStoppedDecoder().wrap(buffer, body, length, version);
        return new Stopped(at, stopped.scenario(), stopped.iteration());
      case ResourcesSampledDecoder.TEMPLATE_ID:
      case GeneratorSampledDecoder.TEMPLATE_ID:
      case ThreadSampledDecoder.TEMPLATE_ID:
        return new Sampled(at);
      case ContentRecordedDecoder.TEMPLATE_ID:
        return part(
            at,
            new ContentRecordedDecoder()
                .wrap(buffer, body, ContentRecordedDecoder.BLOCK_LENGTH, version));
      case ResponseContentDecoder.TEMPLATE_ID:
        return kept(at, new ResponseContentDecoder().wrap(buffer, body, length, version));
      case CapacitySteppedDecoder.TEMPLATE_ID:
        final CapacitySteppedDecoder step =
            new CapacitySteppedDecoder().wrap(buffer, body, length, version);
        return new Stepped(at, step.scenario(), step.rate(), step.verdict());
      default:
        throw new IllegalArgumentException("no event has template " + cursor.templateId());
    }
  }

  private static ContentPart part(final At at, final ContentRecordedDecoder part) {
    final byte[] bytes = new byte[part.bytesLength()];
    part.getBytes(bytes, 0, bytes.length);
    return new ContentPart(
        at,
        part.generation(),
        part.hashHigh(),
        part.hashLow(),
        part.contentLength(),
        part.partOffset(),
        new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private static Kept kept(final At at, final ResponseContentDecoder kept) {
    return new Kept(
        at,
        kept.flags(),
        kept.requestSeq(),
        kept.headLength(),
        kept.bodyLength(),
        kept.keptLength(),
        kept.bodyHashHigh(),
        kept.bodyHashLow());
  }

  private static Issued issued(final At at, final RequestIssuedDecoder issued) {
    return new Issued(
        at,
        issued.scenario(),
        issued.iteration(),
        issued.intendedNs(),
        issued.requestDigest(),
        issued.request(),
        issued.requestSeq(),
        issued.attempt());
  }

  private static Grouped grouped(final At at, final GroupEndedDecoder ended) {
    return new Grouped(
        at,
        ended.outcome(),
        ended.scenario(),
        ended.iteration(),
        ended.startedNs(),
        ended.endedNs(),
        ended.group());
  }

  private static Iterated iterated(final At at, final IterationEndedDecoder ended) {
    return new Iterated(
        at,
        ended.outcome(),
        ended.scenario(),
        ended.iteration(),
        ended.startedNs(),
        ended.endedNs());
  }
}
