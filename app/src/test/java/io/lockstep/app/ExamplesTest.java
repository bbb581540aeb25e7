package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.console.StopSignals;
import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.engine.transport.target.TargetTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every example against the built-in target, some side by side as most of their time is
 * waiting; simulates it; and replays both runs. What is not asked: whether figures of a live run on
 * a busy machine are valid, and whether they keep their thresholds.
 */
final class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples");
  private static final Pattern LINK =
      Pattern.compile("^\\| \\[(.+\\.yaml)]\\(\\1\\) \\| (.+) \\|$");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SHOP_TOKEN", "an-example-token", "SIGNING_KEY", "an-example-key");
  private static final int SIDE_BY_SIDE = 4;
  private static final int AT_LEAST = 20;
  private static final long LONGEST_S = 60;
  private static final Set<Integer> GOOD_LIVE = Set.of(0, 6, 99);

  @TempDir private static Path directory;

  private static final Map<String, Future<Trial>> TRIALS = new TreeMap<>();
  private static ExecutorService threads;
  private static TargetServer target;
  private static TargetServer secured;
  private static StopSignals signals;

  /** All that came of one example. */
  private record Trial(
      Invocation live, Invocation liveReplay, Invocation simulated, Invocation simulatedReplay) {}

  static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @BeforeAll
  static void begin() throws IOException {
    // The outermost puts the handlers back that runs side by side leave in any order.
    signals = StopSignals.open(() -> {}, () -> {});
    target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 2);
    final Instant now = Instant.now();
    final IssuedCertificate shown =
        Authority.selfSigned("localhost", now, now.plusSeconds(3600), List.of("127.0.0.1"));
    secured =
        TargetServer.start(
            "127.0.0.1",
            0,
            Behaviour.PLAIN,
            1,
            TargetTls.of(shown.key(), List.of(shown.certificate())));
    threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
    for (final String name : examples()) {
      TRIALS.put(name, threads.submit(() -> trial(name)));
    }
  }

  @AfterAll
  static void end() {
    threads.shutdownNow();
    target.close();
    secured.close();
    signals.close();
  }

  private static Trial trial(final String name) {
    final Invocation live =
        lockstep(
            "run",
            file(name),
            "--name",
            "live-" + name,
            "--target",
            url(name),
            "--quiet",
            "--json",
            "live-" + name + ".json");
    final Invocation simulated =
        lockstep(
            "run",
            file(name),
            "--name",
            "sim-" + name,
            "--simulate",
            "--quiet",
            "--json",
            "sim-" + name + ".json");
    return new Trial(
        live, lockstep("replay", "live-" + name), simulated, lockstep("replay", "sim-" + name));
  }

  /** The target that suits an example's own. */
  private static String url(final String name) {
    return lines(EXAMPLES.resolve(name)).stream().anyMatch(line -> line.startsWith("target: https"))
        ? secured.url()
        : target.url();
  }

  private static Invocation lockstep(final String... words) {
    return Invocation.of(directory, ENVIRONMENT, false, words);
  }

  private static String file(final String name) {
    return EXAMPLES.resolve(name).toAbsolutePath().normalize().toString();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldRunAndReplayLiveAndSimulated(final String name)
      throws InterruptedException, ExecutionException, TimeoutException, IOException {
    final Trial trial = TRIALS.get(name).get(LONGEST_S, TimeUnit.SECONDS);
    assertTrue(GOOD_LIVE.contains(trial.live().code()), trial.live()::toString);
    assertEquals(0, trial.simulated().code(), trial.simulated()::toString);
    for (final Invocation replay : List.of(trial.liveReplay(), trial.simulatedReplay())) {
      assertEquals(0, replay.code(), replay::toString);
      assertTrue(replay.out().startsWith("identical"), replay::toString);
    }
    assertTrue(requests("live-" + name) > 0, trial.live()::toString);
    assertTrue(requests("sim-" + name) > 0, trial.simulated()::toString);
  }

  private static long requests(final String run) throws IOException {
    final String json = Files.readString(directory.resolve(run + ".json"), StandardCharsets.UTF_8);
    return new ObjectMapper().readTree(json).at("/totals/issued").asLong();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldBeginWithTwoLinesThatSayWhatItShowsAndMeanNoMischief(final String name) {
    final List<String> lines = lines(EXAMPLES.resolve(name));
    assertTrue(lines.get(0).startsWith("# ") && lines.get(1).startsWith("# "), name);
    assertTrue(!lines.get(2).startsWith("#"), name + " says more than two lines");
    final Invocation valid = lockstep("validate", file(name));
    assertEquals(0, valid.code(), valid::err);
    assertEquals("", valid.err());
    assertEquals(0, lockstep("plan", file(name)).code());
  }

  @Test
  void shouldListEveryExampleWithWhatItShows() throws IOException {
    final Map<String, String> listed =
        lines(EXAMPLES.resolve("README.md")).stream()
            .map(LINK::matcher)
            .filter(java.util.regex.Matcher::matches)
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    final List<String> names = examples();
    assertTrue(names.size() >= AT_LEAST, names::toString);
    assertEquals(new TreeSet<>(names), new TreeSet<>(listed.keySet()));
    for (final String name : names) {
      final List<String> lines = lines(EXAMPLES.resolve(name));
      assertEquals(
          lines.get(0).substring(2) + " " + lines.get(1).substring(2), listed.get(name), name);
    }
  }

  private static List<String> lines(final Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
