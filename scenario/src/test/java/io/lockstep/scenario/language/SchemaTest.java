package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.lockstep.scenario.GeneratedModel;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import io.lockstep.scenario.yaml.Budget;
import io.lockstep.scenario.yaml.DocumentReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema is a schema, allows what the reader allows, and refuses what it can tell is wrong. */
class SchemaTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Schema WHOLE = schema(false);
  private static final Schema PART = schema(true);

  private static final String GOOD =
      """
      name: shop
      target: http://127.0.0.1:8080/base
      scenarios:
        browse:
          load: {executor: constant-vus, vus: 5, duration: 3s}
          think: {distribution: uniform, min: 1s, max: 2s}
          requests:
            - {name: home, path: /}
      """;

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "docs", "examples"))) {
      return files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)")).sorted().toList();
    }
  }

  private static Schema schema(final boolean part) {
    return REGISTRY.getSchema(TestLanguage.schema(part).json(), InputFormat.JSON);
  }

  @Test
  void shouldBeASchema() {
    final Schema meta =
        REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    for (final boolean part : new boolean[] {false, true}) {
      assertEquals(List.of(), meta.validate(TestLanguage.schema(part).json(), InputFormat.JSON));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldAcceptEveryExample(final Path example) throws IOException {
    assertEquals(List.of(), errors(WHOLE, Files.readString(example)));
  }

  @Property(tries = 200)
  void whateverTheReaderAcceptsTheSchemaAccepts(@ForAll final long seed) {
    assertEquals(
        List.of(), errors(WHOLE, GeneratedModel.yaml(seed)), () -> GeneratedModel.yaml(seed));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "name: shop|nam: shop",
        "name: shop|name: 5",
        "name: shop|name: [a]",
        "name: shop|name:",
        "name: shop|seed: 1",
        "http:|ftp:",
        "constant-vus|constant-vu",
        "vus: 5|vus: 0",
        "vus: 5|vus: x",
        "vus: 5|vus: 1.5",
        "vus: 5|vus: 100000001",
        "vus: 5, |",
        "vus: 5|rate: 5",
        "duration: 3s|duration: 3",
        "duration: 3s|duration: 3 s",
        "duration: 3s|duration: 3s1m",
        "duration: 3s|duration: 3x",
        "duration: 3s|duration: ''",
        "duration: 3s|duration: -3s",
        "duration: 3s|duration: 3s, stages: []",
        "uniform|uniformly",
        "min: 1s, |",
        "min: 1s|mean: 1s",
        "- {name: home, path: /}|{}",
        "- {name: home, path: /}|[]",
        ", path: /|",
        "path: /|path: 5",
        "path: /|path: /, weight: 0",
        "path: /|path: /, headers: [a]",
        "path: /|path: /, headers: {A: [a]}",
      })
  void shouldRefuseWithTheReader(final String from, final String to) {
    final String text = GOOD.replace(from, to == null ? "" : to);
    assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.yaml", text), text);
    assertFalse(errors(WHOLE, text).isEmpty(), text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "connections: {mode: shard}",
        "connections: {max_body: 1TB}",
        "connections: {max_body: 1.5}",
        "simulate: {}",
        "simulate: {latency: 1ms, status: 199}",
        "simulate: {latency: 1ms, errors: {rset: 0.1}}",
        "simulate: {latency: 1ms, errors: {reset: 1.1}}",
        "simulate: {latency: {distribution: lognormal, median: 1s, sigma: x}}",
        "secrets: {a: {env: 5}}",
        "secrets: {a: b}",
        "secrets: {a: {vault: b}}",
        "env: {a: 5}",
        "env: {a: {sed: 1}}",
        "env: {a: {seed: x}}",
        "env: {a: {scenarios: {browse: {requests: [{name: a}]}}}}",
        "env: {a: {scenarios: {browse: {load: {executor: gauss}}}}}",
        "env: {a: {include: [b]}}",
      })
  void shouldRefuseABlockWithTheReader(final String block) {
    final String text = GOOD + block + "\n";
    assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.yaml", text), text);
    assertFalse(errors(WHOLE, text).isEmpty(), text);
  }

  @Test
  void shouldAcceptPartsWhereTheReaderDoes() {
    final String overlay =
        "seed: 2, target: null, scenarios: {browse: {load: {vus: 3}, think: ~}, gone: null}";
    assertEquals(List.of(), errors(WHOLE, GOOD + "env: {a: {" + overlay + "}}\n"));
    assertEquals(List.of(), errors(WHOLE, "{include: [a.yaml], " + overlay + "}"));
    assertEquals(List.of(), errors(PART, "{" + overlay + "}"));
    assertFalse(errors(WHOLE, "{" + overlay + "}").isEmpty());
    assertFalse(errors(PART, "{sed: 2}").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "30s, true", "1m30s, true", "250ms, true", "1.5h, true", "7µs, true", "1h2m3s4ms5us6ns, true",
    "30, false", "30S, false", "1s1m, false", "1s1s, false", ".5s, false", "1.s, false",
    "' 1s', false",
  })
  void shouldTellADurationByItsPattern(final String text, final boolean right) {
    final Object pattern =
        Schemas.document("t", "d", in -> in.of(UnitType.duration(0, Long.MAX_VALUE)))
            .get("pattern");
    assertEquals(right, Pattern.compile((String) pattern).matcher(text).find());
  }

  private static List<Error> errors(final Schema schema, final String text) {
    final Diagnostics diagnostics = new Diagnostics(new Source("t.yaml", text));
    final Node root =
        DocumentReader.read(diagnostics, new Budget())
            .orElseThrow(() -> new AssertionError(diagnostics.sorted().toString()));
    final StringBuilder json = new StringBuilder();
    write(root, json);
    return schema.validate(json.toString(), InputFormat.JSON);
  }

  /** A tree as JSON, with aliases and merge keys as an editor sees them. */
  private static void write(final Node node, final StringBuilder out) {
    if (node instanceof MapNode map) {
      String separator = "{";
      for (final MapNode.Entry entry : map.entries()) {
        out.append(separator);
        quote(entry.key(), out);
        out.append(':');
        write(entry.value(), out);
        separator = ",";
      }
      out.append(map.entries().isEmpty() ? "{}" : "}");
    } else if (node instanceof ListNode list) {
      String separator = "[";
      for (final Node item : list.items()) {
        out.append(separator);
        write(item, out);
        separator = ",";
      }
      out.append(list.items().isEmpty() ? "[]" : "]");
    } else {
      scalar((ScalarNode) node, out);
    }
  }

  private static void scalar(final ScalarNode node, final StringBuilder out) {
    switch (node.kind()) {
      case TEXT -> quote(node.text(), out);
      case NULL -> out.append("null");
      case BOOLEAN -> out.append(node.text().toLowerCase(Locale.ROOT).equals("true"));
      case INTEGER, DECIMAL -> out.append(new BigDecimal(node.text().replace("_", "")));
    }
  }

  private static void quote(final String text, final StringBuilder out) {
    out.append('"');
    text.chars()
        .forEach(
            c -> {
              if (c < ' ' || c == '"' || c == '\\') {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                out.append((char) c);
              }
            });
    out.append('"');
  }

  @Test
  void shouldSayWhatEveryKeyIsFor() {
    final String json = TestLanguage.schema(false).json();
    assertTrue(
        json.contains("\"description\": \"how many VUs there are (1 to 100,000,000)\""), json);
    assertTrue(json.contains("\"default\": \"30s\""), json);
    assertTrue(json.contains("\"const\": \"constant-arrival-rate\""), json);
    assertTrue(json.contains("\"additionalProperties\": false"), json);
  }
}
