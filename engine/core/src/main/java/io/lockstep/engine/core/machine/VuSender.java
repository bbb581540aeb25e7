package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.secret.SecretEchoes;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.Arrays;

/**
 * One request of a VU, whether it is its only one or one of a page: puts it on its way, as a
 * browser where the VU is one, and takes what comes of it.
 */
final class VuSender {
  private final Transport transport;
  private final Moment moment;
  private final RequestPublisher events;
  private final MetricsTracker metrics;
  private final VuTable table;
  private final VuStates states;
  private final VuResponses responses;
  private final VuReadings readings;

  /** {@code null} where no secret has a value. */
  private final SecretEchoes echoes;

  /** {@code null} where no VU is a browser. */
  private final VuBrowsing browsing;

  /** By scenario; only those that search their capacity count what ends. */
  private final CapacitySearch[] searches;

  /** What the checks of the responses to what a VU waited for end. */
  private int ending = VuReadings.GO_ON;

  VuSender(
      final ShardState shard,
      final Transport transport,
      final VuLogic logic,
      final VuBrowsing browsing) {
    this.transport = transport;
    this.browsing = browsing;
    moment = shard.moment;
    events = shard.events.requests();
    metrics = shard.metrics;
    table = shard.table;
    states = shard.states;
    responses = new VuResponses(shard);
    readings = new VuReadings(shard, logic);
    echoes = shard.echoes;
    searches = Arrays.stream(shard.scenarios).map(run -> run.search).toArray(CapacitySearch[]::new);
  }

  /** Whether nothing that was read ends anything. */
  boolean goesOn() {
    return ending == VuReadings.GO_ON;
  }

  /** What failed checks end of the VU that goes on now. */
  int takeEnding() {
    final int taken = ending;
    ending = VuReadings.GO_ON;
    return taken;
  }

  boolean browses(final int vu) {
    return browsing != null && browsing.isBrowser(vu);
  }

  /** A VU is about to render what it asks for. */
  void begin(final int vu) {
    if (echoes != null) {
      echoes.begin(vu, table.requestSeq(vu) + 1);
    }
  }

  /** A request is about to be made, by an iteration that made it so often before. */
  void onIssued(final int slot, final long visit) {
    readings.onIssued(slot, visit);
  }

  /** Whether a browser had the answer to what it asks for; that is then read. */
  boolean isAnswered(
      final int vu,
      final int slot,
      final int request,
      final int attempt,
      final long digest,
      final RenderedRequest logical,
      final RenderedRequest secretly,
      final long stream) {
    final long nowNs = moment.nowNs();
    if (!browsing.ask(vu, slot, request, attempt, digest, logical, secretly, stream, nowNs)) {
      return false;
    }
    final int requestSeq = table.requestSeq(vu) + 1;
    table.request(vu, requestSeq, request);
    browsing.onFresh(vu, request, requestSeq, digest, nowNs);
    read(vu, slot, request, requestSeq, browsing.kept(), nowNs);
    return true;
  }

  /** A VU begins to make a request; its number. */
  int execute(final int vu, final int request) {
    states.enter(vu, VuState.EXECUTING);
    final int requestSeq = table.requestSeq(vu) + 1;
    table.request(vu, requestSeq, request);
    return requestSeq;
  }

  /**
   * Journals and sends what a VU asks for, or what a browser makes of that.
   *
   * @param content {@code null} for what the plan says
   */
  void send(
      final int vu,
      final int slot,
      final int request,
      final int requestSeq,
      final int attempt,
      final long digest,
      final long stream,
      final RenderedRequest content) {
    if (browses(vu)) {
      put(vu, slot, request, requestSeq, attempt, browsing.digest(), stream, browsing.sent());
    } else {
      put(vu, slot, request, requestSeq, attempt, digest, stream, content);
    }
  }

  /**
   * Makes the request that a redirect leads to. It needs no token of a throttle, which paces what
   * scenarios ask for: a wait for one would be in the middle of a measured response.
   */
  void hop(final int vu, final int slot, final int request, final int requestSeq) {
    put(
        vu,
        slot,
        request,
        requestSeq,
        browsing.attempt(slot),
        browsing.digest(),
        browsing.hopStream(slot),
        browsing.sent());
  }

  private void put(
      final int vu,
      final int slot,
      final int request,
      final int requestSeq,
      final int attempt,
      final long digest,
      final long stream,
      final RenderedRequest content) {
    final long nowNs = moment.nowNs();
    events.requestIssued(
        states.global(vu),
        table.scenario(vu),
        table.iteration(vu),
        nowNs,
        digest,
        request,
        requestSeq,
        attempt);
    metrics.onIssued(request, nowNs);
    states.enter(vu, VuState.WAITING);
    final RenderedRequest sent = echoes == null ? content : echoes.sent(request, content);
    transport.send(states.global(slot), request, requestSeq, stream, moment.tick(), nowNs, sent);
  }

  /**
   * Counts what came of a request.
   *
   * @return what the scenario sees of it; {@code null} where a redirect leads on
   */
  Completion answer(
      final int vu,
      final int slot,
      final int request,
      final Completion completion,
      final long intendedNs) {
    metrics.onCompleted(request, completion, intendedNs);
    final CapacitySearch search = searches[table.scenario(vu)];
    if (search != null) {
      search.onCompleted(completion, metrics.failures().isFailure(request, completion), intendedNs);
    }
    return browses(vu) ? browsing.answer(vu, slot, request, completion, intendedNs) : completion;
  }

  /** Takes from an answer what the plan says, and holds it to its checks. */
  void read(
      final int vu,
      final int slot,
      final int request,
      final int requestSeq,
      final Completion answer,
      final long intendedNs) {
    responses.onCompletion(
        vu, answer, metrics.failures().isBad(request, answer.status), intendedNs);
    ending =
        Math.max(
            ending,
            readings.read(vu, slot, request, requestSeq, answer, intendedNs, moment.tick()));
  }

  /** Gives a request up. */
  void abandon(
      final int vu,
      final int slot,
      final int requestSeq,
      final int request,
      final long intendedNs) {
    metrics.onInterrupted(request, intendedNs);
    events.requestAbandoned(
        states.global(vu), table.scenario(vu), RequestOutcome.INTERRUPTED, requestSeq, request);
    transport.cancel(states.global(slot), requestSeq);
  }
}
