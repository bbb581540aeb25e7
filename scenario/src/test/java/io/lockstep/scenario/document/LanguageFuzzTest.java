package io.lockstep.scenario.document;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.data.DataLocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Random edits of the expressions and templates of the examples, and of their data files: each
 * loads, or is refused with places. Where the edits of {@link FuzzTest} mostly break the YAML, most
 * of these reach the language. A failing try prints its seed.
 */
class LanguageFuzzTest {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples");

  /** A hang, not slowness, is what this finds: the machine may be busy. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Pattern SPOT =
      Pattern.compile(
          "\\$\\{[^}\n]*}|(?:if|while|until|switch|foreach|expression|log|path): *[^\n,}]+");

  private static final String[] PIECES = {
    "${",
    "}",
    "$${",
    "(",
    ")",
    "[",
    "]",
    "[0]",
    "[-1]",
    ".",
    ",",
    "\\\"",
    "\\'",
    "\\u00",
    "+",
    "-",
    "*",
    "/ 0",
    "% 0",
    "==",
    "!= null",
    "<",
    "&&",
    "||",
    "!",
    "? 1 : 2",
    "?",
    ":",
    "null",
    "true",
    "1e999",
    "99999999999999999999",
    "0.1",
    "\"x\"",
    "vu",
    "vars.n",
    "env.N",
    "env.PATH",
    "secrets.k",
    "users.nome",
    "users.",
    "nope",
    "status",
    "body",
    "size",
    "json(\"$.a\")",
    "json(\"\")",
    "json(vu)",
    "header(\"\")",
    "int(25, 5)",
    "int(",
    "hex(-1)",
    "string(1e9)",
    "float(1, 2, 99)",
    "choice()",
    "choice([])",
    "uuid()",
    "hmac(\"nope\", 1, 2)",
    "sha256(1, \"x\")",
    "date(\"QQ\")",
    "date(\"iso\", \"1y\")",
    "counter(\"\")",
    "split(\"a\", \"\")",
    "replace(vu, \"\", 1)",
    "matches(vu, \"(\")",
    "base64_decode(\"!\")",
    "substring(1, 2, 3, 4)",
    "number(\"x\")",
    "default(null, null)",
    "join(1, 2)",
    "😀",
    "\u2028"
  };

  private static final String[] DATA_PIECES = {
    ",", "\"", "\n", "\r", "\n\n", "\t", "{", "}", "[", "]", "null", "\\u", ":", "\uFEFF", "\u0000",
    "é"
  };

  private static List<Path> examples;
  private static List<Path> dataFiles;
  private static Path damagedData;

  @BeforeContainer
  static void findExamples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      examples = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    try (Stream<Path> files = Files.list(EXAMPLES.resolve("data"))) {
      dataFiles = files.sorted().toList();
    }
    damagedData = Files.createTempDirectory("lockstep-fuzz");
    Files.createDirectory(damagedData.resolve("data"));
  }

  @AfterContainer
  static void deleteData() throws IOException {
    for (final Path file : dataFiles) {
      Files.deleteIfExists(damagedData.resolve("data").resolve(file.getFileName()));
    }
    Files.delete(damagedData.resolve("data"));
    Files.delete(damagedData);
  }

  @Property(tries = 3_000)
  void anyExpressionsAndDataAreLoadedOrRefusedWithPlaces(@ForAll final long seed)
      throws IOException {
    final Random random = new Random(seed);
    final Path example = examples.get(random.nextInt(examples.size()));
    String text = Files.readString(example);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      text = damaged(text, random);
    }
    if (random.nextInt(5) == 0) {
      text += "\nrecord: {bodies: none}\n";
    }
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    final DataLocator data = random.nextInt(4) == 0 ? damagedData(random) : LanguageFuzzTest::data;
    assertTimeoutPreemptively(LONGEST, () -> load(example, bytes, data));
  }

  private static void load(final Path example, final byte[] bytes, final DataLocator data) {
    try {
      final Loaded loaded =
          ScenarioFile.load(
              example.toString(), bytes, LoadOptions.NONE, FolderFiles.of(example), data);
      assertFalse(loaded.plan().digest().isEmpty());
      Places.check(loaded.warnings());
    } catch (final ScenarioException e) {
      Places.check(e);
    }
  }

  private static Path data(final String feeder, final String path) {
    return EXAMPLES.resolve(path);
  }

  /** Gives all data files with a few edits. */
  private static DataLocator damagedData(final Random random) throws IOException {
    final Path folder = damagedData.resolve("data");
    for (final Path file : dataFiles) {
      String text = Files.readString(file);
      for (int i = random.nextInt(4); i > 0; i--) {
        text = edited(text, random.nextInt(text.length() + 1), random, DATA_PIECES);
      }
      Files.writeString(folder.resolve(file.getFileName()), text);
    }
    return (feeder, path) -> damagedData.resolve(path);
  }

  /** With an edit in an expression or template, where there is one. */
  private static String damaged(final String text, final Random random) {
    final List<int[]> spots = new ArrayList<>();
    final Matcher matcher = SPOT.matcher(text);
    while (matcher.find()) {
      spots.add(new int[] {matcher.start(), matcher.end()});
    }
    final int[] spot =
        spots.isEmpty() ? new int[] {0, text.length()} : spots.get(random.nextInt(spots.size()));
    final int at = spot[0] + random.nextInt(spot[1] - spot[0] + 1);
    return edited(text, at, random, PIECES);
  }

  private static String edited(
      final String text, final int at, final Random random, final String[] pieces) {
    final int to = Math.min(text.length(), at + random.nextInt(4));
    final String piece = random.nextInt(4) == 0 ? "" : pieces[random.nextInt(pieces.length)];
    return text.substring(0, at) + piece + text.substring(to);
  }
}
