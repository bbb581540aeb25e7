package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured of sending requests, and what their journals say of it. */
final class SendingRunTest {
  private static final int LARGE = 8_000_000;

  private static final String SCENARIO =
      """
      {"name": "sending",
       "target": "http://127.0.0.1:8080",
       "timeout": "20s",
       "scenarios": {"browse": {
         "load": {"executor": "per-vu-iterations", "vus": 1, "iterations": 5},
         "flow": [
           {"request": {"name": "small", "path": "/"}},
           {"request": {"name": "large", "method": "POST", "path": "/status?code=200", "body": "%s"}}]}},
       "simulate": {"latency": "20ms"},
       "thresholds": {
         "http_req_sending{request:small}": ["count==5", "max<10s"],
         "http_req_sending{request:large}": ["count==5", "max>500us"],
         "http_req_waiting{request:large}": ["count==5"]}}
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"shared", "dedicated"})
  void shouldMeasureHowLongSendingTakesAndReplayIt(final String threading) throws IOException {
    write(LARGE);
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run =
          Invocation.of(
              directory,
              "run",
              "sending.json",
              "--target",
              target.url(),
              "--threading",
              threading,
              "--name",
              "live");
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.out() + run.err());
    assertTrue(run.out().contains("all 5 thresholds"), run.out());
    final Invocation replay = Invocation.of(directory, "replay", "live");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    final List<JsonNode> completed = completed("live");
    assertEquals(10, completed.size());
    for (final JsonNode event : completed) {
      final long handedNs = event.get("handedNs").asLong();
      assertTrue(event.get("sentNs").asLong() < handedNs, event::toString);
    }
  }

  @Test
  void shouldKnowNothingOfItInASimulatedRun() throws IOException {
    write(1);
    final Invocation run =
        Invocation.of(directory, "run", "sending.json", "--simulate", "--name", "simulated");
    assertEquals(99, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("no samples"), run.out());
    final List<JsonNode> completed = completed("simulated");
    assertEquals(10, completed.size());
    for (final JsonNode event : completed) {
      assertFalse(event.has("handedNs"), event::toString);
    }
  }

  private void write(final int length) throws IOException {
    Scenarios.write(directory, "sending.json", SCENARIO.formatted("x".repeat(length)));
  }

  private List<JsonNode> completed(final String run) throws IOException {
    final ObjectMapper json = new ObjectMapper();
    final Invocation inspect = Invocation.of(directory, "inspect", run, "--events", "--json");
    assertEquals(0, inspect.code(), inspect.err());
    return inspect
        .out()
        .lines()
        .filter(line -> line.contains("request_completed"))
        .map(
            line -> {
              try {
                return json.readTree(line);
              } catch (final IOException e) {
                throw new IllegalStateException(line, e);
              }
            })
        .filter(event -> event.has("sentNs"))
        .toList();
  }
}
