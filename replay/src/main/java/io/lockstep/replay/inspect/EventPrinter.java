package io.lockstep.replay.inspect;

import io.lockstep.engine.core.metric.Failures;
import io.lockstep.engine.core.port.Content;
import io.lockstep.replay.event.EventKind;
import io.lockstep.replay.event.EventNames;
import io.lockstep.replay.event.EventText;
import io.lockstep.replay.event.EventView;
import io.lockstep.replay.event.VuContext;
import io.lockstep.replay.shard.EventWalk;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints and counts the events of all shards, merged by (tick, phase, shard), each shard's in its
 * own order. Streams: memory depends on shards and VUs, not on the journals' length.
 */
final class EventPrinter {
  private static final int TEMPLATES = 256;

  private final String part;
  private final boolean json;
  private final int shards;
  private final Appendable out;
  private final VuContext context = new VuContext();
  private final EventText text;

  /** {@code null} without a plan. */
  private final Failures failures;

  private final long[] counts = new long[TEMPLATES];
  private final CapacitySteps steps = new CapacitySteps();
  private final Map<Integer, FailedResponses> responsesByShard = new HashMap<>();
  private final List<String> damages = new ArrayList<>();
  private long events;
  private long shown;
  private long lastTick;
  private int ended;

  /**
   * @param plan for the names, or {@code null}
   * @param part of the run whose events they are; empty for its load
   * @param out gets a line per shown event
   */
  EventPrinter(
      final Plan plan,
      final String part,
      final boolean json,
      final int shards,
      final Appendable out) {
    this.part = part;
    this.json = json;
    this.shards = shards;
    this.out = out;
    text = new EventText(new EventNames(plan), context);
    failures = plan == null ? null : new Failures(plan);
  }

  /**
   * Goes through everything.
   *
   * @param walks one per shard, each before its first event
   * @param filter which to show, {@code null} to count only
   */
  EventCounts print(final List<EventWalk> walks, final EventFilter filter) throws IOException {
    final List<EventWalk> open = new ArrayList<>();
    for (final EventWalk walk : walks) {
      if (hasNext(walk)) {
        open.add(walk);
      }
    }
    while (!open.isEmpty()) {
      final EventWalk walk = first(open);
      onEvent(walk, filter);
      if (!hasNext(walk)) {
        open.remove(walk);
      }
    }
    return new EventCounts(
        events,
        byKind(),
        steps.steps(),
        lastTick,
        shown,
        ended == walks.size(),
        damages,
        List.of());
  }

  private boolean hasNext(final EventWalk walk) {
    if (walk.next()) {
      return true;
    }
    if (walk.damage() != null) {
      damages.add(walk.damage());
    }
    return false;
  }

  private static EventWalk first(final List<EventWalk> open) {
    EventWalk first = open.get(0);
    for (int i = 1; i < open.size(); i++) {
      final EventView event = open.get(i).event();
      final int order = Long.compare(event.tick(), first.event().tick());
      if (order < 0 || (order == 0 && event.phase() < first.event().phase())) {
        first = open.get(i);
      }
    }
    return first;
  }

  private void onEvent(final EventWalk walk, final EventFilter filter) throws IOException {
    final EventView event = walk.event();
    events++;
    counts[event.templateId()]++;
    lastTick = Math.max(lastTick, event.tick());
    ended += event.templateId() == EventKind.RUN_ENDED.templateId() ? 1 : 0;
    steps.onEvent(event);
    if (filter == null) {
      return;
    }
    context.before(event);
    final FailedResponses responses =
        filter.failed()
            ? responsesByShard.computeIfAbsent(walk.shard(), shard -> new FailedResponses())
            : null;
    if (responses != null) {
      responses.before(event);
    }
    if (filter.matches(event, context, failures)) {
      shown++;
      show(walk.shard(), event, responses == null ? null : responses.take(event));
    }
    context.after(event);
  }

  /**
   * @param response that came, {@code null} for none
   */
  private void show(final int shard, final EventView event, final Content response)
      throws IOException {
    if (json && response != null) {
      out.append(text.json(event, part, shard, to -> ResponseText.fields(response, to)));
    } else if (json) {
      out.append(text.json(event, part, shard));
    } else {
      if (!part.isEmpty()) {
        out.append(part).append(' ');
      }
      if (shards > 1) {
        out.append("shard ").append(Integer.toString(shard)).append(' ');
      }
      out.append(text.line(event));
    }
    out.append('\n');
    if (!json && response != null) {
      ResponseText.lines(response, out);
    }
  }

  private Map<String, Long> byKind() {
    final Map<String, Long> byKind = new LinkedHashMap<>();
    for (int templateId = 0; templateId < TEMPLATES; templateId++) {
      if (counts[templateId] > 0) {
        final EventKind kind = EventKind.of(templateId);
        byKind.put(kind == null ? "unknown_" + templateId : kind.key(), counts[templateId]);
      }
    }
    return Collections.unmodifiableMap(byKind);
  }
}
