package io.lockstep.journal.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.journal.block.ShardSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Any flipped bit, any cut, any missing file is detected and located, and what precedes it is read.
 */
class DamageTest {
  private static final int CASES = 400;

  private static Path directory;
  private static ShardSeal seal;
  private static byte[] queue;
  private static byte[] table;

  /** Where each block's content begins, and behind the last one where the zeros begin. */
  private static final List<Long> STARTS = new ArrayList<>();

  @BeforeContainer
  static void record() throws IOException {
    directory = Files.createTempDirectory("damage");
    seal = Journals.write(directory, 11, 3_000);
    queue = Files.readAllBytes(directory.resolve(QueueFile.NAME));
    table = Files.readAllBytes(directory.resolve(QueueFile.TABLE_NAME));
    STARTS.clear();
    try (QueueFile file = new QueueFile(directory.resolve(QueueFile.NAME))) {
      QueueFile.Kind kind;
      while ((kind = file.advance()) != QueueFile.Kind.END) {
        if (kind == QueueFile.Kind.DATA) {
          STARTS.add(file.contentPosition());
        }
      }
      STARTS.add(file.contentPosition());
    }
    assertEquals(seal.blocks(), STARTS.size() - 1);
  }

  @AfterContainer
  static void delete() throws IOException {
    for (final String name : new String[] {QueueFile.NAME, QueueFile.TABLE_NAME}) {
      Files.deleteIfExists(directory.resolve(name));
    }
    Files.delete(directory);
  }

  @Property(tries = CASES)
  void everyFlippedBitOfAClosedJournalIsDetectedAndWhatPrecedesItIsRead(@ForAll final long seed) {
    final long bit = Math.floorMod(seed, queue.length * 8L);
    checkFlip(bit, seal);
  }

  @Property(tries = CASES)
  void everyFlippedBitOfABlockIsDetectedWithoutAManifest(@ForAll final long seed) {
    final long first = STARTS.get(0) - 4;
    final long last = STARTS.get(STARTS.size() - 1) - 4;
    checkFlip(first * 8 + Math.floorMod(seed, (last - first) * 8), null);
  }

  @Property(tries = CASES)
  void everyFlippedBitOfAnExcerptHeaderIsDetectedWithoutAManifest(
      @ForAll final long seed, @ForAll @IntRange(min = 0, max = 31) final int bit) {
    final int block = (int) Math.floorMod(seed, seal.blocks());
    checkFlip((STARTS.get(block) - 4) * 8 + bit, null);
  }

  @Property(tries = 100)
  void everyFlippedBitOfTheTableIsDetected(@ForAll final long seed) {
    final byte[] damaged = table.clone();
    final long bit = Math.floorMod(seed, table.length * 8L);
    damaged[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    write(queue, damaged);
    final Journals.Reading reading = Journals.read(directory, seal);
    assertNotNull(reading.damage());
    assertEquals(seal.events(), reading.events());
  }

  @Property(tries = CASES)
  void everyCutIsDetectedAndWhatPrecedesItIsRead(@ForAll final long seed) {
    final int length = (int) Math.floorMod(seed, (long) queue.length);
    write(Arrays.copyOf(queue, length), table);
    final Journals.Reading sealed = Journals.read(directory, seal);
    assertNotNull(sealed.damage(), () -> "cut at " + length);
    final long intact = intactBefore(length + 1L);
    assertEquals(intact, sealed.blocks(), () -> "cut at " + length);
    final Journals.Reading unsealed = Journals.read(directory, null);
    assertEquals(intact, unsealed.blocks(), () -> "cut at " + length);
    final boolean lost = intact < seal.blocks();
    assertTrue(
        !lost || unsealed.damage() != null || unsealed.ending() == JournalReader.Ending.TRUNCATED,
        () -> "cut at " + length);
  }

  @Property(tries = 200)
  void noGarbageMakesTheReaderHangOrFailOtherwise(@ForAll final long seed) {
    final Random random = new Random(seed);
    final byte[] damaged = queue.clone();
    final int from = random.nextInt(damaged.length);
    final byte[] garbage = new byte[1 + random.nextInt(64)];
    random.nextBytes(garbage);
    System.arraycopy(garbage, 0, damaged, from, Math.min(garbage.length, damaged.length - from));
    write(damaged, table);
    assertNotNull(Journals.read(directory, seal).damage());
    Journals.read(directory, null);
  }

  @Property(tries = 1)
  void everyMissingFileIsNamed() throws IOException {
    for (final String name : new String[] {QueueFile.NAME, QueueFile.TABLE_NAME}) {
      write(queue, table);
      Files.delete(directory.resolve(name));
      final Journals.Reading reading = Journals.read(directory, seal);
      assertTrue(
          reading.damage().getMessage().contains(name + " is damaged at byte 0: it is missing"));
      assertNotNull(Journals.read(directory, null).damage());
    }
  }

  @Property(tries = 1)
  void aJournalOfAnotherRunOrShardIsRefused() {
    write(queue, table);
    assertNull(Journals.read(directory, seal).damage());
    for (final var other :
        List.of(
            JournalReader.open(directory, "another-run", 0, null),
            JournalReader.open(directory, Journals.RUN_ID, 1, null))) {
      try (other) {
        final var e =
            org.junit.jupiter.api.Assertions.assertThrows(
                io.lockstep.journal.block.DamagedJournalException.class, other::next);
        assertEquals(0, e.block());
      }
    }
  }

  private static void checkFlip(final long bit, final ShardSeal expected) {
    final byte[] damaged = queue.clone();
    damaged[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    write(damaged, table);
    final Journals.Reading reading = Journals.read(directory, expected);
    assertNotNull(reading.damage(), () -> "bit " + bit + " of " + queue.length * 8L);
    assertEquals(reading.blocks(), reading.damage().block());
    assertEquals(reading.events(), reading.damage().event());
    final long intact = intactBefore(bit / 8);
    assertTrue(
        reading.blocks() >= intact,
        () -> "bit " + bit + ": read " + reading + ", intact " + intact);
  }

  /** Blocks that end at or before a byte. */
  private static long intactBefore(final long at) {
    long intact = 0;
    while (intact < seal.blocks() && STARTS.get((int) intact + 1) - 4 < at) {
      intact++;
    }
    return intact;
  }

  private static void write(final byte[] queueBytes, final byte[] tableBytes) {
    try {
      Files.write(directory.resolve(QueueFile.NAME), queueBytes);
      Files.write(directory.resolve(QueueFile.TABLE_NAME), tableBytes);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
