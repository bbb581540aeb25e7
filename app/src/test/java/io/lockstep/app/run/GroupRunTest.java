package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of whole runs: what the summary and thresholds say is what the journal's events say. */
final class GroupRunTest {
  private static final String SHOP =
      """
      name: grouped
      seed: 11
      scenarios:
        shop:
          load: {executor: constant-vus, vus: 6, duration: 20s, graceful_stop: 0s}
          warmup: 5s
          start:
            - group: login
              steps: [{request: {name: in, path: /in}}]
          flow:
            - group: checkout
              steps:
                - request: {name: cart, path: /cart}
                - group: pay
                  steps:
                    - request: {name: pay, path: /pay}
                    - choose: weighted
                      options:
                        - {weight: 9, steps: [{think: 10ms}]}
                        - {weight: 1, steps: [{stop: iteration}]}
            - group: login
              steps: [{think: 30ms}]
            - group: checkout
              steps: [{request: {name: bill, path: /bill}}]
      simulate: {latency: {distribution: exponential, mean: 20ms}}
      thresholds:
        "group_duration{group:checkout/pay}": ["count>0", "avg>0", "max>0"]
        "group_duration{group:pay}": ["count>0"]
        "group_duration{group:checkout}": ["count>0", "avg>0"]
        group_duration: ["count>0"]
        "http_reqs{group:checkout}": ["count>0"]
        "http_reqs{group:pay}": ["count>0"]
        "http_reqs{group:checkout/pay}": ["count>0"]
      """;

  private static final long WARMUP_ENDS_NS = 5_000_100_000L;

  @TempDir private Path directory;

  @Test
  void shouldSumUpWhatTheJournalsEventsSay() throws IOException {
    Scenarios.write(directory, "shop.yaml", SHOP);
    final Invocation run =
        Invocation.of(
            directory, "run", "shop.yaml", "--simulate", "--name", "g", "--shards", "2", "--quiet");
    assertEquals(0, run.code(), run.out() + run.err());
    final Map<String, LongSummaryStatistics> timesByGroup = recorded();
    assertEquals(3, timesByGroup.size(), timesByGroup.keySet().toString());

    final JsonNode summary =
        new ObjectMapper().readTree(directory.resolve("runs/g/summary.json").toFile());
    final JsonNode rows = summary.get("groups");
    assertEquals(3, rows.size(), rows.toString());
    for (final JsonNode row : rows) {
      final LongSummaryStatistics times = timesByGroup.get(row.get("name").asText());
      assertEquals(times.getCount(), row.at("/durationNs/count").asLong(), row.toString());
      assertEquals(
          (double) times.getMax(), row.at("/durationNs/max").asDouble(), times.getMax() * 1e-3);
    }

    final LongSummaryStatistics pay = timesByGroup.get("checkout/pay");
    final LongSummaryStatistics checkout = timesByGroup.get("checkout");
    final LongSummaryStatistics login = timesByGroup.get("login");
    final JsonNode thresholds = summary.get("thresholds");
    assertEquals(pay.getCount(), thresholds.get(0).get("observed").asLong());
    assertEquals(pay.getAverage(), thresholds.get(1).get("observed").asDouble(), 1e-6 * 3e7);
    assertEquals(pay.getMax(), thresholds.get(2).get("observed").asLong());
    assertEquals(pay.getCount(), thresholds.get(3).get("observed").asLong());
    assertEquals(checkout.getCount(), thresholds.get(4).get("observed").asLong());
    assertEquals(checkout.getAverage(), thresholds.get(5).get("observed").asDouble(), 1e-6 * 6e7);
    assertEquals(
        pay.getCount() + checkout.getCount() + login.getCount(),
        thresholds.get(6).get("observed").asLong());

    final long cart = answered(summary, "cart");
    final long paid = answered(summary, "pay");
    assertEquals(
        cart + paid + answered(summary, "bill"), thresholds.get(7).get("observed").asLong());
    assertEquals(paid, thresholds.get(8).get("observed").asLong());
    assertEquals(paid, thresholds.get(9).get("observed").asLong());

    assertTrue(run.out().contains("\n  group         "), run.out());
    assertTrue(run.out().contains("\n  checkout/pay  "), run.out());
    assertEquals(0, Invocation.of(directory, "replay", "g").code());
  }

  @Test
  void shouldKnowTheNamesOfGroupsAtLoad() throws IOException {
    final String regex = "- request: {name: cart, path: /cart, extract: {x: {regex: a, group: 0}}}";
    Scenarios.write(
        directory,
        "wrong.yaml",
        SHOP.replace("- request: {name: cart, path: /cart}", regex)
            .replace("{group:pay}", "{group:checkout/pya}")
            .replace("http_reqs{group:checkout}", "http_reqs{group:0}"));
    final Invocation validate = Invocation.of(directory, "validate", "wrong.yaml");
    assertEquals(2, validate.code());
    assertTrue(validate.err().contains("no group is `checkout/pya`"), validate.err());
    assertTrue(validate.err().contains("checkout/pay"), validate.err());
    assertTrue(validate.err().contains("no group is `0`"), validate.err());
  }

  private static long answered(final JsonNode summary, final String request) {
    return StreamSupport.stream(summary.get("requests").spliterator(), false)
        .filter(row -> row.get("name").asText().equals(request))
        .mapToLong(row -> row.get("responses").asLong())
        .sum();
  }

  /** Times of the groups that went to their end after the warm-up, from the journal's events. */
  private Map<String, LongSummaryStatistics> recorded() throws IOException {
    final Invocation events = Invocation.of(directory, "inspect", "g", "--events", "--json");
    assertEquals(0, events.code(), events.err());
    final ObjectMapper mapper = new ObjectMapper();
    final Map<String, LongSummaryStatistics> timesByGroup =
        new TreeMap<>(Comparator.naturalOrder());
    final List<String> lines =
        events.out().lines().filter(line -> line.contains("\"group_ended\"")).toList();
    for (final String line : lines) {
      final JsonNode event = mapper.readTree(line);
      final long startedNs = event.get("startedNs").asLong();
      if (event.get("outcome").asText().equals("completed") && startedNs >= WARMUP_ENDS_NS) {
        timesByGroup
            .computeIfAbsent(event.get("group").asText(), group -> new LongSummaryStatistics())
            .accept(event.get("endedNs").asLong() - startedNs);
      }
    }
    return timesByGroup;
  }
}
