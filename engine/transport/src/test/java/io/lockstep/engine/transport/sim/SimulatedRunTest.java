package io.lockstep.engine.transport.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lockstep.engine.core.agent.RunContext;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.agent.RunResult;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.testing.PlanGenerator;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.journal.sink.Journal;
import io.lockstep.journal.sink.QueuedBlockSink;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Simulation.ErrorRate;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Whole simulated runs through the runner: journal digests over threading modes, and over JDKs. */
final class SimulatedRunTest {
  private static final Pattern FEATURE =
      Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)", Pattern.MULTILINE);

  @Provide
  Arbitrary<Plan> plans() {
    return PlanGenerator.plans();
  }

  @Property(tries = 15)
  void journalDigestsDoNotDependOnTheThreadingMode(@ForAll("plans") final Plan plan) {
    for (final int shards : new int[] {1, 2, 5}) {
      final List<String> shared = run(plan, Threading.SHARED, shards);
      assertEquals(shared, run(plan, Threading.SHARED, shards));
      assertEquals(shared, run(plan, Threading.DEDICATED, shards));
    }
  }

  @Test
  void shouldGiveAnotherJournalForAnotherSeed() {
    final Plan plan = broad();
    assertNotEquals(
        run(plan, Threading.SHARED, 1), run(plan.withSeed(43), Threading.SHARED, 1));
  }

  /**
   * Looks for JDKs in {@code LOCKSTEP_TEST_JDKS} (separated like a class path) and in the usual
   * place of Linux, and takes one of each feature version from 17 up that is not this one.
   */
  @Test
  void shouldGiveTheSameJournalOnEveryJdk() throws Exception {
    final Map<Integer, Path> jdks = otherJdks();
    final String here = digests();
    if (jdks.isEmpty()) {
      System.out.println("skipped: no other JDK found; name some in LOCKSTEP_TEST_JDKS");
    }
    Assumptions.assumeFalse(jdks.isEmpty());
    for (final Map.Entry<Integer, Path> jdk : jdks.entrySet()) {
      assertEquals(here, digestsOn(jdk.getValue()), "JDK " + jdk.getKey());
    }
  }

  /** What another JDK is started with. */
  static final class Main {
    private Main() {}

    public static void main(final String[] arguments) {
      System.out.println(digests());
    }
  }

  private static String digests() {
    final List<String> digests = new ArrayList<>(run(broad(), Threading.SHARED, 1));
    digests.addAll(run(broad(), Threading.SHARED, 3));
    return String.join(" ", digests);
  }

  /** Draws from every distribution, so that each function of StrictMath is in it. */
  private static Plan broad() {
    final Ask ask = Ask.of("a").errors(new ErrorRate(RequestOutcome.RESET, 0.1));
    return Plans.of(
        Group.iterations("normal", 20, 200)
            .think(new Distribution.Normal(2_000_000, 1_000_000))
            .asks(
                ask.latency(new Distribution.LogNormal(3_000_000, 1.2)),
                Ask.of("b").latency(new Distribution.Exponential(1_000_000)).weight(3)),
        Group.duration("uniform", 20, 10_000)
            .think(new Distribution.Uniform(0, 9_000_000))
            .asks(Ask.of("c").latency(new Distribution.Normal(900_000, 900_000)).timeout(12)),
        Group.arrivals("poisson", 30, 3000, 10_000, Load.ArrivalProcess.POISSON));
  }

  private static String digestsOn(final Path home) throws IOException, InterruptedException {
    final Path out = Files.createTempFile("lockstep-jdk", ".txt");
    try {
      final List<String> command = new ArrayList<>();
      command.add(home.resolve("bin").resolve("java").toString());
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(a -> a.startsWith("--") || a.startsWith("-XX:+Ignore") || a.startsWith("-Dagrona"))
          .forEach(command::add);
      final String classPath = System.getProperty("java.class.path");
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("surefire.test.class.path", classPath),
              Main.class.getName()));
      final Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      final boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
      final List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
      assertEquals(true, ended && process.exitValue() == 0, () -> String.join("\n", lines));
      return lines.get(lines.size() - 1);
    } finally {
      Files.delete(out);
    }
  }

  private static Map<Integer, Path> otherJdks() throws IOException {
    final List<Path> homes = new ArrayList<>();
    final String named = System.getenv("LOCKSTEP_TEST_JDKS");
    if (named != null) {
      Stream.of(named.split(Pattern.quote(File.pathSeparator), -1)).map(Path::of).forEach(homes::add);
    }
    final Path usual = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(usual)) {
      try (Stream<Path> found = Files.list(usual)) {
        found.sorted().forEach(homes::add);
      }
    }
    final Map<Integer, Path> byFeature = new TreeMap<>();
    for (final Path home : homes) {
      final int feature = feature(home);
      if (feature >= 17 && feature != Runtime.version().feature()) {
        byFeature.putIfAbsent(feature, home);
      }
    }
    return byFeature;
  }

  private static int feature(final Path home) throws IOException {
    final Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
      return 0;
    }
    final Matcher matcher = FEATURE.matcher(Files.readString(release));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** The digest of each journal, and of the generation. */
  private static List<String> run(final Plan plan, final Threading threading, final int shards) {
    final List<Journal> journals = new ArrayList<>();
    final RunOptions options = new RunOptions(shards, threading, Idle.YIELD, List.of(), 0);
    final RunResult result =
        new Runner(
                new RunContext(
                    plan,
                    TransportKind.SIMULATED,
                    options,
                    Thread::new,
                    (shard, clock) -> new SimulatedTransport(plan, shard, shards),
                    shard -> journal(threading, shard, journals)))
            .run();
    final List<String> digests = new ArrayList<>();
    for (final Journal journal : journals) {
      journal.close();
      digests.add(journal.seal().chainDigest());
    }
    digests.add(result.digest().hex());
    digests.add(String.format(Locale.ROOT, "%d", result.events()));
    return digests;
  }

  private static ShardJournal journal(
      final Threading threading, final int shard, final List<Journal> journals) {
    if (threading == Threading.SHARED) {
      final InlineBlockSink sink = new InlineBlockSink("run", shard, new DiscardingStore());
      journals.add(sink);
      return ShardJournal.inline(sink);
    }
    final QueuedBlockSink sink =
        new QueuedBlockSink(
            "run",
            shard,
            new DiscardingStore(),
            3,
            new YieldingIdleStrategy(),
            SystemNanoClock.INSTANCE);
    journals.add(sink);
    return ShardJournal.queued(sink);
  }
}
