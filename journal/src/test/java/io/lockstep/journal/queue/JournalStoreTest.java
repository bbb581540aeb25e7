package io.lockstep.journal.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.block.ShardSeal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {
  @TempDir Path directory;

  @Test
  void shouldReadBackEveryEventThatWasWritten() {
    final ShardSeal seal = Journals.write(directory, 1, 20_000);
    final Journals.Reading reading = Journals.read(directory, seal);
    assertNull(reading.damage());
    assertEquals(20_001, reading.events());
    assertEquals(seal.events(), reading.events());
    assertEquals(seal.blocks(), reading.blocks());
    assertEquals(seal.chainDigest(), reading.digest());
    assertEquals(JournalReader.Ending.COMPLETE, reading.ending());
  }

  @Test
  void shouldBeReadableByChroniclesOwnTailer() throws IOException {
    final ShardSeal seal = Journals.write(directory, 2, 200_000);
    final Map<String, String> before = digests();
    final List<Integer> lengths = new ArrayList<>();
    ChronicleQuiet.ensure();
    try (SingleChronicleQueue queue =
            SingleChronicleQueueBuilder.binary(directory).readOnly(true).build();
        ExcerptTailer tailer = queue.createTailer()) {
      for (; ; ) {
        try (DocumentContext document = tailer.readingDocument()) {
          if (!document.isPresent()) {
            break;
          }
          lengths.add((int) document.wire().bytes().readRemaining());
        }
      }
    }
    assertEquals(seal.blocks(), lengths.size());
    assertEquals(seal.bytes(), lengths.stream().mapToLong(Integer::longValue).sum());
    assertEquals(before, digests());
  }

  @Test
  void shouldChangeNoByteByReading() throws IOException {
    final ShardSeal seal = Journals.write(directory, 3, 5_000);
    final Map<String, String> before = digests();
    assertNull(Journals.read(directory, seal).damage());
    assertEquals(before, digests());
  }

  @Test
  void shouldGiveBackTheSpaceThatWasReservedAhead() throws IOException {
    final ShardSeal seal = Journals.write(directory, 4, 1_000);
    final long length = Files.size(directory.resolve(QueueFile.NAME));
    assertTrue(
        length < seal.bytes() + 32 * 1024, () -> "file has " + length + " bytes for " + seal);
  }

  @Test
  void shouldWriteTheSameBytesWheneverItIsWritten() throws Exception {
    final ShardSeal first = Journals.write(directory.resolve("a"), 5, 3_000);
    Thread.sleep(5);
    final ShardSeal second = Journals.write(directory.resolve("b"), 5, 3_000);
    assertEquals(first.chainDigest(), second.chainDigest());
    assertEquals(
        -1,
        Files.mismatch(
            directory.resolve("a").resolve(QueueFile.NAME),
            directory.resolve("b").resolve(QueueFile.NAME)));
  }

  @Test
  void shouldRefuseADirectoryThatHoldsAJournal() {
    Journals.write(directory, 6, 10);
    final JournalException e =
        assertThrows(JournalException.class, () -> JournalStore.create(directory));
    assertTrue(e.getMessage().contains("already holds a journal"), e.getMessage());
  }

  @Test
  void shouldReadAJournalThatWasClosedBeforeItsFirstBlock() {
    final var sink =
        new io.lockstep.journal.sink.InlineBlockSink(
            Journals.RUN_ID, 0, JournalStore.create(directory));
    sink.close();
    for (final ShardSeal seal : new ShardSeal[] {null, sink.seal()}) {
      final Journals.Reading reading = Journals.read(directory, seal);
      assertNull(reading.damage());
      assertEquals(0, reading.blocks());
      assertEquals(JournalReader.Ending.TRUNCATED, reading.ending());
    }
  }

  @Test
  void shouldReadAJournalThatIsStillBeingWritten() {
    final var sink =
        new io.lockstep.journal.sink.InlineBlockSink(
            Journals.RUN_ID, 0, JournalStore.create(directory));
    assertEquals(0, Journals.read(directory, null).events());
    new io.lockstep.journal.EventStream(7, sink, sink.first()).events(4_000);
    final Journals.Reading reading = Journals.read(directory, null);
    sink.close();
    assertNull(reading.damage());
    assertEquals(4_000, reading.events());
    assertEquals(JournalReader.Ending.TRUNCATED, reading.ending());
  }

  private Map<String, String> digests() throws IOException {
    final Map<String, String> digestByName = new TreeMap<>();
    try (var files = Files.list(directory)) {
      for (final Path file : files.toList()) {
        digestByName.put(file.getFileName().toString(), sha256(Files.readAllBytes(file)));
      }
    }
    return digestByName;
  }

  private static String sha256(final byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (final java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
