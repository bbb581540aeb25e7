package io.lockstep.replay.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.replay.RandomPlans;
import io.lockstep.replay.RecordedRun;
import io.lockstep.replay.Snapshot;
import io.lockstep.replay.shard.EventWalk;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EventPrinterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Plan PLAN = RandomPlans.draw(3, 4);

  @Test
  void shouldPrintEventsAsText() throws IOException {
    final StringBuilder out = new StringBuilder();
    print(1, new EventFilter(1, EventFilter.ANY, false), false, out);
    Snapshot.assertMatches("inspect-vu.txt", out.toString());
  }

  @Test
  void shouldPrintEventsAsJsonLines() throws IOException {
    final StringBuilder out = new StringBuilder();
    print(1, new EventFilter(1, 0, false), true, out);
    Snapshot.assertMatches("inspect-iteration.jsonl", out.toString());
  }

  @Property(tries = 20)
  void everyEventIsShownOnceInOrderOfTicks(@ForAll final long seed) throws IOException {
    final Plan plan = RandomPlans.draw(seed, 10);
    final List<RecordedRun> runs = new ArrayList<>();
    final List<EventWalk> walks = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      runs.add(new RecordedRun(plan, shard, 3, new Random(seed)));
      walks.add(new EventWalk(shard, runs.get(shard).source()));
    }
    final StringBuilder out = new StringBuilder();

    final EventCounts counts =
        new EventPrinter(plan, "", true, 3, out).print(walks, EventFilter.ALL);

    final long events = runs.stream().mapToLong(RecordedRun::events).sum();
    assertEquals(events, counts.events());
    assertEquals(events, counts.shown());
    assertEquals(events, counts.byKind().values().stream().mapToLong(Long::longValue).sum());
    assertTrue(counts.complete());
    long lastTick = 0;
    final List<String> lines = out.toString().lines().toList();
    assertEquals(events, lines.size());
    for (final String line : lines) {
      final JsonNode event = JSON.readTree(line);
      assertTrue(event.get("tick").asLong() >= lastTick, line);
      lastTick = event.get("tick").asLong();
      if (event.has("vu")) {
        assertEquals(event.get("shard").asInt(), event.get("vu").asInt() % 3, line);
      }
    }
    assertEquals(lastTick, counts.lastTick());
  }

  @Test
  void shouldShowFailuresOnly() throws IOException {
    final StringBuilder out = new StringBuilder();
    final EventCounts counts =
        print(1, new EventFilter(EventFilter.ANY, EventFilter.ANY, true), true, out);

    assertTrue(counts.shown() > 0 && counts.shown() < counts.events());
    for (final String line : out.toString().lines().toList()) {
      final JsonNode event = JSON.readTree(line);
      assertTrue(
          "request_abandoned".equals(event.get("event").asText())
              || !"response".equals(event.get("outcome").asText())
              || event.get("status").asInt() >= 400,
          line);
    }
  }

  @Test
  void shouldReportDamageAfterWhatPrecedesIt() throws IOException {
    final RecordedRun run = new RecordedRun(PLAN, 0, 1, new Random(3));
    final List<byte[]> some = run.blocks().subList(0, 1);
    final StringBuilder out = new StringBuilder();

    final EventCounts counts =
        new EventPrinter(PLAN, "", false, 1, out)
            .print(
                List.of(new EventWalk(0, RecordedRun.source(some, "block 1 is damaged"))),
                EventFilter.ALL);

    assertEquals(RecordedRun.offsets(some.get(0)).size() - 1, counts.shown());
    assertEquals(List.of("block 1 is damaged"), counts.damages());
    assertFalse(counts.complete());
  }

  private static EventCounts print(
      final int shards, final EventFilter filter, final boolean json, final Appendable out)
      throws IOException {
    final List<EventWalk> walks = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      walks.add(new EventWalk(shard, new RecordedRun(PLAN, shard, shards, new Random(3)).source()));
    }
    return new EventPrinter(PLAN, "", json, shards, out).print(walks, filter);
  }
}
