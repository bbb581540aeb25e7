package io.lockstep.journal.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.journal.EventStream;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a journal whose writer dies or whose disk fills up. */
@Timeout(120)
class CrashTest {
  private static final int KILLS = 2;

  @TempDir Path directory;

  @Test
  void shouldReadToTheLastCompleteBlockAfterAKill() throws Exception {
    final long seed = System.nanoTime();
    final Random random = new Random(seed);
    for (final Path java : ChildJvm.javaHomes()) {
      for (int i = 0; i < KILLS; i++) {
        final Path journal = directory.resolve("kill-" + java.getFileName() + "-" + i);
        final Process process =
            ChildJvm.start(
                java,
                directory.resolve("out"),
                EndlessWriter.class,
                journal.toString(),
                Long.toString(Long.MAX_VALUE));
        awaitBlocks(journal, 1 + random.nextInt(300), process);
        process.destroyForcibly().waitFor();
        final Journals.Reading reading = Journals.read(journal, null);
        assertNull(reading.damage(), () -> "seed " + seed + ": " + reading);
        assertEquals(JournalReader.Ending.TRUNCATED, reading.ending());
        assertTrue(reading.blocks() > 0, () -> "seed " + seed + ": " + reading);
        assertEquals(digestAfter(reading.blocks()), reading.digest());
        Files.delete(journal.resolve(QueueFile.NAME));
      }
    }
  }

  @Test
  void shouldPrintNothingOnAnyJdk() throws Exception {
    for (final Path java : ChildJvm.javaHomes()) {
      final Path output = directory.resolve("out");
      final Path journal = directory.resolve("quiet-" + java.getFileName());
      final Process process =
          ChildJvm.start(java, output, EndlessWriter.class, journal.toString(), "100000");
      assertEquals(0, process.waitFor(), () -> java + ": " + text(output));
      assertEquals("", text(output), java::toString);
      assertNull(Journals.read(journal, null).damage());
    }
  }

  @Test
  void shouldSayThatTheDiskIsFullAndKeepWhatWasWritten() throws Exception {
    final Path disk = Files.createDirectory(directory.resolve("disk"));
    final boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=6m", "lockstep-test", disk.toString());
    if (!mounted) {
      System.out.println("CrashTest: the full-disk test is skipped, mounting a tmpfs needs root");
    }
    assumeTrue(mounted);
    try {
      for (final Path java : ChildJvm.javaHomes()) {
        final Path output = directory.resolve("out");
        final Path journal = disk.resolve("journal-" + java.getFileName());
        final Process process =
            ChildJvm.start(
                java,
                output,
                EndlessWriter.class,
                journal.toString(),
                Long.toString(Long.MAX_VALUE));
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue(), () -> text(output));
        assertTrue(
            text(output)
                .matches("disk full: needs \\d+ MiB at .*; free space or choose another --out\n"),
            () -> text(output));
        final Journals.Reading reading = Journals.read(journal, null);
        assertNull(reading.damage());
        assertTrue(reading.blocks() > 40, reading::toString);
        assertEquals(digestAfter(reading.blocks()), reading.digest());

        final Path second = disk.resolve("second");
        final Process late =
            ChildJvm.start(java, output, EndlessWriter.class, second.toString(), "1000");
        assertTrue(late.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, late.exitValue(), () -> text(output));
        assertTrue(text(output).startsWith("disk full: "), () -> text(output));
        for (final Path path : new Path[] {journal, second}) {
          delete(path);
        }
      }
    } finally {
      assertTrue(run("umount", disk.toString()));
    }
  }

  /** The chain digest of the first blocks of the stream that the child writes. */
  private static String digestAfter(final long blocks) {
    final long[] taken = {0};
    final InlineBlockSink sink = new InlineBlockSink(Journals.RUN_ID, 0, new DiscardingStore());
    final EventStream stream =
        new EventStream(
            1,
            full -> {
              if (taken[0]++ < blocks) {
                sink.exchange(full);
              }
              return full;
            },
            sink.first());
    while (taken[0] < blocks) {
      stream.events(1_000);
    }
    sink.close();
    return sink.seal().chainDigest();
  }

  /** Reads the journal over and over while it is written; it must never look damaged. */
  private static void awaitBlocks(final Path journal, final long blocks, final Process process)
      throws InterruptedException {
    Journals.Reading reading = null;
    do {
      assertTrue(process.isAlive(), "the writer ended by itself");
      if (Files.exists(journal.resolve(QueueFile.NAME))) {
        reading = Journals.read(journal, null);
        assertNull(reading.damage());
      }
      Thread.sleep(1);
    } while (reading == null || reading.blocks() < blocks);
  }

  private static boolean run(final String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (final IOException e) {
      return false;
    }
  }

  private static void delete(final Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (var files = Files.list(path)) {
        for (final Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(path);
    }
  }

  private static String text(final Path file) {
    try {
      return Files.readString(file);
    } catch (final IOException e) {
      return e.toString();
    }
  }
}
