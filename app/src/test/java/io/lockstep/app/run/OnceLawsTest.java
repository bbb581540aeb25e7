package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.journal.run.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Files whose setup, load and teardown are drawn from a seed: each is simulated on one shard and on
 * several, twice, and replayed. Verifies digests, replay, and that the load has begun exactly where
 * the setup came to its end; not what the figures of the load are.
 */
final class OnceLawsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Property(tries = 25)
  void whateverIsDoneOnceReplaysAndDependsOnNoShard(
      @ForAll final long seed, @ForAll @IntRange(min = 2, max = 4) final int shards)
      throws IOException {
    final Path directory = Files.createTempDirectory("once");
    try {
      Scenarios.write(directory, "once.yaml", new Draw(seed).file());
      final JsonNode one = simulate(directory, "one", 1);
      final JsonNode many = simulate(directory, "many", shards);
      final JsonNode again = simulate(directory, "again", shards);
      assertEquals(
          one.at("/run/generationDigest").asText(), many.at("/run/generationDigest").asText());
      assertEquals(many.at("/run/journalDigest").asText(), again.at("/run/journalDigest").asText());
      assertEquals(one.at("/setup"), many.at("/setup"));
      assertEquals(one.at("/teardown"), many.at("/teardown"));
      final boolean begun = many.at("/totals/issued").asLong() > 0;
      final String end = many.at("/setup/end").asText("completed");
      assertEquals(end.equals("completed"), begun, end);
      for (final String run : List.of("one", "many")) {
        final Invocation replay = Invocation.of(directory, "replay", run);
        assertEquals(0, replay.code(), replay.out() + replay.err());
      }
    } finally {
      remove(directory);
    }
  }

  private static JsonNode simulate(final Path directory, final String name, final int shards)
      throws IOException {
    final Invocation run =
        Invocation.of(
            directory,
            "run",
            "once.yaml",
            "--simulate",
            "--name",
            name,
            "--shards",
            Integer.toString(shards),
            "--quiet",
            "--json",
            "-");
    assertTrue(run.code() == 0 || run.code() == 6, run.out() + run.err());
    assertTrue(RunDirectory.isRun(directory.resolve("runs").resolve(name)), run.err());
    return MAPPER.readTree(run.out());
  }

  private static void remove(final Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (final IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  /** Draws a file. */
  private static final class Draw {
    private static final List<String> VALUES =
        List.of(
            "'int(1, 1000)'",
            "string(300)",
            "'float(0, 1)'",
            "'true'",
            "'null'",
            "'[\"a\", [1, 2.5], null]'",
            "uuid()",
            "now()");

    private final Random random;
    private final StringBuilder file = new StringBuilder();
    private int names;

    Draw(final long seed) {
      random = new Random(seed);
    }

    String file() {
      file.append("name: once\nseed: ").append(random.nextInt(1000)).append('\n');
      final boolean setup = random.nextInt(5) > 0;
      if (setup) {
        phase("setup", false);
      }
      file.append("scenarios:\n");
      for (int i = 0; i <= random.nextInt(2); i++) {
        scenario("s" + i, setup);
      }
      if (!setup || random.nextBoolean()) {
        phase("teardown", setup);
      }
      file.append("simulate:\n  latency: {distribution: uniform, min: 1ms, max: 20ms}\n");
      file.append("  errors: {reset: 0.1}\n  body: '{\"t\": [1, 2, \"x\"]}'\n");
      return file.toString();
    }

    private void phase(final String name, final boolean afterSetup) {
      file.append(name).append(":\n  - set: {first: ").append(value()).append("}\n");
      for (int i = 0; i < random.nextInt(6); i++) {
        file.append("  - ").append(step(afterSetup)).append('\n');
      }
      if (random.nextInt(3) == 0) {
        file.append(name).append("_timeout: ").append(20 + random.nextInt(200)).append("ms\n");
      }
    }

    private String value() {
      return VALUES.get(random.nextInt(VALUES.size()));
    }

    private String step(final boolean afterSetup) {
      final String name = "n" + names++;
      return switch (random.nextInt(afterSetup ? 9 : 8)) {
        case 0, 1 -> "set: {" + name + ": " + value() + "}";
        case 2 -> "think: {distribution: uniform, min: 1ms, max: 60ms}";
        case 3 -> "request: {name: " + name + ", path: /x, extract: {" + name + ": {json: '$.t'}}}";
        case 4 ->
            "request: {name: " + name + ", path: '/y?n=${int(1, 9)}', checks: [{status: 200}]}";
        case 5 -> "{repeat: 2, steps: [{request: {name: " + name + ", path: /z}}]}";
        case 6 ->
            random.nextInt(6) == 0
                ? "stop: test"
                : "{parallel: {max: 2}, requests: [{name: %sa, path: /a}, {name: %sb, path: /b}]}"
                    .formatted(name, name);
        case 7 -> random.nextInt(6) == 0 ? "set: {" + name + ": 1 / vu}" : "pace: 30ms";
        default -> "log: '${default(setup.first, 0)}'";
      };
    }

    private void scenario(final String name, final boolean setup) {
      final String first = setup ? "${text(default(setup.first, \"-\"))}" : "-";
      file.append("  ").append(name).append(":\n");
      file.append("    load: {executor: per-vu-iterations, vus: ")
          .append(1 + random.nextInt(6))
          .append(", iterations: 3, max_duration: 10s}\n");
      file.append("    flow:\n");
      file.append("      - request: {name: r, path: '/r?f=")
          .append(first)
          .append("&n=${int(1, 99)}'}\n");
      file.append("      - think: 5ms\n");
      if (setup) {
        file.append("      - if: setup.first == null\n");
        file.append("        then: [{request: {name: q, path: /q}}]\n");
      }
    }
  }
}
