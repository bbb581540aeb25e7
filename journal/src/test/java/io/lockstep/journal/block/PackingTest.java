package io.lockstep.journal.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.journal.EventStream;
import io.lockstep.journal.event.ContentRecordedDecoder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Packing changes no byte of what is read, and unpacking survives any bytes. Whether what is
 * unpacked is what was written is then for the digest chain to say.
 */
class PackingTest {
  private static final int KINDS = 100;
  private final BlockPacker packer = new BlockPacker();
  private final BlockUnpacker unpacker = new BlockUnpacker();

  @Test
  void unpackingGivesBackEachByteOfAnyBlock() {
    int packedBlocks = 0;
    for (long seed = 0; seed < 3_000; seed++) {
      final byte[] sealed = sealed(new SplittableRandom(seed));
      final int length = packer.pack(sealed, sealed.length);
      if (length > 0) {
        packedBlocks++;
        assertTrue(length < sealed.length, "seed " + seed);
        assertEquals(0, length % 4, "no padding of the container, which no checksum covers");
        assertArrayEquals(sealed, unpacked(packer.bytes(), length, seed), "seed " + seed);
      }
    }
    assertTrue(packedBlocks > 2_000, "only " + packedBlocks + " of 3,000 blocks were packed");
  }

  @Test
  void shouldPackTheSameBlockTheSame() {
    final byte[] sealed = sealed(new SplittableRandom(7));
    final int length = packer.pack(sealed, sealed.length);
    final byte[] first = Arrays.copyOf(packer.bytes(), length);
    final byte[] other = sealed(new SplittableRandom(8));
    packer.pack(other, other.length);
    assertEquals(length, packer.pack(sealed, sealed.length));
    assertArrayEquals(first, Arrays.copyOf(packer.bytes(), length));
  }

  @Test
  void shouldLeaveLessThanTwoThirdsOfEventsWithRandomTimes() {
    final BlockChain chain = new BlockChain("a-run", 0);
    final long[] bytes = new long[2];
    final BlockSink sink =
        full -> {
          final int length = chain.seal(full);
          bytes[0] += length;
          bytes[1] += packer.pack(full.bytes(), length);
          return full;
        };
    new EventStream(3, sink, new Block()).events(20_000);
    assertTrue(bytes[1] * 3 < bytes[0] * 2, bytes[1] + " of " + bytes[0]);
  }

  @Test
  void shouldLeaveABlockAloneThatPacksToNothingLess() {
    final Block block = new Block();
    final SplittableRandom random = new SplittableRandom(1);
    int at = Block.HEADER_LENGTH;
    for (int i = 0; i < 20; i++) {
      at += event(block.buffer(), at, random, i + 1, 40, true);
    }
    block.filled(at, 20);
    final int length = new BlockChain("a-run", 0).seal(block);
    assertEquals(0, packer.pack(block.bytes(), length));
  }

  @Test
  void shouldSurviveAnyBytesBehindARightChecksum() {
    int refused = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      final byte[] sealed = sealed(new SplittableRandom(seed % 50));
      final int length = packer.pack(sealed, sealed.length);
      if (length == 0) {
        continue;
      }
      final byte[] block = Arrays.copyOf(packer.bytes(), Block.CAPACITY);
      final int digestAt = length - Block.TRAILER_LENGTH;
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        block[random.nextInt(Block.HEADER_LENGTH, digestAt)] = (byte) random.nextInt();
      }
      final UnsafeBuffer buffer = new UnsafeBuffer(block);
      final CRC32C crc = new CRC32C();
      crc.update(block, 0, digestAt + BlockLayout.CRC_OFFSET_IN_TRAILER);
      buffer.putInt(digestAt + BlockLayout.CRC_OFFSET_IN_TRAILER, (int) crc.getValue());
      String fault = unpacker.unpack(block, length);
      if (fault == null) {
        fault = new BlockChain(null, 0).check(buffer, unpacker.length());
      }
      if (fault != null) {
        refused++;
      }
    }
    // What is left are mutations that change nothing.
    assertTrue(refused > 15_000, "only " + refused + " of 20,000 were refused");
  }

  @Test
  void shouldNoticeEachFlippedBitOfAPackedBlock() {
    final byte[] sealed = sealed(new SplittableRandom(3));
    final int length = packer.pack(sealed, sealed.length);
    for (int bit = 0; bit < length * Byte.SIZE; bit += 7) {
      final byte[] block = Arrays.copyOf(packer.bytes(), Block.CAPACITY);
      block[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      final boolean packed = BlockUnpacker.isPacked(block, length);
      final String fault =
          packed
              ? unpacker.unpack(block, length)
              : new BlockChain(null, 0).check(new UnsafeBuffer(block), length);
      assertFalse(fault == null, "bit " + bit);
    }
  }

  private byte[] unpacked(final byte[] packed, final int length, final long seed) {
    final byte[] block = Arrays.copyOf(packed, Block.CAPACITY);
    assertTrue(BlockUnpacker.isPacked(block, length), "seed " + seed);
    assertNull(unpacker.unpack(block, length), "seed " + seed);
    return Arrays.copyOf(block, unpacker.length());
  }

  /** A block of events of random kinds, lengths and differences, some of them content. */
  private static byte[] sealed(final SplittableRandom random) {
    final Block block = new Block();
    final int limit = Block.CAPACITY - Block.TRAILER_LENGTH - 9_000;
    final int kinds = random.nextInt(1, KINDS);
    final int wanted = random.nextInt(1, 3_000);
    final boolean wild = random.nextInt(8) == 0;
    int at = Block.HEADER_LENGTH;
    int events = 0;
    while (events < wanted && at < limit) {
      if (random.nextInt(200) == 0) {
        at += content(block, at, random);
      } else {
        final int kind = random.nextInt(kinds);
        at += event(block.buffer(), at, random, 30 + kind, 24 + kind * 8 % 240, wild);
      }
      events++;
    }
    block.filled(at, events);
    return Arrays.copyOf(block.bytes(), new BlockChain("a-run", 0).seal(block));
  }

  private static int event(
      final UnsafeBuffer buffer,
      final int at,
      final SplittableRandom random,
      final int template,
      final int bytes,
      final boolean wild) {
    for (int i = 0; i < bytes; i += Long.BYTES) {
      final long value = wild ? random.nextLong() : random.nextLong() >>> random.nextInt(40, 63);
      buffer.putLong(at + i, random.nextInt(3) == 0 ? -value : value);
    }
    buffer.putByte(at, (byte) (bytes - 4));
    buffer.putByte(at + 1, (byte) template);
    buffer.putByte(at + 2, (byte) 76);
    buffer.putByte(at + 3, (byte) 1);
    return bytes;
  }

  private static int content(final Block block, final int at, final SplittableRandom random) {
    final int fixed = 4 + ContentRecordedDecoder.BLOCK_LENGTH;
    final int length = random.nextInt(1, EventCursor.MAX_CONTENT_BYTES);
    final int bytes = (fixed + 4 + length + 7) / 8 * 8;
    final UnsafeBuffer buffer = block.buffer();
    for (int i = 0; i < bytes; i++) {
      buffer.putByte(at + i, (byte) random.nextInt(4));
    }
    buffer.putByte(at, (byte) ContentRecordedDecoder.BLOCK_LENGTH);
    buffer.putByte(at + 1, (byte) ContentRecordedDecoder.TEMPLATE_ID);
    buffer.putByte(at + 2, (byte) 76);
    buffer.putByte(at + 3, (byte) 2);
    buffer.putInt(at + fixed, length);
    block.holdsContent();
    return bytes;
  }
}
