package io.lockstep.journal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.lockstep.journal.EventStream;
import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.block.NewerFormatException;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.queue.ChildJvm;
import io.lockstep.journal.queue.JournalReader;
import io.lockstep.journal.sink.InlineBlockSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final Instant START = Instant.parse("2026-11-20T06:07:03.999Z");

  @TempDir Path runs;

  @Test
  void shouldNameARunAfterItsTimeAndPlan() {
    try (RunDirectory first = RunDirectory.create(runs, START, "Web Shop (v2)!");
        RunDirectory second = RunDirectory.create(runs, START, "Web Shop (v2)!")) {
      assertEquals("20261120-060703-web-shop-v2", first.id());
      assertEquals("20261120-060703-web-shop-v2-2", second.id());
    }
  }

  @Test
  void shouldRefuseAnIdThatIsTaken() throws IOException {
    RunDirectory.create(runs, "a").close();
    Files.createDirectories(runs.resolve("a/journal"));
    final RunException e = assertThrows(RunException.class, () -> RunDirectory.create(runs, "a"));
    assertEquals(RunException.Kind.INPUT, e.kind());
    assertTrue(e.getMessage().startsWith("run id 'a' is taken: "), e.getMessage());
  }

  @Test
  void shouldTakeWhatAWriterHasLeftBeforeItHadARun() throws IOException {
    try (RunDirectory left = RunDirectory.create(runs, "a")) {
      left.store("scenario.yaml", new byte[] {1});
    }
    Files.createDirectories(runs.resolve("a/data"));
    Files.write(runs.resolve("a/data/rows.csv"), new byte[] {2});
    try (RunDirectory taken = RunDirectory.create(runs, "a")) {
      assertTrue(taken.inUse());
      assertFalse(Files.exists(taken.file("scenario.yaml")));
      assertFalse(Files.exists(taken.file("data")));
      final RunException e = assertThrows(RunException.class, () -> RunDirectory.create(runs, "a"));
      assertTrue(e.getMessage().contains("is being written by another process"), e.getMessage());
    }
  }

  @Test
  void shouldTakeNoDirectoryThatNoWriterHasMade() throws IOException {
    Files.createDirectories(runs.resolve("a"));
    Files.write(runs.resolve("a/notes.txt"), new byte[] {1});
    assertThrows(RunException.class, () -> RunDirectory.create(runs, "a"));
    assertTrue(Files.exists(runs.resolve("a/notes.txt")));
  }

  @Test
  void shouldRefuseAnIdThatLeavesTheDirectory() {
    for (final String id : List.of("../a", "", ".", "a/b", "-x", "a b")) {
      final RunException e = assertThrows(RunException.class, () -> RunDirectory.create(runs, id));
      assertEquals(RunException.Kind.INPUT, e.kind());
    }
  }

  @Test
  void shouldSayThatAnotherWriterHasTheDirectory() {
    try (RunDirectory first = RunDirectory.create(runs, "a")) {
      assertTrue(first.inUse());
      final RunException e = assertThrows(RunException.class, () -> RunDirectory.create(runs, "a"));
      assertTrue(e.getMessage().contains("is being written by another process"), e.getMessage());
    }
  }

  @Test
  void shouldRefuseARunThatAnotherProcessWrites() throws Exception {
    final Path output = runs.resolve("out");
    final Path java = Path.of(System.getProperty("java.home"));
    final Process holder = ChildJvm.start(java, output, LockHolder.class, runs.toString(), "a");
    try {
      while (!Files.readString(output).contains("holds a")) {
        assertTrue(holder.isAlive(), () -> "the other process ended");
        Thread.sleep(5);
      }
      final RunException e = assertThrows(RunException.class, () -> RunDirectory.create(runs, "a"));
      assertTrue(e.getMessage().contains("is being written by another process"), e.getMessage());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    RunDirectory.create(runs, "a").close(); // it was killed before it had a run
  }

  @Test
  void shouldSayThatADirectoryIsNotWritable() throws IOException {
    final Path file = Files.createFile(runs.resolve("file"));
    final RunException e =
        assertThrows(RunException.class, () -> RunDirectory.create(file.resolve("runs"), "a"));
    assertEquals(RunException.Kind.IO, e.kind());
    assertTrue(e.getMessage().startsWith("cannot write to "), e.getMessage());
  }

  @Test
  void shouldFindARunByPathAndById() {
    try (RunDirectory run = RunDirectory.create(runs, "a")) {
      run.manifest(manifest());
    }
    for (final String name : List.of("a", runs.resolve("a").toString())) {
      try (RunDirectory run = RunDirectory.open(runs, name)) {
        assertEquals("a", run.id());
        assertEquals(manifest(), run.manifest());
        assertFalse(run.inUse());
      }
    }
    final RunException e = assertThrows(RunException.class, () -> RunDirectory.open(runs, "b"));
    assertEquals(RunException.Kind.INPUT, e.kind());
    assertTrue(e.getMessage().startsWith("there is no run 'b'"), e.getMessage());
  }

  @Test
  void shouldReadAWholeRunBack() {
    final Manifest written;
    try (RunDirectory run = RunDirectory.create(runs, "a")) {
      run.manifest(manifest());
      final String scenario = run.store("scenario.yaml", bytes("name: x\n"));
      final InlineBlockSink sink = new InlineBlockSink(manifest().origin(), 0, run.journal(0));
      new EventStream(1, sink, sink.first()).events(500).end();
      sink.close();
      final List<ShardSeal> seals = List.of(sink.seal());
      final Manifest.Result result =
          new Manifest.Result("completed", "00", Sha256.journalDigest(seals), 501, seals);
      written = manifest().ended(Manifest.State.CLOSED, Map.of("scenario.yaml", scenario), result);
      run.manifest(written);
    }
    final RunDirectory run = RunDirectory.open(runs, "a");
    final Manifest manifest = run.manifest();
    assertEquals(written, manifest);
    assertEquals(List.of(), run.damages(manifest));
    try (JournalReader reader = run.reader(manifest, 0)) {
      while (reader.next()) {
        assertNull(reader.ending());
      }
      assertEquals(501, reader.eventsRead());
    }
  }

  @Test
  void shouldNoticeEveryFlippedBitOfTheManifest() throws IOException {
    final RunDirectory run = RunDirectory.create(runs, "a");
    run.manifest(manifest());
    final Path file = run.file("run.json");
    final byte[] good = Files.readAllBytes(file);
    for (int bit = 0; bit < good.length * 8; bit++) {
      final byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      final int flipped = bit;
      final RuntimeException e =
          assertThrows(
              RuntimeException.class, () -> ManifestFile.parse(file, bad), () -> "bit " + flipped);
      assertTrue(
          e instanceof DamagedJournalException || e instanceof NewerFormatException,
          () -> "bit " + flipped + ": " + e);
    }
    run.close();
  }

  @Test
  void shouldNameAMissingOrChangedFile() throws IOException {
    try (RunDirectory run = RunDirectory.create(runs, "a")) {
      assertTrue(
          assertThrows(DamagedJournalException.class, run::manifest)
              .getMessage()
              .endsWith("run.json is damaged: it is missing"));
      final String digest = run.store("scenario.yaml", bytes("name: x\n"));
      final Manifest manifest =
          manifest().ended(Manifest.State.CLOSED, Map.of("scenario.yaml", digest), null);
      assertEquals(List.of(), run.damages(manifest));
      Files.write(run.file("scenario.yaml"), bytes("name: y\n"));
      assertEquals(1, run.damages(manifest).size());
      assertTrue(run.damages(manifest).get(0).contains("is not what the run wrote"));
      Files.delete(run.file("scenario.yaml"));
      assertEquals(List.of(run.file("scenario.yaml") + " is missing"), run.damages(manifest));
    }
  }

  @Test
  void shouldFindADirectoryThatAnotherTakesAtTheSameMomentAnotherName() throws Exception {
    final int writers = 8;
    final ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      for (int round = 0; round < 20; round++) {
        final Path some = runs.resolve("round-" + round);
        final CyclicBarrier start = new CyclicBarrier(writers);
        final List<Future<String>> ids = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          ids.add(
              pool.submit(
                  () -> {
                    start.await();
                    try (RunDirectory run = RunDirectory.create(some, START, "x")) {
                      return run.id();
                    }
                  }));
        }
        final Set<String> different = new TreeSet<>();
        for (final Future<String> id : ids) {
          different.add(id.get());
        }
        assertEquals(writers, different.size());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void shouldTakeTheLockThoughAnotherLooksWhetherItIsTaken() throws Exception {
    final Path lock = Files.createFile(runs.resolve("run.lock"));
    final AtomicBoolean ended = new AtomicBoolean();
    final Thread looker =
        new Thread(
            () -> {
              while (!ended.get()) {
                try {
                  RunLock.isTaken(lock);
                } catch (final IOException e) {
                  throw new IllegalStateException(e);
                }
              }
            },
            "looker");
    looker.start();
    try {
      for (int i = 0; i < 2_000; i++) {
        RunLock.take(lock).close();
      }
    } finally {
      ended.set(true);
      looker.join();
    }
  }

  @Test
  void shouldFreeTheNameOfARunOfWhichNothingCame() {
    final RunDirectory first = RunDirectory.create(runs, "a");
    first.store("scenario.yaml", bytes("name: x\n"));
    first.discard();
    assertFalse(Files.exists(first.path()));
    RunDirectory.create(runs, "a").close();
  }

  @Test
  void shouldCallAManifestThatIsADirectoryDamaged() throws IOException {
    final RunDirectory run = RunDirectory.create(runs, "a");
    run.close();
    Files.createDirectory(run.file("run.json"));
    final DamagedJournalException e = assertThrows(DamagedJournalException.class, run::manifest);
    assertTrue(e.getMessage().endsWith("run.json is damaged: it is a directory"), e.getMessage());
  }

  @Test
  void shouldTellNoPermissionFromMissing() throws IOException {
    final RunDirectory run = RunDirectory.create(runs, "a");
    run.manifest(manifest());
    run.close();
    Files.setPosixFilePermissions(run.path(), PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(run.path()), "this user may read everything");
      final RunException e = assertThrows(RunException.class, () -> RunDirectory.open(runs, "a"));
      assertEquals(RunException.Kind.IO, e.kind());
      assertTrue(e.getMessage().endsWith("run.json: permission denied"), e.getMessage());
      assertThrows(JournalException.class, () -> run.reader(manifest(), 0));
    } finally {
      Files.setPosixFilePermissions(run.path(), PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void shouldRefuseARunOfANewerFormat() throws IOException {
    try (RunDirectory run = RunDirectory.create(runs, "a")) {
      Files.write(run.file("run.json"), bytes("{\"formatVersion\": 2, \"surprise\": []}"));
      final NewerFormatException e = assertThrows(NewerFormatException.class, run::manifest);
      assertTrue(e.getMessage().contains("has format 2, this version of lockstep reads up to 1"));
    }
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Manifest manifest() {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        "a",
        Manifest.State.RUNNING,
        "shop",
        "ab12",
        42,
        "simulated",
        1,
        "shared",
        100_000,
        "0.1.0",
        "17.0.15",
        "Linux 6.18 amd64",
        2,
        START.toString(),
        Map.of("z", "1", "a", "zwei ä"),
        Map.of(),
        Map.of(),
        null);
  }
}
