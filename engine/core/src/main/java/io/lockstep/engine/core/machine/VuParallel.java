package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Flow;
import java.util.Arrays;

/**
 * Pages: requests that a VU makes side by side, so many at once at most. They enter the generation
 * digest together and in their order when the page begins, so that it does not matter which of them
 * ends first.
 */
final class VuParallel {
  private static final int NO_LANE = -1;

  private final Moment moment;
  private final MetricsTracker metrics;
  private final VuTable table;
  private final VuSlots slots;
  private final VuLanes lanes;
  private final VuThrottle throttle;
  private final VuRendering rendering;
  private final VuSender sender;
  private final Flow.Page[] pages;
  private final VuPages rendered;

  /** The same requests with their secrets by name, for VUs that are browsers. */
  private final VuPages renderedLogically;

  private final boolean anyBrowses;

  VuParallel(
      final ShardState shard,
      final VuThrottle throttle,
      final VuRendering rendering,
      final VuSender sender,
      final boolean anyBrowses) {
    this.throttle = throttle;
    this.rendering = rendering;
    this.sender = sender;
    this.anyBrowses = anyBrowses;
    moment = shard.moment;
    metrics = shard.metrics;
    table = shard.table;
    slots = shard.slots;
    lanes = shard.lanes;
    pages = shard.plan.flow().pages().toArray(Flow.Page[]::new);
    final boolean anyDynamic = Arrays.stream(pages).anyMatch(this::isDynamic);
    rendered = new VuPages(table.vus(), anyDynamic);
    renderedLogically = new VuPages(table.vus(), anyDynamic && anyBrowses);
  }

  private boolean isDynamic(final Flow.Page page) {
    for (int i = 0; i < page.requests(); i++) {
      if (rendering.isDynamic(page.firstRequest() + i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Begins a page: as many of its requests as may be under way at once. The first has its token.
   */
  VuRequests.Begun begin(final int vu, final int page) {
    final Flow.Page begun = pages[page];
    sender.begin(vu);
    final long visit = begun.visitSlot() == Flow.NONE ? 0 : slots.get(vu, begun.visitSlot());
    if (!renderAll(vu, begun, visit)) {
      return VuRequests.Begun.FAILED;
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
    return isOver(vu, begun) ? VuRequests.Begun.ANSWERED : VuRequests.Begun.WAITS;
  }

  private boolean renderAll(final int vu, final Flow.Page page, final long visit) {
    rendered.begin(vu, page.requests());
    renderedLogically.begin(vu, page.requests());
    for (int i = 0; i < page.requests(); i++) {
      final int request = page.firstRequest() + i;
      if (rendering.isDynamic(request)) {
        if (!rendering.render(vu, request, visit, moment.tick())) {
          return false;
        }
        rendered.put(vu, i, rendering.digest(), rendering.request());
        if (anyBrowses) {
          renderedLogically.put(vu, i, rendering.digest(), rendering.logical());
        }
      }
    }
    return true;
  }

  private long digest(final int vu, final Flow.Page page, final int index) {
    final int request = page.firstRequest() + index;
    return rendering.isDynamic(request)
        ? rendered.digest(vu, index)
        : rendering.planDigest(request);
  }

  /**
   * Goes on with a page whose next request has its token now.
   *
   * @return whether the VU waits for more.
   */
  boolean goOn(final int vu, final int page) {
    final Flow.Page held = pages[page];
    if (throttle.holds(vu)) {
      throw new IllegalStateException("local VU " + vu + " woke without a token");
    }
    issueNext(vu, held, lanes.findFree(vu, held.max()));
    fill(vu, held);
    return !isOver(vu, held);
  }

  /** Whether nothing of a page is left; a failed check may give up the rest of it. */
  private boolean isOver(final int vu, final Flow.Page page) {
    if (!sender.goesOn()) {
      abandon(vu, page);
      return true;
    }
    return slots.get(vu, page.nextSlot()) >= page.requests() && lanes.areFree(vu, page.max());
  }

  /** Issues what a page's lanes and the throttle let through. */
  private void fill(final int vu, final Flow.Page page) {
    int lane = lanes.findFree(vu, page.max());
    while (lane != NO_LANE
        && sender.goesOn()
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
    sender.onIssued(slot, visit);
    final long digest = digest(vu, page, index);
    final RenderedRequest content = rendering.isDynamic(request) ? rendered.get(vu, index) : null;
    if (sender.browses(vu)) {
      final RenderedRequest logical = content == null ? null : renderedLogically.get(vu, index);
      if (sender.isAnswered(vu, slot, request, attempt, digest, logical, content, stream)) {
        ends(vu, page, moment.nowNs());
        return;
      }
    }
    final int requestSeq = sender.execute(vu, request);
    lanes.take(vu, lane, requestSeq, request, moment.nowNs());
    sender.send(vu, slot, request, requestSeq, attempt, digest, stream, content);
  }

  /** One of its requests ends, and the page not before it. */
  private void ends(final int vu, final Flow.Page page, final long atNs) {
    slots.set(vu, page.endSlot(), Math.max(slots.get(vu, page.endSlot()), atNs));
  }

  /** As {@link VuRequests#onCompletion}. */
  boolean onCompletion(final int vu, final int ofPage, final Completion completion) {
    final Flow.Page page = pages[ofPage];
    final int lane = lanes.find(vu, page.max(), completion.requestSeq);
    if (lane == NO_LANE) {
      metrics.onLateCompletion();
      return false;
    }
    final int request = lanes.request(vu, lane);
    final int slot = lanes.slot(vu, lane);
    final long intendedNs = lanes.intendedNs(vu, lane);
    final Completion answer = sender.answer(vu, slot, request, completion, intendedNs);
    if (answer == null) {
      final int requestSeq = sender.execute(vu, request);
      lanes.take(vu, lane, requestSeq, request, moment.nowNs());
      sender.hop(vu, slot, request, requestSeq);
      return false;
    }
    lanes.free(vu, lane);
    table.failed(vu, table.failed(vu) || metrics.failures().isFailure(request, answer));
    ends(vu, page, completion.lastByteNs);
    sender.read(vu, slot, request, answer.requestSeq, answer, intendedNs);
    if (!throttle.isHolding(vu)) {
      fill(vu, page);
    }
    return isOver(vu, page);
  }

  /** When the page that a VU has waited for ended: with the last of its requests. */
  long endedNs(final int vu, final int page) {
    return slots.get(vu, pages[page].endSlot());
  }

  /** Gives up what a VU has under way of a page. */
  void abandon(final int vu, final int page) {
    abandon(vu, pages[page]);
  }

  private void abandon(final int vu, final Flow.Page page) {
    throttle.forget(vu);
    for (int lane = 0; lane < page.max(); lane++) {
      if (!lanes.isFree(vu, lane)) {
        sender.abandon(
            vu,
            lanes.slot(vu, lane),
            lanes.requestSeq(vu, lane),
            lanes.request(vu, lane),
            lanes.intendedNs(vu, lane));
        lanes.free(vu, lane);
      }
    }
  }
}
