package io.lockstep.scenario.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
  @Test
  void shouldLocateEveryNodeByLineAndColumn() {
    final Diagnostics diagnostics =
        diagnostics("t.yaml", "# 😀\r\n\"😀\": a\rb:\n  - 1\n  - [x, 😀, y]\n");
    final MapNode root = (MapNode) DocumentReader.read(diagnostics, new Budget()).orElseThrow();
    final Source source = diagnostics.source();
    assertEquals("t.yaml:2:1", source.position(root.entries().get(0).keyOffset()).toString());
    assertEquals("t.yaml:2:6", source.position(root.get("😀").offset()).toString());
    assertEquals("t.yaml:3:1", source.position(root.entries().get(1).keyOffset()).toString());
    final ListNode list = (ListNode) root.get("b");
    assertEquals("t.yaml:4:5", source.position(list.items().get(0).offset()).toString());
    final ListNode inner = (ListNode) list.items().get(1);
    assertEquals("t.yaml:5:5", source.position(inner.offset()).toString());
    assertEquals("t.yaml:5:12", source.position(inner.items().get(2).offset()).toString());
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "x: a|TEXT",
        "x: '1'|TEXT",
        "x: ''|TEXT",
        "x: &a ''|TEXT",
        "x: yes|BOOLEAN",
        "x: 1m30s|TEXT",
        "x: 1|INTEGER",
        "x: 1.5|DECIMAL",
        "x: true|BOOLEAN",
        "x: ~|NULL",
        "x: null|NULL",
        "x:|NULL",
        "x: &a|NULL",
      })
  void shouldTypeScalars(final String text, final ScalarNode.Kind kind) {
    final MapNode root = (MapNode) read(text);
    assertEquals(kind, ((ScalarNode) root.get("x")).kind());
  }

  @Test
  void shouldResolveAliasToTheAnchorsNode() {
    final MapNode root = (MapNode) read("a: &n {b: [1]}\nc: *n\n");
    assertSame(root.get("a"), root.get("c"));
  }

  @Test
  void shouldMergeMapsWithoutReplacingKeys() {
    final MapNode root =
        (MapNode) read("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 3}\n");
    final MapNode merged = (MapNode) root.get("c");
    assertEquals(
        List.of("x", "y", "z"), merged.entries().stream().map(MapNode.Entry::key).toList());
    assertEquals("3", ((ScalarNode) merged.get("x")).text());
    assertEquals("1", ((ScalarNode) merged.get("y")).text());
    assertEquals("2", ((ScalarNode) merged.get("z")).text());
  }

  @ParameterizedTest(name = "`{1}` in {0} is refused")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "t.yaml|x: &a [*a]|1:8: error: the alias `*a` is inside its own anchor",
        "t.yaml|x: *a|1:4: error: no value before this alias has the anchor `&a`",
        "t.yaml|x: !t 1|1:4: error: tags such as `!t` are not used in scenario files",
        "t.yaml|{a: 1}: 2|1:2: error: a key must be text, not a map, a list or an alias",
        "t.yaml|x: {<<: 1}|1:9: error: the merge key `<<` takes a map or a list of maps,"
            + " not the number `1`",
        "t.yaml|x: [1, 2|1:9: error: not YAML: expected ',' or ']', but got <stream end>"
            + " (while parsing a flow sequence)",
        "t.yaml|x: 'a|1:6: error: not YAML: found unexpected end of stream"
            + " (while scanning a quoted scalar)",
        "t.yaml|a: b: c|1:5: error: not YAML: mapping values are not allowed here",
        "t.yaml|x: \u0007|1:4: error: the character U+0007 is not allowed in a file",
        "t.json|{\"a\": 1|1:8: error: not JSON: Unexpected end-of-input:"
            + " expected close marker for Object",
        "t.json|{\"a\": }|1:7: error: not JSON: Unexpected character ('}' (code 125)):"
            + " expected a value",
        "t.json|{\"a\": [1}|1:9: error: not JSON: Unexpected close marker '}': expected ']'",
        "t.json|{} []|1:4: error: a second document starts here;"
            + " a file holds one scenario document",
      })
  void shouldRefuseTextWithoutATree(final String name, final String text, final String expected) {
    assertEquals(List.of(name + ":" + expected), refused(name, text));
  }

  @Test
  void shouldRefuseASecondDocument() {
    assertEquals(
        List.of(
            "t.yaml:3:1: error: a second document starts here; a file holds one scenario document"),
        refused("t.yaml", "a: 1\n---\nb: 2\n"));
  }

  @Test
  void shouldReportEveryDuplicateKeyAndWhereTheFirstIs() {
    final Diagnostics diagnostics = diagnostics("t.yaml", "a: 1\nb: {c: 1, c: 2}\na: 3\n");
    final MapNode root = (MapNode) DocumentReader.read(diagnostics, new Budget()).orElseThrow();
    assertEquals("1", ((ScalarNode) root.get("a")).text());
    final List<Diagnostic> found = diagnostics.sorted();
    assertEquals(
        "t.yaml:2:11: error: the key `c` is here for the second time", found.get(0).headline());
    assertEquals(
        "t.yaml:3:1: error: the key `a` is here for the second time", found.get(1).headline());
    assertEquals(List.of("first at t.yaml:1:1"), found.get(1).notes());
  }

  @Test
  void shouldRefuseDeepNestingInYamlAndJson() {
    final String deepest = "[".repeat(64) + "]".repeat(64);
    assertEquals(0, diagnosticsOf("t.yaml", deepest.replace("[]", "[ ]")).sorted().size());
    final String tooDeep = "[".repeat(100_000);
    for (final String name : List.of("t.yaml", "t.json")) {
      assertEquals(
          List.of(name + ":1:65: error: maps and lists are nested more than 64 deep"),
          refused(name, tooDeep));
    }
  }

  @Test
  void shouldCountTheDepthOfAliases() {
    final String half = "[".repeat(40) + "]".repeat(40);
    assertEquals(
        List.of("t.yaml:2:34: error: maps and lists are nested more than 64 deep"),
        refused("t.yaml", "a: &a " + half + "\nb: " + "[".repeat(30) + "*a"));
  }

  @Test
  void shouldRefuseAliasesThatMultiply() {
    final StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(i, i - 1));
    }
    final List<String> refused = refused("t.yaml", bomb.toString());
    assertTrue(
        refused.get(0).contains("stand for more than 8388608 values and characters"),
        refused.toString());
  }

  @Test
  void shouldRefuseALongLineOfYamlButNotOfJson() {
    final String line = "{\"a\": \"" + "b".repeat(1 << 18) + "\"}";
    assertEquals(List.of(), diagnosticsOf("t.json", line).sorted());
    assertEquals(List.of(), diagnosticsOf("t.yaml", line).sorted());
    assertEquals(
        List.of("t.yaml:2:1: error: the line has more than 262144 characters"),
        refused("t.yaml", "a: 1\nb: " + line));
  }

  @Test
  void shouldRefuseMoreValuesThanTheLimit() {
    assertEquals(
        List.of("t.json:1:2000000: error: the file has more than 1000000 values"),
        refused("t.json", "[" + "1,".repeat(1_000_001) + "1]"));
  }

  private static Node read(final String text) {
    final Diagnostics diagnostics = diagnostics("t.yaml", text);
    return DocumentReader.read(diagnostics, new Budget())
        .orElseThrow(() -> new AssertionError(diagnostics.sorted().toString()));
  }

  private static Diagnostics diagnostics(final String name, final String text) {
    return new Diagnostics(new Source(name, text));
  }

  private static Diagnostics diagnosticsOf(final String name, final String text) {
    final Diagnostics diagnostics = diagnostics(name, text);
    DocumentReader.read(diagnostics, new Budget());
    return diagnostics;
  }

  private static List<String> refused(final String name, final String text) {
    final Diagnostics diagnostics = diagnostics(name, text);
    assertTrue(DocumentReader.read(diagnostics, new Budget()).isEmpty());
    return diagnostics.sorted().stream().map(Diagnostic::headline).toList();
  }
}
