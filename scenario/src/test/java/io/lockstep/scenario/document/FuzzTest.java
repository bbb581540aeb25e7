package io.lockstep.scenario.document;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.data.DataLocator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever is done to the bytes of the examples, of files that they include, or to what is set on
 * the command line: it loads, or is refused with places. A failing try prints its seed.
 */
class FuzzTest {
  /** A hang, not slowness, is what this finds: the machine may be busy. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ",",
    "\n",
    "\n  ",
    "- ",
    "&a ",
    "*a",
    "<<: *a",
    "!t ",
    "? ",
    "|",
    "'",
    "\"",
    "\\",
    "#",
    "\t",
    "---\n",
    "null",
    "~",
    "true",
    "-1",
    "1e999999999",
    ".nan",
    "10s",
    "\"\\uD800\"",
    "\"\\0\"",
    "include: [a.yaml, b.json]\n",
    "include: [main.yaml]\n",
    "include: [/]",
    "include: [\"\\0\"]\n",
    "env: {e: {seed: 2}}\n",
    "env: {e: null}\n",
    "env: [e]\n",
    "env:\n",
    "secrets: {s: {env: A, file: b}}\n",
    "secrets: {s: null}\n",
    "json_schema: b.json",
    "checks: [{json_schema: b.json}]",
    "checks: [{json_schema: [a.yaml]}]",
    "=",
    ".",
    "scenarios",
    "load",
    "seed",
    "name",
    "[0]",
    "\u0000",
    "\u0085",
    "\uFEFF",
    "😀",
    "é"
  };

  private static final List<String> SEEDS = seeds();

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private static List<String> seeds() {
    final List<String> seeds = new ArrayList<>();
    try (Stream<Path> examples = Files.list(Path.of("..", "docs", "examples"))) {
      for (final Path example : examples.filter(Files::isRegularFile).sorted().toList()) {
        seeds.add(Files.readString(example));
      }
    } catch (final IOException e) {
      throw new AssertionError("the examples cannot be read", e);
    }
    seeds.add("include: [a.yaml, b.json]\nname: x\nenv: {e: {seed: 2}, f: {headers: {A: ~}}}\n");
    seeds.add("{\"include\": [\"b.json\"], \"scenarios\": {\"a\": {\"think\": null}}}");
    seeds.add("seed: 1\nsecrets: {s: {env: S}, t: {file: d/t}}\nconnections: &c {size: 2}\n");
    return seeds;
  }

  @Property(tries = 2_000)
  void anyFilesAndOptionsAreLoadedOrRefusedWithPlaces(@ForAll final long seed) {
    final Random random = new Random(seed);
    final byte[] main = damaged(random, random.nextInt(3));
    files.clear();
    files.put("a.yaml", damaged(random, random.nextInt(3)));
    files.put("b.json", damaged(random, random.nextInt(2)));
    final List<String> assignments = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      assignments.add(assignment(random));
    }
    final Optional<String> environment =
        random.nextInt(3) == 0 ? Optional.of(random.nextBoolean() ? "e" : "f") : Optional.empty();
    assertTimeoutPreemptively(LONGEST, () -> load(main, new LoadOptions(environment, assignments)));
  }

  private void load(final byte[] main, final LoadOptions options) {
    try {
      final String name = main.length > 0 && main[0] == '{' ? "main.json" : "main.yaml";
      assertFalse(
          ScenarioFile.load(
                  name,
                  main,
                  options,
                  new FilesInMemory(files),
                  DataLocator.beside(Path.of("main.yaml")))
              .plan()
              .digest()
              .isEmpty());
    } catch (final ScenarioException e) {
      Places.check(e);
    }
  }

  private static byte[] damaged(final Random random, final int damages) {
    byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < damages; i++) {
      final int at = random.nextInt(bytes.length + 1);
      final int to = Math.min(bytes.length, at + random.nextInt(12));
      final byte[] piece =
          random.nextInt(6) == 0
              ? new byte[] {(byte) random.nextInt(256)}
              : PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
      final byte[] result = Arrays.copyOf(bytes, at + piece.length + bytes.length - to);
      System.arraycopy(piece, 0, result, at, piece.length);
      System.arraycopy(bytes, to, result, at + piece.length, bytes.length - to);
      bytes = result;
    }
    return bytes;
  }

  private static String assignment(final Random random) {
    final StringBuilder text =
        new StringBuilder(
            List.of("seed=5", "scenarios.browse.load.vus=7", "headers.A=b", "tick=1ms", "name='n'")
                .get(random.nextInt(5)));
    for (int i = random.nextInt(4); i > 0; i--) {
      final String piece = PIECES[random.nextInt(PIECES.length)];
      text.insert(random.nextInt(text.length() + 1), piece);
    }
    return text.toString();
  }

  private record FilesInMemory(Map<String, byte[]> bytesByPath) implements IncludeFiles {
    @Override
    public byte[] read(final String path, final int most) throws IOException {
      final byte[] bytes = bytesByPath.get(path);
      if (bytes == null) {
        throw new FileNotFoundException(path);
      }
      return Arrays.copyOf(bytes, Math.min(most, bytes.length));
    }

    @Override
    public String displayName(final String path) {
      return path;
    }
  }
}
