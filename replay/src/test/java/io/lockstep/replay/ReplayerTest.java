package io.lockstep.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.inspect.EventCounts;
import io.lockstep.replay.inspect.EventFilter;
import io.lockstep.replay.inspect.Inspector;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.summary.HlogWriter;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayerTest {
  private static final String ID = "run-1";

  @TempDir Path runs;

  @Property(tries = 25)
  void replayOfAnyRunOnDiskIsIdentical(@ForAll final long seed) throws IOException {
    final Path some = Files.createTempDirectory("lockstep-replay");
    try {
      final Random random = new Random(seed);
      final Plan plan = RandomPlans.draw(seed, 20);
      final int shards = 1 + random.nextInt(4);
      final SimulatedRun run = SimulatedRun.make(some, ID, plan, shards, seed);

      final ReplayResult result = replay(run.directory(), plan, 1 + random.nextInt(4));

      assertEquals(ReplayVerdict.IDENTICAL, result.verdict(), () -> "" + result);
      assertEquals(List.of(), result.details());
      assertNull(result.divergence());
      assertEquals(run.events(), result.events());
      assertEquals(shards, result.shards());
      assertEquals(run.summary(), result.summary());
      final EventCounts counts =
          new Inspector(run.directory(), plan).overview(true, new StringBuilder());
      assertEquals(run.events(), counts.events());
      assertTrue(counts.complete());
    } finally {
      delete(some);
    }
  }

  @Property(tries = 25)
  void anyFlippedBitOfAJournalIsDamage(@ForAll final long seed) throws IOException {
    final Path some = Files.createTempDirectory("lockstep-replay");
    try {
      final Random random = new Random(seed);
      final Plan plan = RandomPlans.draw(seed, 5);
      final SimulatedRun run = SimulatedRun.make(some, ID, plan, 1, seed);
      final Path file = journalFile(run.directory());
      final long used = usedBytes(file);
      final long at = (long) (random.nextDouble() * used);
      flip(file, at, random.nextInt(8));

      final ReplayResult result = replay(run.directory(), plan, 1);

      assertEquals(ReplayVerdict.DAMAGED, result.verdict(), () -> "byte " + at + ": " + result);
      assertEquals(1, result.details().size());
      final EventCounts counts =
          new Inspector(run.directory(), plan).events(EventFilter.ALL, false, new StringBuilder());
      assertEquals(result.details(), counts.damages());
      assertEquals(result.events(), counts.shown());
    } finally {
      delete(some);
    }
  }

  @Test
  void shouldNameAnotherScenarioAsTheCause() throws IOException {
    final Plan plan = RandomPlans.draw(7, 5);
    final SimulatedRun run = SimulatedRun.make(runs, ID, plan, 2, 7);
    final Plan other = RandomPlans.draw(8, 5);

    final ReplayResult result = replay(run.directory(), other, 1);

    assertEquals(ReplayVerdict.DIVERGED, result.verdict());
    assertEquals(0, result.divergence().mismatch().eventIndex());
    Snapshot.assertMatches("divergence-scenario.txt", result.divergence().text());
  }

  @Test
  void shouldShowHistoryOfTheVuThatDiverged() throws IOException {
    final Plan plan = RandomPlans.draw(7, 5);
    final SimulatedRun run = SimulatedRun.make(runs, ID, plan, 1, 7);
    final Plan changed = withAnotherBody(plan);

    final ReplayResult result = replay(run.directory(), changed, 2);

    assertEquals(ReplayVerdict.DIVERGED, result.verdict());
    assertTrue(result.divergence().mismatch().eventIndex() > 0);
    assertNull(result.summary());
    Snapshot.assertMatches("divergence-history.txt", result.divergence().text());
  }

  @Test
  void shouldSayWhereTheSummaryDiffers() throws IOException {
    final Plan plan = RandomPlans.draw(7, 5);
    final SimulatedRun run = SimulatedRun.make(runs, ID, plan, 1, 7);
    final Path file = run.directory().file("summary.json");
    final String changed = Files.readString(file).replaceFirst("\"issued\" : ", "\"issued\" : 1");
    final String hash =
        run.directory().store("summary.json", changed.getBytes(StandardCharsets.UTF_8));
    final Manifest manifest = run.directory().manifest();
    run.directory()
        .manifest(
            manifest.ended(Manifest.State.CLOSED, Map.of("summary.json", hash), manifest.result()));

    final ReplayResult result = replay(run.directory(), plan, 1);

    assertEquals(ReplayVerdict.DIVERGED, result.verdict());
    assertNull(result.divergence());
    assertEquals(1, result.details().size());
    assertTrue(
        result.details().get(0).startsWith("summary.json differs from line "),
        result.details().get(0));
  }

  @Test
  void shouldSayWhichHistogramDiffers() throws IOException {
    final Plan plan = RandomPlans.draw(7, 5);
    final SimulatedRun run = SimulatedRun.make(runs, ID, plan, 1, 7);
    final MetricsTracker nothing = new MetricsTracker(plan.requests().size());
    final Manifest manifest = run.directory().manifest();
    final Map<String, String> files = new TreeMap<>(manifest.files());
    files.put(
        "latency.hlog", run.directory().store("latency.hlog", HlogWriter.bytes(plan, nothing)));
    run.directory().manifest(manifest.ended(Manifest.State.CLOSED, files, manifest.result()));

    final ReplayResult result = replay(run.directory(), plan, 1);

    assertEquals(ReplayVerdict.DIVERGED, result.verdict());
    assertEquals(1, result.details().size(), () -> "" + result.details());
    assertTrue(
        result.details().get(0).startsWith("latency.hlog differs in the histogram "),
        result.details().get(0));
  }

  @Test
  void shouldReportMissingAndChangedFiles() throws IOException {
    final Plan plan = RandomPlans.draw(7, 5);
    final SimulatedRun run = SimulatedRun.make(runs, ID, plan, 1, 7);
    Files.writeString(run.directory().file("summary.json"), "{}");
    assertDetail(replay(run.directory(), plan, 1), "summary.json is not what the run wrote");

    Files.delete(run.directory().file("summary.json"));
    assertDetail(replay(run.directory(), plan, 1), "summary.json is missing");
  }

  @Test
  void shouldReportMissingJournalOfOneShard() throws IOException {
    final Plan plan = RandomPlans.draw(7, 5);
    final SimulatedRun run = SimulatedRun.make(runs, ID, plan, 2, 7);
    delete(run.directory().journalDirectory(1));

    final ReplayResult result = replay(run.directory(), plan, 2);

    assertDetail(result, "is missing");
    assertTrue(result.events() > 0, "shard 0 is still replayed");
  }

  @Test
  void shouldVerifyARunThatWasKilled() throws IOException {
    final Plan plan = RandomPlans.draw(7, 5);
    final SimulatedRun run = SimulatedRun.make(runs, ID, plan, 1, 7);
    final Manifest manifest = run.directory().manifest();
    run.directory().manifest(manifest.ended(Manifest.State.RUNNING, Map.of(), null));

    final ReplayResult result = replay(run.directory(), plan, 1);

    assertEquals(ReplayVerdict.TRUNCATED, result.verdict());
    assertEquals(run.events(), result.events());
    assertNotNull(result.summary());
    assertEquals(
        List.of("the run was not closed: run.json has no result to compare with"),
        result.details());
  }

  @Test
  void shouldStillShowEventsWithoutManifest() throws IOException {
    final Plan plan = RandomPlans.draw(7, 5);
    final SimulatedRun run = SimulatedRun.make(runs, ID, plan, 2, 7);
    Files.writeString(run.directory().file("run.json"), "{");

    assertEquals(ReplayVerdict.DAMAGED, replay(run.directory(), plan, 1).verdict());
    final StringBuilder out = new StringBuilder();
    final EventCounts counts = new Inspector(run.directory(), plan).overview(false, out);
    assertEquals(run.events(), counts.events());
    assertEquals(1, counts.damages().size());
    assertTrue(out.toString().contains("manifest            cannot be read"), out.toString());
  }

  @Test
  void shouldPrintOverviewAsText() throws IOException {
    final Plan plan = RandomPlans.draw(7, 5);
    final SimulatedRun run = SimulatedRun.make(runs, ID, plan, 2, 7);
    final StringBuilder out = new StringBuilder();

    new Inspector(run.directory(), plan).overview(false, out);

    Snapshot.assertMatches("inspect-overview.txt", out.toString().replace(runs.toString(), "RUNS"));
  }

  private static ReplayResult replay(final RunDirectory run, final Plan plan, final int threads) {
    return new Replayer(
            new ReplayContext(run, plan, SimulatedRun.VERSION, threads, System::nanoTime))
        .replay();
  }

  /** As if the last request had another body, which its digest tells. */
  private static Plan withAnotherBody(final Plan plan) {
    final int last = plan.requests().size() - 1;
    return new Plan(
        plan.name(),
        plan.seed(),
        plan.tickNs(),
        plan.target(),
        plan.connections(),
        plan.scenarios(),
        plan.requests().stream()
            .map(
                request ->
                    new io.lockstep.scenario.plan.RequestPlan(
                        request.index(),
                        request.scenario(),
                        request.name(),
                        request.method(),
                        request.path(),
                        request.headers(),
                        request.body(),
                        request.timeoutTicks(),
                        request.index() == last ? ~request.digest() : request.digest()))
            .toList(),
        plan.program(),
        plan.choices(),
        plan.thinks(),
        plan.flow(),
        plan.simulation(),
        plan.digest());
  }

  private static void assertDetail(final ReplayResult result, final String part) {
    assertEquals(ReplayVerdict.DAMAGED, result.verdict());
    assertEquals(1, result.details().size(), () -> "" + result.details());
    assertTrue(result.details().get(0).contains(part), result.details().get(0));
  }

  private static Path journalFile(final RunDirectory run) throws IOException {
    try (Stream<Path> files = Files.list(run.journalDirectory(0))) {
      return files.filter(file -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }

  private static long usedBytes(final Path file) throws IOException {
    final byte[] bytes = Files.readAllBytes(file);
    int used = bytes.length;
    while (bytes[used - 1] == 0) {
      used--;
    }
    return used;
  }

  private static void flip(final Path file, final long at, final int bit) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      final ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 1 << bit)).rewind();
      channel.write(one, at);
    }
  }

  private static void delete(final Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
