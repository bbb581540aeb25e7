package io.lockstep.scenario.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas that stand in files of their own. */
class SchemaFilesTest {
  private static final String SCHEMA = "{\"type\": \"object\", \"required\": [\"id\"]}";

  @TempDir private Path directory;

  @Test
  void shouldCheckByASchemaInAFileAsByOneInPlace() throws Exception {
    write("schemas/item.json", "\uFEFF" + SCHEMA);
    final Loaded inPlace = load("{type: object, required: [id]}");
    final Loaded inFile = load("schemas/item.json");
    assertEquals(inPlace.plan(), inFile.plan());
    assertEquals(
        new Check.JsonSchema("{\"type\":\"object\",\"required\":[\"id\"]}"),
        inFile.plan().requests().get(0).use().checks().get(0).condition());
    assertEquals(
        List.of("schemas/item.json"), inFile.included().stream().map(Included::path).toList());
    write("schemas/item.yaml", "type: object\nrequired: [id]\n");
    assertEquals(inPlace.plan(), load("schemas/item.yaml").plan());
  }

  @Test
  void shouldReadAFileOnceHoweverManyChecksNameIt() throws Exception {
    write("a.json", SCHEMA);
    final Loaded loaded = load("a.json, name: one}, {json_schema: ./a.json");
    assertEquals(1, loaded.included().size());
    assertEquals(2, loaded.plan().requests().get(0).use().checks().size());
  }

  @Test
  void shouldLookBesideTheFileThatNamesTheSchema() throws Exception {
    write("parts/a.json", SCHEMA);
    write("parts/part.yaml", scenario("a.json"));
    final Path main = write("main.yaml", "include: [parts/part.yaml]\n");
    assertEquals(
        List.of("parts/part.yaml", "parts/a.json"),
        ScenarioFile.load(main).included().stream().map(Included::path).toList());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '\0',
      value = {
        "gone.json | {} | s.yaml:9:32: error: there is no file `gone.json`",
        ". | {} | s.yaml:9:32: error: `.`",
        "a.json | {\"a\": | a.json:1:6: error: not YAML",
        "a.json | [1] | a.json:1:1: error: expected a JSON Schema",
        "a.json | {\"minimum\": 0x1F} | a.json:1:13: error: `0x1F` is not a number as JSON writes it",
        "a.json | # nothing | a.json:1:1: error: there is no value",
      })
  void shouldSayWhatIsWrongWhereItIs(final String path, final String schema, final String expected)
      throws IOException {
    write("a.json", schema == null ? "" : schema);
    final ScenarioException refused = assertThrows(ScenarioException.class, () -> load(path));
    assertTrue(refused.render().contains(expected), refused.render());
    assertEquals(1, refused.diagnostics().size(), refused.render());
  }

  @Test
  void shouldNameTheLimitThatASchemaExceeds() throws IOException {
    write("a.json", "{\"title\": \"" + "x".repeat(300_000) + "\"}");
    final ScenarioException refused = assertThrows(ScenarioException.class, () -> load("a.json"));
    assertTrue(
        refused.render().contains("the schema is longer than 262144 characters"), refused.render());
  }

  private Loaded load(final String schema) throws IOException, ScenarioException {
    return ScenarioFile.load(write("s.yaml", scenario(schema)));
  }

  private static String scenario(final String schema) {
    return """
    name: s
    target: http://x
    scenarios:
      s:
        load: {executor: constant-vus, vus: 1, duration: 1s}
        think: 1s
        requests:
          - path: /
            checks: [{json_schema: %s}]
    """
        .formatted(schema);
  }

  private Path write(final String name, final String text) throws IOException {
    final Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
