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
  /** What came of what a VU should begin. */
  enum Begun {
    /** The VU waits for it. */
    WAITS,
    /** The VU had the answer already. */
    ANSWERED,
    /** An expression in it came to no value, so nothing was begun. */
    FAILED
  }

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
  private final VuReadings readings;

  /** {@code null} where no VU is a browser. */
  private final VuBrowsing browsing;

  /** By scenario; only those that search their capacity count what ends. */
  private final CapacitySearch[] searches;

  private final Flow.Page[] pages;
  private final long[] requestDigests;
  private final VuResponses responses;
  private final VuRendering rendering;
  private final VuPages rendered;

  /** The same requests with their secrets by name, for VUs that are browsers. */
  private final VuPages renderedLogically;

  private long tick;
  private long nowNs;

  /** What the checks of the responses to what a VU waited for end. */
  private int ending = VuReadings.GO_ON;

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
      final VuReadings readings,
      final VuRendering rendering,
      final VuBrowsing browsing,
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
    this.readings = readings;
    this.browsing = browsing;
    searches =
        Arrays.stream(scenarios).map(scenario -> scenario.search).toArray(CapacitySearch[]::new);
    program = plan.program();
    pages = plan.flow().pages().toArray(Flow.Page[]::new);
    final boolean anyDynamic = Arrays.stream(pages).anyMatch(this::isDynamic);
    rendered = new VuPages(table.vus(), anyDynamic);
    renderedLogically = new VuPages(table.vus(), anyDynamic && browsing != null);
    requestDigests = plan.requests().stream().mapToLong(RequestPlan::digest).toArray();
  }

  /** What follows is issued in this tick, and means to start at this time. */
  void at(final long newTick, final long newNowNs) {
    tick = newTick;
    nowNs = newNowNs;
  }

  /** What failed checks end of the VU that goes on now. */
  int takeEnding() {
    final int taken = ending;
    ending = VuReadings.GO_ON;
    return taken;
  }

  private boolean isDynamic(final Flow.Page page) {
    for (int i = 0; i < page.requests(); i++) {
      if (rendering.isDynamic(page.firstRequest() + i)) {
        return true;
      }
    }
    return false;
  }

  /** Issues the one request of a VU. */
  Begun issue(final int vu, final int request, final long visit, final int attempt) {
    final boolean dynamic = rendering.isDynamic(request);
    if (dynamic && !rendering.render(vu, request, visit, tick)) {
      return Begun.FAILED;
    }
    final long digest = dynamic ? rendering.digest() : requestDigests[request];
    table.digest(vu, GenerationTracker.request(table.digest(vu), digest));
    final long stream = KeyedRandom.visitStream(table.stream(vu), visit);
    readings.onIssued(vu, visit);
    if (browses(vu)) {
      final RenderedRequest logical = dynamic ? rendering.logical() : null;
      if (isAnswered(vu, vu, request, attempt, digest, logical, rendering.secretly(), stream)) {
        return Begun.ANSWERED;
      }
    }
    final int requestSeq = execute(vu, request);
    table.intendedNs(vu, nowNs);
    if (browses(vu)) {
      sendAsBrowser(vu, vu, request, requestSeq, attempt, stream);
    } else {
      final RenderedRequest content = dynamic ? rendering.request() : null;
      send(vu, vu, request, requestSeq, attempt, digest, stream, content);
    }
    return Begun.WAITS;
  }

  private boolean browses(final int vu) {
    return browsing != null && browsing.isBrowser(vu);
  }

  /** Whether a browser had the answer to what it asks for; that is then read. */
  private boolean isAnswered(
      final int vu,
      final int slot,
      final int request,
      final int attempt,
      final long digest,
      final RenderedRequest logical,
      final RenderedRequest secretly,
      final long stream) {
    if (!browsing.ask(vu, slot, request, attempt, digest, logical, secretly, stream, nowNs)) {
      return false;
    }
    final int requestSeq = table.requestSeq(vu) + 1;
    table.request(vu, requestSeq, request);
    browsing.onFresh(vu, request, requestSeq, digest, nowNs);
    read(vu, slot, request, requestSeq, browsing.kept(), nowNs);
    return true;
  }

  private void read(
      final int vu,
      final int slot,
      final int request,
      final int requestSeq,
      final Completion answer,
      final long intendedNs) {
    responses.onCompletion(vu, answer, intendedNs);
    ending =
        Math.max(ending, readings.read(vu, slot, request, requestSeq, answer, intendedNs, tick));
  }

  /** A VU begins to make a request; its number. */
  private int execute(final int vu, final int request) {
    states.enter(vu, VuState.EXECUTING);
    final int requestSeq = table.requestSeq(vu) + 1;
    table.request(vu, requestSeq, request);
    return requestSeq;
  }

  private void sendAsBrowser(
      final int vu,
      final int slot,
      final int request,
      final int requestSeq,
      final int attempt,
      final long stream) {
    send(vu, slot, request, requestSeq, attempt, browsing.digest(), stream, browsing.sent());
  }

  /** Journals and sends what was made. */
  private void send(
      final int vu,
      final int slot,
      final int request,
      final int requestSeq,
      final int attempt,
      final long digest,
      final long stream,
      final RenderedRequest content) {
    publish(vu, request, digest, requestSeq, attempt);
    states.enter(vu, VuState.WAITING);
    transport.send(states.global(slot), request, requestSeq, stream, tick, nowNs, content);
  }

  /**
   * Begins a page: as many of its requests as may be under way at once. The first has its token.
   */
  Begun begin(final int vu, final int page) {
    final Flow.Page begun = pages[page];
    final long visit = begun.visitSlot() == Flow.NONE ? 0 : slots.get(vu, begun.visitSlot());
    if (!renderAll(vu, begun, visit)) {
      return Begun.FAILED;
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
    return isOver(vu, begun) ? Begun.ANSWERED : Begun.WAITS;
  }

  private boolean renderAll(final int vu, final Flow.Page page, final long visit) {
    rendered.begin(vu, page.requests());
    renderedLogically.begin(vu, page.requests());
    for (int i = 0; i < page.requests(); i++) {
      final int request = page.firstRequest() + i;
      if (rendering.isDynamic(request)) {
        if (!rendering.render(vu, request, visit, tick)) {
          return false;
        }
        rendered.put(vu, i, rendering.digest(), rendering.request());
        if (browsing != null) {
          renderedLogically.put(vu, i, rendering.digest(), rendering.logical());
        }
      }
    }
    return true;
  }

  private long digest(final int vu, final Flow.Page page, final int index) {
    final int request = page.firstRequest() + index;
    return rendering.isDynamic(request) ? rendered.digest(vu, index) : requestDigests[request];
  }

  /**
   * Goes on with a page whose next request has its token now.
   *
   * @return whether the VU waits for more.
   */
  boolean goOn(final int vu) {
    final Flow.Page page = pages[program.argument(table.pc(vu))];
    if (throttle.holds(vu)) {
      throw new IllegalStateException("VU " + states.global(vu) + " woke without a token");
    }
    issueNext(vu, page, lanes.findFree(vu, page.max()));
    fill(vu, page);
    return !isOver(vu, page);
  }

  /** Whether nothing of a page is left; a failed check may give up the rest of it. */
  private boolean isOver(final int vu, final Flow.Page page) {
    if (ending != VuReadings.GO_ON) {
      abandon(vu);
      return true;
    }
    return slots.get(vu, page.nextSlot()) >= page.requests() && lanes.areFree(vu, page.max());
  }

  /** Issues what a page's lanes and the throttle let through. */
  private void fill(final int vu, final Flow.Page page) {
    int lane = lanes.findFree(vu, page.max());
    while (lane != NO_LANE
        && ending == VuReadings.GO_ON
        && slots.get(vu, page.nextSlot()) < page.requests()
        && !throttle.holds(vu)) {
      issueNext(vu, page, lane);
      lane = lanes.findFree(vu, page.max());
    }
  }

  private void issueNext(final int vu, final Flow.Page page, final int lane) {
    final int index = (int) slots.count(vu, page.nextSlot());
    final int request = page.firstRequest() + index;
    final int attempt =
        page.attemptSlot() == Flow.NONE ? 1 : (int) slots.get(vu, page.attemptSlot()) + 1;
    final long visit = page.visitSlot() == Flow.NONE ? 0 : slots.get(vu, page.visitSlot()) - 1;
    final long stream = KeyedRandom.visitStream(table.stream(vu), visit);
    final int slot = lanes.slot(vu, lane);
    readings.onIssued(slot, visit);
    final long digest = digest(vu, page, index);
    final RenderedRequest content = rendering.isDynamic(request) ? rendered.get(vu, index) : null;
    if (browses(vu)) {
      final RenderedRequest logical = content == null ? null : renderedLogically.get(vu, index);
      if (isAnswered(vu, slot, request, attempt, digest, logical, content, stream)) {
        slots.set(vu, page.endSlot(), Math.max(slots.get(vu, page.endSlot()), nowNs));
        return;
      }
    }
    final int requestSeq = execute(vu, request);
    lanes.take(vu, lane, requestSeq, request, nowNs);
    if (browses(vu)) {
      sendAsBrowser(vu, slot, request, requestSeq, attempt, stream);
    } else {
      send(vu, slot, request, requestSeq, attempt, digest, stream, content);
    }
  }

  private void publish(
      final int vu, final int request, final long digest, final int requestSeq, final int attempt) {
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
        final int request = table.request(vu);
        count(vu, request, completion, table.intendedNs(vu));
        final Completion answer = answer(vu, vu, request, completion, table.intendedNs(vu));
        if (answer == null) {
          final int requestSeq = execute(vu, request);
          table.intendedNs(vu, nowNs);
          hop(vu, vu, request, requestSeq);
          return false;
        }
        table.failed(vu, isFailure(answer));
        read(vu, vu, request, answer.requestSeq, answer, table.intendedNs(vu));
        return true;
      }
    }
    metrics.onLateCompletion();
    return false;
  }

  /** What the scenario sees of what came; {@code null} where a redirect leads on. */
  private Completion answer(
      final int vu,
      final int slot,
      final int request,
      final Completion completion,
      final long intendedNs) {
    return browses(vu) ? browsing.answer(vu, slot, request, completion, intendedNs) : completion;
  }

  /**
   * Makes the request that a redirect leads to. It needs no token of a throttle, which paces what
   * scenarios ask for: a wait for one would be in the middle of a measured response.
   */
  private void hop(final int vu, final int slot, final int request, final int requestSeq) {
    sendAsBrowser(vu, slot, request, requestSeq, browsing.attempt(slot), browsing.hopStream(slot));
  }

  private boolean onCompletion(final int vu, final Flow.Page page, final Completion completion) {
    final int lane = lanes.find(vu, page.max(), completion.requestSeq);
    if (lane == NO_LANE) {
      metrics.onLateCompletion();
      return false;
    }
    final int request = lanes.request(vu, lane);
    final int slot = lanes.slot(vu, lane);
    final long intendedNs = lanes.intendedNs(vu, lane);
    count(vu, request, completion, intendedNs);
    final Completion answer = answer(vu, slot, request, completion, intendedNs);
    if (answer == null) {
      final int requestSeq = execute(vu, request);
      lanes.take(vu, lane, requestSeq, request, nowNs);
      hop(vu, slot, request, requestSeq);
      return false;
    }
    lanes.free(vu, lane);
    table.failed(vu, table.failed(vu) || isFailure(answer));
    slots.set(vu, page.endSlot(), Math.max(slots.get(vu, page.endSlot()), completion.lastByteNs));
    read(vu, slot, request, answer.requestSeq, answer, intendedNs);
    if (!throttle.isHolding(vu)) {
      fill(vu, page);
    }
    return isOver(vu, page);
  }

  private void count(
      final int vu, final int request, final Completion completion, final long intendedNs) {
    metrics.onCompleted(request, completion, intendedNs);
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
