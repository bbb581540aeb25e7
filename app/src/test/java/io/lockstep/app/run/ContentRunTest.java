package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose responses are recorded, and their replays. */
final class ContentRunTest {
  private static final String SCENARIO =
      """
      name: contents
      target: http://127.0.0.1:8080
      record: {bodies: all, max_body: 100KiB}
      scenarios:
        browse:
          load: {executor: per-vu-iterations, vus: 6, iterations: 30}
          think: 1ms
          requests:
            - {name: item, path: /json, weight: 3}
            - {name: page, path: "/bytes?n=60000"}
            - {name: cut, path: "/bytes?n=200000"}
            - {name: buy, method: POST, path: /echo, body: '{"id": 1}'}
      simulate:
        latency: 1ms
        body: everywhere
        headers: {X-Simulated: "yes"}
        requests:
          item: {body: '{"items": [1, 2]}'}
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"shared, 1", "shared, 3", "dedicated, 1", "dedicated, 3"})
  void shouldReplayContentsOfALiveRunWhenTheTargetIsGone(
      final String threading, final String shards) throws IOException {
    Scenarios.write(directory, "contents.yaml", SCENARIO);
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final Invocation run =
          Invocation.of(
              directory,
              "run",
              "contents.yaml",
              "--target",
              target.url(),
              "--name",
              "live",
              "--threading",
              threading,
              "--shards",
              shards,
              "--idle",
              "backoff");
      assertTrue(run.code() == 0 || run.code() == 6, run.err());
    }
    final Invocation replay = Invocation.of(directory, "replay", "live");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    final String events = Invocation.of(directory, "inspect", "live", "--events").out();
    assertEquals(180, count(events, " response_content "));
    assertTrue(events.contains("text=\"{\\\"name\\\":\\\"lockstep\\\""), "a body");
    assertTrue(events.contains("kept=head+body+truncated"), "a cut one");
    final long bodies =
        events.lines().filter(line -> line.contains("length=102400 offset=0 ")).count();
    assertTrue(bodies >= 1 && bodies <= Long.parseLong(shards), "once a shard: " + bodies);
  }

  @Test
  void shouldReplayContentsOfASimulatedRun() throws IOException {
    Scenarios.write(directory, "contents.yaml", SCENARIO);
    final Invocation run =
        Invocation.of(directory, "run", "contents.yaml", "--simulate", "--name", "simulated");
    assertEquals(0, run.code(), run.err());
    assertEquals(0, Invocation.of(directory, "replay", "simulated").code());
    final String events = Invocation.of(directory, "inspect", "simulated", "--events").out();
    assertEquals(180, count(events, " response_content "));
    assertTrue(events.contains("text=\"X-Simulated: yes\\r\\n\""), events);
    assertTrue(events.contains("text=\"everywhere\""), events);
  }

  private static long count(final String lines, final String part) {
    return lines.lines().filter(line -> line.contains(part)).count();
  }
}
