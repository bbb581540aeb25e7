package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Program;

/** What VUs wait for: one request at a time, or the requests of a page side by side. */
final class VuRequests {
  /** What came of what a VU should begin. */
  enum Begun {
    /** The VU waits for it. */
    WAITS,
    /** The VU had the answer already. */
    ANSWERED,
    /** An expression in it came to no value, so nothing was begun. */
    FAILED
  }

  private final Program program;
  private final Moment moment;
  private final MetricsTracker metrics;
  private final VuTable table;
  private final VuThrottle throttle;
  private final VuRendering rendering;
  private final VuSender sender;
  private final VuParallel parallel;

  /**
   * @param browsing {@code null} where no VU is a browser
   */
  VuRequests(
      final ShardState shard,
      final Transport transport,
      final VuThrottle throttle,
      final VuLogic logic,
      final VuBrowsing browsing) {
    this.throttle = throttle;
    program = shard.plan.program();
    moment = shard.moment;
    metrics = shard.metrics;
    table = shard.table;
    rendering = new VuRendering(shard, logic);
    if (browsing != null) {
      browsing.rendering(rendering);
    }
    sender = new VuSender(shard, transport, logic, browsing);
    parallel = new VuParallel(shard, throttle, rendering, sender, browsing != null);
  }

  /** From now on all is sent as it is digested: what is made of a secret as its expression. */
  void showLogical() {
    rendering.showLogical();
  }

  /** What failed checks end of the VU that goes on now. */
  int takeEnding() {
    return sender.takeEnding();
  }

  /** Issues the one request of a VU. */
  Begun issue(final int vu, final int request, final long visit, final int attempt) {
    sender.begin(vu);
    final boolean dynamic = rendering.isDynamic(request);
    if (dynamic && !rendering.render(vu, request, visit, moment.tick())) {
      return Begun.FAILED;
    }
    final long digest = dynamic ? rendering.digest() : rendering.planDigest(request);
    table.digest(vu, GenerationTracker.request(table.digest(vu), digest));
    final long stream = KeyedRandom.visitStream(table.stream(vu), visit);
    sender.onIssued(vu, visit);
    if (sender.browses(vu)) {
      final RenderedRequest logical = dynamic ? rendering.logical() : null;
      final RenderedRequest secretly = dynamic ? rendering.secretly() : null;
      if (sender.isAnswered(vu, vu, request, attempt, digest, logical, secretly, stream)) {
        return Begun.ANSWERED;
      }
    }
    final int requestSeq = sender.execute(vu, request);
    table.intendedNs(vu, moment.nowNs());
    final RenderedRequest content = dynamic ? rendering.request() : null;
    sender.send(vu, vu, request, requestSeq, attempt, digest, stream, content);
    return Begun.WAITS;
  }

  /** As {@link VuParallel#begin}. */
  Begun begin(final int vu, final int page) {
    return parallel.begin(vu, page);
  }

  /** As {@link VuParallel#goOn}, for the page that a VU is at. */
  boolean goOn(final int vu) {
    return parallel.goOn(vu, program.argument(table.pc(vu)));
  }

  /**
   * A request has ended; one that the VU does not wait for any more is counted and left.
   *
   * @return whether the VU goes on now, since nothing is under way any more.
   */
  boolean onCompletion(final int vu, final Completion completion) {
    if (table.state(vu) == VuState.WAITING.code()) {
      if (isAtPage(vu)) {
        return parallel.onCompletion(vu, program.argument(table.pc(vu)), completion);
      }
      if (table.requestSeq(vu) == completion.requestSeq) {
        return onAwaited(vu, completion);
      }
    }
    metrics.onLateCompletion();
    return false;
  }

  private boolean onAwaited(final int vu, final Completion completion) {
    final int request = table.request(vu);
    final long intendedNs = table.intendedNs(vu);
    final Completion answer = sender.answer(vu, vu, request, completion, intendedNs);
    if (answer == null) {
      final int requestSeq = sender.execute(vu, request);
      table.intendedNs(vu, moment.nowNs());
      sender.hop(vu, vu, request, requestSeq);
      return false;
    }
    table.failed(vu, metrics.failures().isFailure(request, answer));
    sender.read(vu, vu, request, answer.requestSeq, answer, intendedNs);
    return true;
  }

  private boolean isAtPage(final int vu) {
    return program.operation(table.pc(vu)) == Program.PARALLEL;
  }

  /** When what a VU has waited for ended. */
  long endedNs(final int vu, final Completion completion) {
    return isAtPage(vu)
        ? parallel.endedNs(vu, program.argument(table.pc(vu)))
        : completion.lastByteNs;
  }

  /** Gives up what a VU has under way. */
  void abandon(final int vu) {
    if (isAtPage(vu)) {
      parallel.abandon(vu, program.argument(table.pc(vu)));
    } else {
      throttle.forget(vu);
      sender.abandon(vu, vu, table.requestSeq(vu), table.request(vu), table.intendedNs(vu));
    }
  }
}
