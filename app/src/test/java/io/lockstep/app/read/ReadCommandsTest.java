package io.lockstep.app.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Large enough for several blocks. */
  private static final String SHOP = Scenarios.SHOP.replace("vus: 10", "vus: 60");

  @TempDir private Path directory;

  @BeforeEach
  void run() throws IOException {
    Scenarios.write(directory, "shop.yaml", SHOP);
    final Invocation run = lockstep("run", "shop.yaml", "--simulate", "--name", "r", "--quiet");
    assertEquals(0, run.code(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"r", "runs/r"})
  void shouldFindARunByIdAndByDirectory(final String run) {
    assertEquals(0, lockstep("replay", run).code());
    assertEquals(0, lockstep("inspect", run).code());
  }

  @Test
  void shouldFindARunInAnotherDirectoryOfRuns() throws IOException {
    Files.move(directory.resolve("runs"), directory.resolve("archive"));
    assertEquals(2, lockstep("replay", "r").code());
    assertEquals(0, lockstep("replay", "r", "--out", "archive").code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay", "inspect"})
  void shouldExplainAMissingRun(final String command) {
    final Invocation missing = lockstep(command, "nothing");
    assertEquals(2, missing.code());
    assertTrue(missing.err().contains("there is no run 'nothing'"), missing.err());
    final Invocation other = lockstep(command, ".");
    assertEquals(2, other.code());
    assertTrue(other.err().contains("is not a run"), other.err());
  }

  @Test
  void shouldTellAReplayAsJson() throws IOException {
    final JsonNode replay = JSON.readTree(lockstep("replay", "r", "--json").out());
    final JsonNode summary = JSON.readTree(directory.resolve("runs/r/summary.json").toFile());
    assertEquals("identical", replay.at("/verdict").asText());
    assertEquals(summary.at("/run/events").asLong(), replay.at("/events").asLong());
    assertEquals(summary.at("/run/journalDigest"), replay.at("/journalDigest"));
    assertEquals(summary.at("/run/generationDigest"), replay.at("/generationDigest"));
  }

  @Test
  void shouldTellADamagedJournalAndShowWhatPrecedes() throws IOException {
    final Path journal = directory.resolve("runs/r/journal/0/19700101F.cq4");
    final byte[] bytes = Files.readAllBytes(journal);
    bytes[bytes.length / 2] ^= 1;
    Files.write(journal, bytes);
    final Invocation replay = lockstep("replay", "r");
    assertEquals(3, replay.code(), replay.out());
    assertTrue(replay.out().startsWith("damaged"), replay.out());
    assertTrue(replay.out().contains("is damaged at byte"), replay.out());
    final Invocation events = lockstep("inspect", "r", "--events");
    assertEquals(3, events.code());
    assertTrue(events.out().contains("request_issued"), "what precedes is readable");
    assertTrue(events.err().contains("is damaged at byte"), events.err());
    assertEquals(3, lockstep("inspect", "r").code());
  }

  @Test
  void shouldTellAnotherScenarioFromTheRecordedOne() throws IOException {
    final Path scenario = directory.resolve("runs/r/scenario.yaml");
    Files.writeString(scenario, SHOP.replace("weight: 3", "weight: 4"));
    final Invocation replay = lockstep("replay", "r");
    assertEquals(3, replay.code(), replay.out());
    assertTrue(replay.out().contains("scenario.yaml is not what the run wrote"), replay.out());
    assertTrue(replay.out().contains("likely cause: another scenario"), replay.out());
    final JsonNode json = JSON.readTree(lockstep("replay", "r", "--json").out());
    assertFalse(json.at("/divergence/recorded").asText().isEmpty(), json.toString());
  }

  @Test
  void shouldNarrowEvents() throws IOException {
    final Invocation some = lockstep("inspect", "r", "--vu", "3", "--iteration", "2", "--json");
    assertEquals(0, some.code(), some.err());
    final List<String> lines = some.out().lines().toList();
    assertFalse(lines.isEmpty());
    for (final String line : lines) {
      assertEquals(3, JSON.readTree(line).at("/vu").asInt(), line);
    }
    final long all = lockstep("inspect", "r", "--events").out().lines().count();
    final List<String> failed = lockstep("inspect", "r", "--failed").out().lines().toList();
    assertTrue(failed.size() > 0 && failed.size() < all / 10, failed.size() + " of " + all);
    assertTrue(failed.stream().allMatch(line -> line.contains("outcome=reset")), failed.get(0));
    final JsonNode summary = JSON.readTree(directory.resolve("runs/r/summary.json").toFile());
    assertEquals(summary.at("/run/events").asLong(), all);
    assertEquals(summary.at("/totals/errors").asLong(), failed.size());
  }

  @Test
  void shouldTellTheOverviewAsOneLineOfJson() throws IOException {
    final Invocation overview = lockstep("inspect", "r", "--json");
    assertEquals(1, overview.out().lines().count(), overview.out());
    final JsonNode json = JSON.readTree(overview.out());
    assertEquals("r", json.at("/manifest/runId").asText());
    assertTrue(json.at("/events/count").asLong() > 0, overview.out());
  }

  @Test
  void shouldSayThatNoEventMatches() {
    final Invocation none = lockstep("inspect", "r", "--vu", "99999");
    assertEquals(0, none.code());
    assertEquals("", none.out());
    assertTrue(
        none.err().matches("lockstep: no event matches: the run has \\d+ VUs, 0 to \\d+\n"),
        none.err());
    final Invocation late = lockstep("inspect", "r", "--iteration", "99999");
    assertEquals("lockstep: no event matches\n", late.err());
  }

  @Test
  void shouldShowIterationsThatFailedAndWhy() throws IOException {
    Scenarios.write(
        directory,
        "failing.yaml",
        """
        name: failing
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 3}
            flow:
              - request: {name: home, path: /}
              - set: {x: '1 / (iteration - iteration)'}
        simulate: {latency: 5ms}
        """);
    final Invocation run = lockstep("run", "failing.yaml", "--simulate", "--name", "f", "--quiet");
    assertEquals(0, run.code(), run.err());
    final Invocation failed = lockstep("inspect", "f", "--failed");
    assertEquals(6, failed.out().lines().count(), failed.out());
    assertEquals(3, failed.out().lines().filter(line -> line.contains("iteration_ended")).count());
    assertEquals(3, failed.out().lines().filter(line -> line.contains("flow_noted")).count());
  }

  @Test
  void shouldSayWhyIterationsAndRequestsFailedAndJudgeThem() throws IOException {
    Scenarios.write(
        directory,
        "odd.yaml",
        """
        name: odd
        thresholds: {iterations_failed: ["rate<1%"], "iterations_failed{scenario:odd}": ["rate<=0%"]}
        scenarios:
          odd:
            load: {executor: per-vu-iterations, vus: 1, iterations: 4}
            flow: [{request: {name: odd, path: '/${choice("Z\u00fcrich", "K\u00f6ln")}'}}]
          all:
            load: {executor: per-vu-iterations, vus: 2, iterations: 3}
            flow: [{set: {t: '1 / (iteration - iteration)'}}]
        simulate: {latency: 5ms}
        """);
    final Invocation run = lockstep("run", "odd.yaml", "--simulate", "--name", "o");
    assertEquals(99, run.code(), run.out() + run.err());
    assertTrue(
        run.out().contains("6 of 10 iterations (60.00 %) failed: `1 / (iteration"), run.out());
    assertTrue(run.out().contains("4 odd: the path has"), run.out());
    assertTrue(run.out().contains("use urlencode(...)"), run.out());
    final JsonNode summary = JSON.readTree(directory.resolve("runs/o/summary.json").toFile());
    assertEquals(6, summary.at("/totals/iterationFailures/0/count").asInt(), run.out());
    assertEquals(4, summary.at("/reasons/0/count").asInt(), run.out());
    assertFalse(summary.at("/thresholds/0/passed").asBoolean(), run.out());
    assertTrue(summary.at("/thresholds/1/passed").asBoolean(), run.out());
    assertEquals(0, lockstep("replay", "o").code());
    final String failed = lockstep("inspect", "o", "--failed").out();
    assertEquals(4, failed.lines().filter(line -> line.contains("kind=invalid_request")).count());
  }

  @Test
  void shouldShowTheResponsesThatFailed() throws IOException {
    Scenarios.write(
        directory,
        "bodies.yaml",
        """
        name: bodies
        record: {bodies: failed, max_body: 4KiB}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 2, iterations: 3}
            flow:
              - request: {name: good, path: /}
              - request: {name: broken, path: /}
              - request: {name: long, path: /}
        simulate:
          latency: 5ms
          requests:
            good: {body: "all is well"}
            broken: {status: 500, body: "oh no\\nagain \\e[31m"}
            long: {status: 404, body: "%s"}
        """
            .formatted("l".repeat(3_000)));
    final Invocation run = lockstep("run", "bodies.yaml", "--simulate", "--name", "b", "--quiet");
    assertEquals(0, run.code(), run.err());
    final List<String> failed = lockstep("inspect", "b", "--failed").out().lines().toList();
    assertEquals(12, failed.stream().filter(line -> line.contains("completed")).count());
    assertEquals(6, failed.stream().filter("    | oh no"::equals).count(), failed + "");
    assertEquals(6, failed.stream().filter("    | again \\u001b[31m"::equals).count());
    assertEquals(6, failed.stream().filter("    | (952 more bytes)"::equals).count());
    assertTrue(failed.stream().noneMatch(line -> line.contains("all is well")), "" + failed);
    final String json = lockstep("inspect", "b", "--failed", "--json", "--vu", "1").out();
    assertEquals(6, json.lines().count());
    final JsonNode first = JSON.readTree(json.lines().toList().get(0));
    assertEquals("oh no\nagain \u001b[31m", first.at("/responseBody").asText(), json);
  }

  @Test
  void shouldSayThatTheNameOfTheRunIsEmpty() {
    final Invocation empty = lockstep("replay", "");
    assertEquals(2, empty.code());
    assertTrue(empty.err().contains("RUN is empty"), empty.err());
  }

  @Test
  void shouldChangeNothingInTheRun() throws IOException {
    final Map<String, String> before = everything();
    assertEquals(0, lockstep("inspect", "r", "--events").code());
    assertEquals(0, lockstep("inspect", "r", "--json").code());
    assertEquals(0, lockstep("replay", "r").code());
    assertEquals(before, everything());
  }

  /** Each file and directory of the run with the time of its last change and all its bytes. */
  private Map<String, String> everything() throws IOException {
    final Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory.resolve("runs"))) {
      for (final Path path : paths.toList()) {
        final String content =
            Files.isDirectory(path) ? "" : HexFormat.of().formatHex(Files.readAllBytes(path));
        all.put(path.toString(), Files.getLastModifiedTime(path) + " " + content);
      }
    }
    return all;
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, arguments);
  }
}
