package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries of a scenario, checked when it is loaded by what evaluates them in a run. */
final class SchemaFileRunTest {
  private static final String SCENARIO =
      """
      name: schema
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 2, iterations: 2}
          think: 1ms
          requests:
            - {name: good, path: /a, checks: [{json_schema: schemas/item.json, name: is an item}]}
      simulate: {latency: 1ms, body: '{"id": %s}'}
      """;

  @TempDir private Path directory;

  @Test
  void shouldReplayChecksByASchemaFileThatIsGone() throws IOException {
    final Path schema = directory.resolve("schemas/item.json");
    Files.createDirectories(schema.getParent());
    Files.writeString(schema, "{\"properties\": {\"id\": {\"type\": \"integer\"}}}");
    Scenarios.write(directory, "s.yaml", SCENARIO.formatted("1"));
    final Invocation run = Invocation.of(directory, "run", "s.yaml", "--simulate", "--name", "r");
    assertEquals(0, run.code(), run.err());
    Files.delete(schema);
    final Invocation replay = Invocation.of(directory, "replay", "r");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    assertEquals(
        Files.readString(directory.resolve("runs/r/include-1.json")),
        "{\"properties\": {\"id\": {\"type\": \"integer\"}}}");
  }

  @Test
  void shouldSayWhereAQueryOfAnyKindIsWrong() throws IOException {
    Files.createDirectories(directory.resolve("schemas"));
    Files.writeString(directory.resolve("schemas/item.json"), "{\n  \"type\": \"objekt\"\n}\n");
    Scenarios.write(
        directory,
        "s.yaml",
        SCENARIO
            .formatted("1")
            .replace("think: 1ms", "think: 1ms\n    start: [{log: '${json(\"$.a[\")}'}]"));
    final Invocation schema = Invocation.of(directory, "validate", "s.yaml");
    assertEquals(2, schema.code(), schema.out());
    assertTrue(
        schema.err().contains("item.json:1:1: error: this is not a JSON Schema"), schema.err());
    Files.writeString(directory.resolve("schemas/item.json"), "{}");
    final Invocation path = Invocation.of(directory, "validate", "s.yaml");
    assertEquals(2, path.code(), path.out());
    assertTrue(path.err().contains("s.yaml:6:27: error: \"$.a[\" is not a JSONPath: "), path.err());
  }
}
