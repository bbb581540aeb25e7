package io.lockstep.app.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A live run that met faults, and what it left. */
final class FaultRun {
  static final String NAME = "faulty";

  /** What most targets get. */
  static final String TEN_REQUESTS =
      """
      scenarios:
        all:
          load: {executor: per-vu-iterations, vus: 2, iterations: 5}
          requests: [{name: any, path: /any}]
      """;

  private static final String RESET = "ECONNRESET: Connection reset by peer";
  private static final String LATE_RESET = "EPIPE: Broken pipe";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Invocation run;
  private final JsonNode summary;

  private FaultRun(final Path directory, final Invocation run) throws IOException {
    this.directory = directory;
    this.run = run;
    summary =
        JSON.readTree(
            Files.readString(
                directory.resolve("runs").resolve(NAME).resolve("summary.json"),
                StandardCharsets.UTF_8));
  }

  /**
   * Runs a scenario.
   *
   * @param body of its file, without name and target
   */
  static FaultRun of(
      final Path directory, final String target, final String body, final String... options)
      throws IOException {
    Scenarios.write(directory, "s.yaml", "name: faults\nseed: 1\ntarget: " + target + "\n" + body);
    final List<String> words = new ArrayList<>(List.of("run", "s.yaml", "--name", NAME));
    words.addAll(List.of(options));
    final Invocation run = Invocation.of(directory, words.toArray(String[]::new));
    assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    return new FaultRun(directory, run);
  }

  /** Of a run that another process has made. */
  static FaultRun left(final Path directory, final Invocation run) throws IOException {
    return new FaultRun(directory, run);
  }

  JsonNode summary() {
    return summary;
  }

  Invocation invocation() {
    return run;
  }

  long total(final String key) {
    return summary.at("/totals/" + key).asLong();
  }

  /** Each row of the failures: count, stage, kind, and its reasons with their counts. */
  List<String> failures() {
    final List<String> rows = new ArrayList<>();
    for (final JsonNode row : summary.at("/failures")) {
      final List<String> reasons = new ArrayList<>();
      for (final JsonNode reason : row.at("/reasons")) {
        reasons.add(reason.at("/count").asLong() + " " + reason.at("/reason").asText());
      }
      assertTrue(row.at("/firstNs").asLong() <= row.at("/lastNs").asLong(), row::toString);
      rows.add(
          row.at("/count").asLong()
              + " "
              + row.at("/stage").asText()
              + " "
              + row.at("/failure").asText()
              + ": "
              + String.join("; ", reasons));
    }
    return rows;
  }

  /** All events of the journal. */
  List<JsonNode> events(final String... filter) throws IOException {
    final List<String> words = new ArrayList<>(List.of("inspect", NAME, "--events", "--json"));
    words.addAll(List.of(filter));
    final Invocation inspect = Invocation.of(directory, words.toArray(String[]::new));
    assertEquals(0, inspect.code(), inspect::toString);
    final List<JsonNode> events = new ArrayList<>();
    for (final String line : inspect.out().lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  static long count(final List<JsonNode> events, final String kind) {
    return events.stream().filter(event -> event.at("/event").asText().equals(kind)).count();
  }

  /**
   * Stage, kind and reason by the name of the request, which must have but one of each. Whether a
   * writer is told of a reset or of a broken pipe depends on who looks first, so that is one.
   */
  Map<String, String> toldByRequest() throws IOException {
    final Map<String, String> told = new TreeMap<>();
    for (final JsonNode event : events("--failed")) {
      if (event.at("/event").asText().equals("failure_reasoned")) {
        told.merge(
            event.at("/request").asText().replaceFirst(".*/", ""),
            event.at("/stage").asText()
                + " "
                + event.at("/outcome").asText()
                + ": "
                + event.at("/reason").asText().replace(LATE_RESET, RESET),
            (a, b) -> a.equals(b) ? a : a + " | " + b);
      }
    }
    return told;
  }

  /** Every request ends once, in one way, and every failure has its stage and reason. */
  void assertConserved() throws IOException {
    long failed = 0;
    for (final JsonNode row : summary.at("/failures")) {
      failed += row.at("/count").asLong();
      long explained = 0;
      for (final JsonNode reason : row.at("/reasons")) {
        explained += reason.at("/count").asLong();
      }
      assertEquals(row.at("/count").asLong(), explained, row::toString);
    }
    assertEquals(total("issued"), total("responses") + failed + total("cutOff"), this::toString);
    final List<JsonNode> events = events();
    assertEquals(
        count(events, "request_issued"),
        count(events, "request_completed") + count(events, "request_abandoned"));
    assertEquals(failed, count(events, "failure_reasoned"));
    final long late = total("lateCompletions");
    assertEquals(0, late, "completions of requests that were given up");
  }

  void assertReplays() {
    final Invocation replay = Invocation.of(directory, "replay", NAME);
    assertEquals(0, replay.code(), replay::toString);
    assertTrue(replay.out().startsWith("identical"), replay::toString);
  }

  @Override
  public String toString() {
    return run.toString();
  }
}
