package io.lockstep.app.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run that was made, and what its summary says. */
final class Trial {
  private final Path directory;
  private final String id;
  private final Invocation run;
  private final JsonNode summary;

  private Trial(
      final Path directory, final String id, final Invocation run, final JsonNode summary) {
    this.directory = directory;
    this.id = id;
    this.run = run;
    this.summary = summary;
  }

  /** Makes it, with its journal. */
  static Trial run(final Path directory, final String id, final String scenario, final int port)
      throws IOException {
    Scenarios.write(
        directory, id + ".yaml", scenario.replace("127.0.0.1:1\n", "127.0.0.1:" + port + "\n"));
    final Invocation run =
        Invocation.of(
            directory,
            "run",
            id + ".yaml",
            "--name",
            id,
            "--json",
            id + ".json",
            "--quiet",
            "--idle",
            "backoff");
    // A machine that is busy with other tests can make so short a run INVALID.
    assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    return new Trial(
        directory, id, run, new ObjectMapper().readTree(directory.resolve(id + ".json").toFile()));
  }

  /** Fails unless the journal alone makes the same run again. */
  void replay() {
    final Invocation replay = Invocation.of(directory, "replay", id);
    assertEquals(0, replay.code(), () -> id + ": " + replay);
    assertTrue(replay.out().startsWith("identical"), () -> id + ": " + replay.out());
  }

  /** All events, decoded, one in each line. */
  List<String> events() {
    return Invocation.of(directory, "inspect", id, "--events").out().lines().toList();
  }

  JsonNode summary() {
    return summary;
  }

  /** Rows of requests whose names begin so. */
  List<JsonNode> rows(final String name) {
    final List<JsonNode> rows = new ArrayList<>();
    for (final JsonNode row : summary.path("requests")) {
      if (row.path("name").asText().startsWith(name)) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Checks of requests whose names begin so. */
  List<JsonNode> checks(final String name) {
    final List<JsonNode> checks = new ArrayList<>();
    for (final JsonNode check : summary.path("checks")) {
      if (check.path("request").asText().startsWith(name)) {
        checks.add(check);
      }
    }
    return checks;
  }

  long connections(final String what) {
    return summary.path("connections").path(what).asLong();
  }

  JsonNode totals() {
    return summary.path("totals");
  }

  @Override
  public String toString() {
    return id + ": " + run.out() + run.err();
  }
}
