package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Warm-ups of whole runs, counted by hand: 100 arrivals a second are 100 requests a second. */
final class WarmUpRunTest {
  private static final String TEST =
      """
      name: warming
      seed: 5
      scenarios:
        a:
          load: {executor: constant-arrival-rate, rate: 100, duration: 10s, max_vus: 20, graceful_stop: 0s}
          warmup: 3s
          flow:
            - group: all
              steps: [{request: {name: a, path: /}}]
        late:
          start_time: 5s
          warmup: 4s
          load: {executor: constant-arrival-rate, rate: 10, duration: 10s, max_vus: 9, graceful_stop: 2s}
          requests: [{name: b, path: /}]
        after:
          after: late
          warmup: 1s
          load: {executor: constant-arrival-rate, rate: 50, duration: 2s, max_vus: 9}
          requests: [{name: c, path: /}]
        cold:
          warmup: 1900ms
          load: {executor: constant-arrival-rate, rate: 1000, duration: 2s, max_vus: 3}
          requests: [{name: d, path: /}]
        warm:
          warmup: 1s
          load: {executor: shared-iterations, vus: 4, iterations: 1000, max_duration: 2s}
          requests: [{name: e, path: /}]
      simulate: {latency: 10ms}
      thresholds:
        "http_reqs{scenario:a}": ["count==700"]
        "iterations{scenario:a}": ["count==700"]
        "group_duration{group:all}": ["count==700"]
        "http_req_duration{scenario:late}": ["count==60"]
        "http_reqs{scenario:after}": ["count==50"]
        "http_reqs{scenario:cold}": ["count<100"]
        "http_req_duration{scenario:cold,status:500}": ["max<1h"]
        "dropped_iterations{scenario:cold}": ["count>0"]
        "dropped_iterations{scenario:warm}": ["count>0"]
        dropped_iterations: ["count>0"]
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void shouldCoverWhatIsMeasuredAndSaySo(final String shards) throws IOException {
    Scenarios.write(directory, "warm.yaml", TEST);
    final Invocation run =
        Invocation.of(
            directory,
            "run",
            "warm.yaml",
            "--simulate",
            "--name",
            "w",
            "--quiet",
            "--shards",
            shards);
    // The one that has no sample in its measured phase fails, and no other.
    assertEquals(99, run.code(), run.out() + run.err());
    assertTrue(run.out().startsWith("FAILED  1 of 10 thresholds\n"), run.out());
    assertTrue(run.out().contains("no samples"), run.out());
    assertTrue(
        run.out()
            .contains(
                "  warm-up            until 3.00s (a), 9.00s (late), 18.0s (after), 1.90s (cold),"
                    + " 1.00s (warm), not in these figures: "),
        run.out());

    final JsonNode summary =
        new ObjectMapper().readTree(directory.resolve("runs/w/summary.json").toFile());
    assertEquals(9_000_100_000L, summary.at("/warmUp/measuredFromNs/late").asLong());
    final JsonNode requests = summary.get("requests");
    assertEquals(700, requests.get(0).get("issued").asLong());
    assertEquals(60, requests.get(1).at("/serviceNs/count").asLong());
    assertEquals(50, requests.get(2).get("responses").asLong());
    final long cold = requests.get(3).get("issued").asLong();
    final long dropped = summary.at("/thresholds/7/observed").asLong();
    assertEquals(100, cold + dropped); // of a tenth of a second, and nothing of the warm-up's drops
    final long warm = requests.get(4).get("issued").asLong();
    final JsonNode totals = summary.get("totals");
    assertEquals(700 + 60 + 50 + cold + warm, totals.get("issued").asLong());
    assertEquals(totals.get("issued"), totals.get("iterationsCompleted"));
    assertEquals(700, summary.at("/groups/0/durationNs/count").asLong());

    // All that was owed is started or dropped, in the warm-up or after it.
    final JsonNode before = summary.get("warmUp");
    assertEquals(
        1_000 + 100 + 100 + 2_000 + 1_000,
        totals.get("arrivalsOwed").asLong()
            + before.get("arrivalsStarted").asLong()
            + before.get("arrivalsDropped").asLong());
    assertEquals(
        totals.get("arrivalsDropped").asLong(),
        summary.at("/thresholds/9/observed").asLong(),
        run.out());
    assertEquals(
        dropped + summary.at("/thresholds/8/observed").asLong(),
        summary.at("/thresholds/9/observed").asLong());
    assertEquals(before.get("issued").asLong(), before.get("responses").asLong());
    assertEquals(0, Invocation.of(directory, "replay", "w").code());
  }
}
