package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.util.Arrays;

/**
 * The requests of VUs: one at a time, or those of a page side by side. A page's requests enter the
 * generation digest together and in their order when it begins, so that it does not matter which of
 * them ends first.
 */
final class VuRequests {
  private static final int NO_LANE = -1;

  private final Transport transport;
  private final EventPublisher events;
  private final MetricsTracker metrics;
  private final Program program;
  private final VuTable table;
  private final VuSlots slots;
  private final VuStates states;
  private final VuLanes lanes;
  private final VuThrottle throttle;

  /** By scenario; only those that search their capacity count what ends. */
  private final CapacitySearch[] searches;

  private final Flow.Page[] pages;
  private final long[] requestDigests;
  private final VuResponses responses;
  private final VuRendering rendering;
  private final VuPages rendered;
  private long tick;
  private long nowNs;

  VuRequests(
      final Plan plan,
      final Transport transport,
      final EventPublisher events,
      final MetricsTracker metrics,
      final VuTable table,
      final VuSlots slots,
      final VuStates states,
      final VuLanes lanes,
      final VuThrottle throttle,
      final VuResponses responses,
      final VuRendering rendering,
      final ScenarioRun[] scenarios) {
    this.responses = responses;
    this.rendering = rendering;
    this.transport = transport;
    this.events = events;
    this.metrics = metrics;
    this.table = table;
    this.slots = slots;
    this.states = states;
    this.lanes = lanes;
    this.throttle = throttle;
    searches =
        Arrays.stream(scenarios).map(scenario -> scenario.search).toArray(CapacitySearch[]::new);
    program = plan.program();
    pages = plan.flow().pages().toArray(Flow.Page[]::new);
    rendered = new VuPages(table.vus(), Arrays.stream(pages).anyMatch(this::isDynamic));
    requestDigests = plan.requests().stream().mapToLong(RequestPlan::digest).toArray();
  }

  /** What follows is issued in this tick, and means to start at this time. */
  void at(final long newTick, final long newNowNs) {
    tick = newTick;
    nowNs = newNowNs;
  }

  private boolean isDynamic(final Flow.Page page) {
    for (int i = 0; i < page.requests(); i++) {
      if (rendering.isDynamic(page.firstRequest() + i)) {
        return true;
      }
    }
    return false;
  }

  /** Issues the one request of a VU; returns whether it could be rendered. */
  boolean issue(final int vu, final int request, final long visit, final int attempt) {
    final boolean dynamic = rendering.isDynamic(request);
    if (dynamic && !rendering.render(vu, request, visit, tick)) {
      return false;
    }
    final long digest = dynamic ? rendering.digest() : requestDigests[request];
    states.enter(vu, VuState.EXECUTING);
    final int requestSeq = table.requestSeq(vu) + 1;
    table.request(vu, requestSeq, request);
    table.intendedNs(vu, nowNs);
    table.digest(vu, GenerationTracker.request(table.digest(vu), digest));
    publish(vu, request, digest, requestSeq, attempt);
    states.enter(vu, VuState.WAITING);
    final long stream = KeyedRandom.visitStream(table.stream(vu), visit);
    final RenderedRequest content = dynamic ? rendering.request() : null;
    transport.send(states.global(vu), request, requestSeq, stream, tick, nowNs, content);
    return true;
  }

  /**
   * Begins a page: as many of its requests as may be under way at once. The first has its token.
   *
   * @return whether all of it could be rendered; else nothing of it is issued.
   */
  boolean begin(final int vu, final int page) {
    final Flow.Page begun = pages[page];
    final long visit =
        begun.visitSlot() == Flow.NONE ? 0 : slots.get(vu, begun.visitSlot());
    if (!renderAll(vu, begun, visit)) {
      return false;
    }
    slots.set(vu, begun.nextSlot(), 0);
    slots.set(vu, begun.endSlot(), 0);
    if (begun.visitSlot() != Flow.NONE) {
      slots.count(vu, begun.visitSlot());
    }
    table.failed(vu, false);
    long digest = table.digest(vu);
    for (int i = 0; i < begun.requests(); i++) {
      digest = GenerationTracker.request(digest, digest(vu, begun, i));
    }
    table.digest(vu, digest);
    issueNext(vu, begun, lanes.findFree(vu, begun.max()));
    fill(vu, begun);
    return true;
  }

  private boolean renderAll(final int vu, final Flow.Page page, final long visit) {
    rendered.begin(vu, page.requests());
    for (int i = 0; i < page.requests(); i++) {
      final int request = page.firstRequest() + i;
      if (rendering.isDynamic(request)) {
        if (!rendering.render(vu, request, visit, tick)) {
          return false;
        }
        rendered.put(vu, i, rendering.digest(), rendering.request());
      }
    }
    return true;
  }

  private long digest(final int vu, final Flow.Page page, final int index) {
    final int request = page.firstRequest() + index;
    return rendering.isDynamic(request) ? rendered.digest(vu, index) : requestDigests[request];
  }

  /** Goes on with a page whose next request has its token now. */
  void goOn(final int vu) {
    final Flow.Page page = pages[program.argument(table.pc(vu))];
    if (throttle.holds(vu)) {
      throw new IllegalStateException("VU " + states.global(vu) + " woke without a token");
    }
    issueNext(vu, page, lanes.findFree(vu, page.max()));
    fill(vu, page);
  }

  /** Issues what a page's lanes and the throttle let through. */
  private void fill(final int vu, final Flow.Page page) {
    int lane = lanes.findFree(vu, page.max());
    while (lane != NO_LANE
        && slots.get(vu, page.nextSlot()) < page.requests()
        && !throttle.holds(vu)) {
      issueNext(vu, page, lane);
      lane = lanes.findFree(vu, page.max());
    }
  }

  private void issueNext(final int vu, final Flow.Page page, final int lane) {
    states.enter(vu, VuState.EXECUTING);
    final int index = (int) slots.count(vu, page.nextSlot());
    final int request = page.firstRequest() + index;
    final int requestSeq = table.requestSeq(vu) + 1;
    table.request(vu, requestSeq, request);
    lanes.take(vu, lane, requestSeq, request, nowNs);
    final int attempt =
        page.attemptSlot() == Flow.NONE ? 1 : (int) slots.get(vu, page.attemptSlot()) + 1;
    publish(vu, request, digest(vu, page, index), requestSeq, attempt);
    states.enter(vu, VuState.WAITING);
    final long visit = page.visitSlot() == Flow.NONE ? 0 : slots.get(vu, page.visitSlot()) - 1;
    final long stream = KeyedRandom.visitStream(table.stream(vu), visit);
    final int slot = states.global(lanes.slot(vu, lane));
    final RenderedRequest content = rendering.isDynamic(request) ? rendered.get(vu, index) : null;
    transport.send(slot, request, requestSeq, stream, tick, nowNs, content);
  }

  private void publish(
      final int vu,
      final int request,
      final long digest,
      final int requestSeq,
      final int attempt) {
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
  }

  /**
   * A request has ended; one that the VU does not wait for any more is counted and left.
   *
   * @return whether the VU goes on now, since nothing is under way any more.
   */
  boolean onCompletion(final int vu, final Completion completion) {
    if (table.state(vu) == VuState.WAITING.code()) {
      final int pc = table.pc(vu);
      if (program.operation(pc) == Program.PARALLEL) {
        return onCompletion(vu, pages[program.argument(pc)], completion);
      }
      if (table.requestSeq(vu) == completion.requestSeq) {
        count(vu, table.request(vu), completion, table.intendedNs(vu));
        table.failed(vu, isFailure(completion));
        return true;
      }
    }
    metrics.onLateCompletion();
    return false;
  }

  private boolean onCompletion(final int vu, final Flow.Page page, final Completion completion) {
    final int lane = lanes.find(vu, page.max(), completion.requestSeq);
    if (lane == NO_LANE) {
      metrics.onLateCompletion();
      return false;
    }
    count(vu, lanes.request(vu, lane), completion, lanes.intendedNs(vu, lane));
    lanes.free(vu, lane);
    table.failed(vu, table.failed(vu) || isFailure(completion));
    slots.set(vu, page.endSlot(), Math.max(slots.get(vu, page.endSlot()), completion.lastByteNs));
    if (slots.get(vu, page.nextSlot()) < page.requests()) {
      if (!throttle.isHolding(vu)) {
        fill(vu, page);
      }
      return false;
    }
    return lanes.areFree(vu, page.max());
  }

  private void count(
      final int vu, final int request, final Completion completion, final long intendedNs) {
    metrics.onCompleted(request, completion, intendedNs);
    responses.onCompletion(vu, completion, intendedNs);
    final CapacitySearch search = searches[table.scenario(vu)];
    if (search != null) {
      search.onCompleted(completion, intendedNs);
    }
  }

  /** When what a VU has waited for ended: a page ends with the last of its requests. */
  long endedNs(final int vu, final Completion completion) {
    final int pc = table.pc(vu);
    return program.operation(pc) == Program.PARALLEL
        ? slots.get(vu, pages[program.argument(pc)].endSlot())
        : completion.lastByteNs;
  }

  private static boolean isFailure(final Completion completion) {
    return completion.outcome != RequestOutcome.RESPONSE
        || completion.status >= RequestMetrics.BAD_STATUS;
  }

  /** Gives up what a VU has under way. */
  void abandon(final int vu) {
    throttle.forget(vu);
    final int pc = table.pc(vu);
    if (program.operation(pc) != Program.PARALLEL) {
      metrics.onInterrupted(table.request(vu), table.intendedNs(vu));
      abandon(vu, vu, table.requestSeq(vu), table.request(vu));
      return;
    }
    final int max = pages[program.argument(pc)].max();
    for (int lane = 0; lane < max; lane++) {
      if (!lanes.isFree(vu, lane)) {
        final int requestSeq = lanes.requestSeq(vu, lane);
        metrics.onInterrupted(lanes.request(vu, lane), lanes.intendedNs(vu, lane));
        abandon(vu, lanes.slot(vu, lane), requestSeq, lanes.request(vu, lane));
        lanes.free(vu, lane);
      }
    }
  }

  private void abandon(final int vu, final int slot, final int requestSeq, final int request) {
    events.requestAbandoned(
        states.global(vu), table.scenario(vu), RequestOutcome.INTERRUPTED, requestSeq, request);
    transport.cancel(states.global(slot), requestSeq);
  }
}
