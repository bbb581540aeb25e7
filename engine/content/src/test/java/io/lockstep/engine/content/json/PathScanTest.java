package io.lockstep.engine.content.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.content.value.Matches;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The one pass finds what the library finds, in any document, for any paths at once. */
class PathScanTest {
  private static final String[] NAMES = {"a", "b", "c d", "é"};
  private static final String[] SCALARS = {
    "1",
    "-0",
    "2.50",
    "1e3",
    "-7E-2",
    "true",
    "false",
    "null",
    "\"x\"",
    "\"\\u00e9\\n\"",
    "\"é\"",
    "12345678901234567890",
    "\"\"",
    "0.0"
  };

  @Property(tries = 3_000)
  void onePassEqualsTheLibrary(@ForAll final long seed) throws Exception {
    final Random random = new Random(seed);
    // In an array, since the library cannot be asked of a document that is null.
    final String document = "[" + document(random, 4) + "]";
    final List<String> texts = new ArrayList<>();
    final int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      texts.add(path(random));
    }
    final List<SimplePath> paths =
        texts.stream().map(text -> SimplePath.of(text).orElseThrow()).toList();
    final PathScan scan = new PathScan(paths);
    final byte[] bytes = ("]" + document + "]").getBytes(StandardCharsets.UTF_8);
    scan.scan(bytes, 1, bytes.length - 2);
    final Object tree = JsonLimits.plain(JsonLimits.tree(document));
    for (int i = 0; i < count; i++) {
      if (!scan.isGivenUp(i)) {
        final Matches expected = new Matches();
        LibraryPath.of(texts.get(i)).find(tree, expected);
        assertEquals(shown(expected), shown(scan.found(i)), texts.get(i) + " in " + document);
      }
    }
  }

  @Test
  void shouldGiveUpOnlyWhatOnePassCannotDecide() {
    final PathScan scan =
        new PathScan(
            List.of(SimplePath.of("$.a").orElseThrow(), SimplePath.of("$.b[*]").orElseThrow()));
    scan(scan, "{\"a\": 1, \"b\": [1, 2], \"c\": 1, \"c\": 2}");
    assertFalse(scan.isGivenUp(0));
    assertFalse(scan.isGivenUp(1));
    scan(scan, "{\"a\": 1, \"a\": 2, \"b\": {\"x\": 1}}");
    assertTrue(scan.isGivenUp(0));
    assertTrue(scan.isGivenUp(1));
  }

  @Test
  void shouldFollowSimplePathsAndLeaveTheOthers() {
    for (final String simple :
        List.of("$", "$.a", "$.a.b[0].c", "$['a b']", "$[\"a\"][1]", "$[*].id", "$.a.length()")) {
      assertTrue(SimplePath.of(simple).isPresent(), simple);
    }
    for (final String other :
        List.of(
            "$..a",
            "$.*",
            "$[-1]",
            "$[0:2]",
            "$[?(@.a)]",
            "$['a','b']",
            "$.a[*].length()",
            "$.a.sum()",
            "a",
            "$.a.",
            "$.a b",
            "$.length().a")) {
      assertTrue(SimplePath.of(other).isEmpty(), other);
    }
  }

  private static void scan(final PathScan scan, final String document) {
    final byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    scan.scan(bytes, 0, bytes.length);
  }

  private static List<String> shown(final Matches matches) {
    final List<String> all = new ArrayList<>();
    for (int i = 0; i < matches.count(); i++) {
      all.add(matches.kind(i) + " " + matches.text(i));
    }
    return all;
  }

  private static String document(final Random random, final int depth) {
    final int kind = depth == 0 ? 2 : random.nextInt(3);
    if (kind == 2) {
      return SCALARS[random.nextInt(SCALARS.length)];
    }
    final StringBuilder out = new StringBuilder(kind == 0 ? "{" : "[");
    final int children = random.nextInt(5);
    for (int i = 0; i < children; i++) {
      out.append(i == 0 ? " " : " ,\n");
      if (kind == 0) {
        out.append('"').append(NAMES[random.nextInt(NAMES.length)]).append("\": ");
      }
      out.append(document(random, depth - 1));
    }
    return out.append(kind == 0 ? "}" : "]").toString();
  }

  private static String path(final Random random) {
    final StringBuilder out = new StringBuilder("$[0]");
    boolean definite = true;
    final int segments = random.nextInt(5);
    for (int i = 0; i < segments; i++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> out.append("['").append(NAMES[random.nextInt(NAMES.length)]).append("']");
        case 2 -> out.append(random.nextBoolean() ? ".a" : ".b");
        case 3 -> out.append('[').append(random.nextInt(3)).append(']');
        default -> {
          out.append("[*]");
          definite = false;
        }
      }
    }
    return definite && segments > 0 && random.nextInt(4) == 0
        ? out.append(".length()").toString()
        : out.toString();
  }
}
