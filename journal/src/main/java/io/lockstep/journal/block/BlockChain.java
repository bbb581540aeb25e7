package io.lockstep.journal.block;

import static io.lockstep.journal.block.BlockLayout.DIGEST_LENGTH;
import static io.lockstep.journal.block.BlockLayout.EVENT_COUNT_OFFSET;
import static io.lockstep.journal.block.BlockLayout.FIRST_EVENT_OFFSET;
import static io.lockstep.journal.block.BlockLayout.MAGIC;
import static io.lockstep.journal.block.BlockLayout.MAGIC_OFFSET;
import static io.lockstep.journal.block.BlockLayout.PAYLOAD_LENGTH_OFFSET;
import static io.lockstep.journal.block.BlockLayout.PREVIOUS_DIGEST_OFFSET;
import static io.lockstep.journal.block.BlockLayout.SEQUENCE_OFFSET;
import static io.lockstep.journal.block.BlockLayout.SHARD_OFFSET;
import static io.lockstep.journal.block.BlockLayout.VERSION_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The chain of one shard's blocks, seen from either end: {@link #seal} extends it with a new block,
 * {@link #check} follows it over a recorded one. Each block carries the digest of the one before,
 * and the first the digest of the run's origin and shard, so that a block that is missing, doubled,
 * exchanged or of another run breaks it. Single-threaded; allocates nothing per block.
 */
public final class BlockChain {
  /** The newest block format that this code reads. */
  public static final int FORMAT_VERSION = 3;

  /** The format of a stored block that {@link BlockPacker} has packed. */
  static final int PACKED_FORMAT_VERSION = 3;

  /** The format of a block with {@code ContentRecorded}. */
  static final int CONTENT_FORMAT_VERSION = 2;

  /** The format of a block without {@code ContentRecorded}. */
  static final int FIRST_FORMAT_VERSION = 1;

  private final int shard;
  private final boolean originKnown;
  private final MessageDigest sha256 = newSha256();
  private final CRC32C crc = new CRC32C();
  private final byte[] digest = new byte[DIGEST_LENGTH];
  private final byte[] digestBefore = new byte[DIGEST_LENGTH];
  private long blocks;
  private long events;

  /**
   * A chain with no block yet.
   *
   * @param origin says what the run is, but not which: two runs of the same have equal chains;
   *     {@code null} takes the first block's word for it
   * @param shard ties it to its shard, 0 to 65,535
   */
  public BlockChain(final String origin, final int shard) {
    if (shard < 0 || shard > 0xFFFF) {
      throw new IllegalArgumentException("shard must be in 0..65535, got " + shard);
    }
    this.shard = shard;
    originKnown = origin != null;
    sha256.update((originKnown ? origin : "").getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    sha256.update((byte) shard);
    sha256.update((byte) (shard >>> 8));
    final byte[] genesis = sha256.digest();
    System.arraycopy(genesis, 0, digest, 0, DIGEST_LENGTH);
  }

  /**
   * Writes header and trailer around the events of a block and extends the chain by it.
   *
   * @return length of the sealed block, which begins at offset 0.
   */
  public int seal(final Block block) {
    final UnsafeBuffer buffer = block.buffer();
    final int end = block.end();
    buffer.putInt(MAGIC_OFFSET, MAGIC, LITTLE_ENDIAN);
    buffer.putShort(VERSION_OFFSET, (short) block.format(), LITTLE_ENDIAN);
    buffer.putShort(SHARD_OFFSET, (short) shard, LITTLE_ENDIAN);
    buffer.putLong(SEQUENCE_OFFSET, blocks, LITTLE_ENDIAN);
    buffer.putLong(FIRST_EVENT_OFFSET, events, LITTLE_ENDIAN);
    buffer.putInt(EVENT_COUNT_OFFSET, block.events(), LITTLE_ENDIAN);
    buffer.putInt(PAYLOAD_LENGTH_OFFSET, end - Block.HEADER_LENGTH, LITTLE_ENDIAN);
    buffer.putBytes(PREVIOUS_DIGEST_OFFSET, digest);

    extend(block.bytes(), end, block.events());
    buffer.putBytes(end, digest);
    buffer.putInt(end + DIGEST_LENGTH, crcOf(block.bytes(), end + DIGEST_LENGTH), LITTLE_ENDIAN);
    buffer.putInt(end + DIGEST_LENGTH + Integer.BYTES, 0, LITTLE_ENDIAN);
    return end + Block.TRAILER_LENGTH;
  }

  /**
   * Checks a recorded block against itself and against its place in the chain, and extends the
   * chain by it if all is well; otherwise leaves the chain as it was.
   *
   * @param bytes holds the block from offset 0
   * @param length of the block
   * @return what is wrong with it, {@code null} if nothing is.
   * @throws NewerFormatException if an intact block is of a newer format than this code knows.
   */
  public String check(final UnsafeBuffer bytes, final int length) {
    String fault = lengthFault(bytes, length);
    if (fault != null) {
      return fault;
    }
    final int end = length - Block.TRAILER_LENGTH;
    final byte[] array = bytes.byteArray();
    final int crcStored = bytes.getInt(end + DIGEST_LENGTH, LITTLE_ENDIAN);
    final int crcActual = crcOf(array, end + DIGEST_LENGTH);
    if (crcStored != crcActual) {
      return String.format(
          Locale.ROOT, "checksum is 0x%08x, expected 0x%08x", crcActual, crcStored);
    }
    fault = chainFault(bytes, end);
    if (fault != null) {
      return fault;
    }
    System.arraycopy(digest, 0, digestBefore, 0, DIGEST_LENGTH);
    extend(array, end, bytes.getInt(EVENT_COUNT_OFFSET, LITTLE_ENDIAN));
    if (!Arrays.equals(digest, 0, DIGEST_LENGTH, array, end, end + DIGEST_LENGTH)) {
      blocks--;
      events -= bytes.getInt(EVENT_COUNT_OFFSET, LITTLE_ENDIAN);
      System.arraycopy(digestBefore, 0, digest, 0, DIGEST_LENGTH);
      return "digest does not match its content";
    }
    return null;
  }

  /** Whether the bytes begin as a block does. */
  public static boolean startsLikeBlock(
      final UnsafeBuffer bytes, final int offset, final int length) {
    return length >= BlockLayout.MINIMUM_LENGTH
        && bytes.getInt(offset + MAGIC_OFFSET, LITTLE_ENDIAN) == MAGIC;
  }

  /** The number that bytes which {@link #startsLikeBlock} claim to have; unchecked. */
  public static long claimedNumber(final UnsafeBuffer bytes, final int offset) {
    return bytes.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
  }

  /** Blocks in the chain. */
  public long blocks() {
    return blocks;
  }

  /** Events in the chain. */
  public long events() {
    return events;
  }

  /** Copies the 32 bytes of {@link #digest()}. */
  public void copyDigest(final byte[] into) {
    System.arraycopy(digest, 0, into, 0, DIGEST_LENGTH);
  }

  /**
   * Digest of the last block, lower-case hexadecimal; before the first block that of the origin and
   * shard.
   */
  public String digest() {
    return HexFormat.of().formatHex(digest);
  }

  private static String lengthFault(final UnsafeBuffer bytes, final int length) {
    if (length < BlockLayout.MINIMUM_LENGTH || length > Block.CAPACITY) {
      return String.format(
          Locale.ROOT,
          "block length %d is not within %d..%d",
          length,
          BlockLayout.MINIMUM_LENGTH,
          Block.CAPACITY);
    }
    final int magic = bytes.getInt(MAGIC_OFFSET, LITTLE_ENDIAN);
    if (magic != MAGIC) {
      return String.format(Locale.ROOT, "block begins with 0x%08x, expected 0x%08x", magic, MAGIC);
    }
    final int payload = bytes.getInt(PAYLOAD_LENGTH_OFFSET, LITTLE_ENDIAN);
    if (payload != length - BlockLayout.MINIMUM_LENGTH) {
      return String.format(
          Locale.ROOT,
          "block says %d bytes of events, its excerpt has %d",
          payload,
          length - BlockLayout.MINIMUM_LENGTH);
    }
    final int reserved = bytes.getInt(length - Integer.BYTES, LITTLE_ENDIAN);
    return reserved == 0
        ? null
        : String.format(
            Locale.ROOT, "last four bytes of the block are 0x%08x, expected 0", reserved);
  }

  private String chainFault(final UnsafeBuffer bytes, final int end) {
    final int version = bytes.getShort(VERSION_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    if (version > FORMAT_VERSION) {
      throw new NewerFormatException("journal block", version, FORMAT_VERSION);
    }
    if (version < FIRST_FORMAT_VERSION || version > CONTENT_FORMAT_VERSION) {
      return String.format(
          Locale.ROOT,
          "block format is %d, expected %d to %d",
          version,
          FIRST_FORMAT_VERSION,
          CONTENT_FORMAT_VERSION);
    }
    final int actualShard = bytes.getShort(SHARD_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    if (actualShard != shard) {
      return String.format(Locale.ROOT, "block is of shard %d, expected %d", actualShard, shard);
    }
    final long sequence = bytes.getLong(SEQUENCE_OFFSET, LITTLE_ENDIAN);
    if (sequence != blocks) {
      return String.format(Locale.ROOT, "block has number %d, expected %d", sequence, blocks);
    }
    final long firstEvent = bytes.getLong(FIRST_EVENT_OFFSET, LITTLE_ENDIAN);
    if (firstEvent != events) {
      return String.format(
          Locale.ROOT, "block begins with event %d, expected %d", firstEvent, events);
    }
    if (!previousMatches(bytes.byteArray())) {
      return blocks == 0
          ? "block does not belong to this run"
          : "block does not continue the one before it";
    }
    return EventCursor.fault(
        bytes, Block.HEADER_LENGTH, end, bytes.getInt(EVENT_COUNT_OFFSET, LITTLE_ENDIAN));
  }

  private boolean previousMatches(final byte[] array) {
    if (blocks == 0 && !originKnown) {
      return true;
    }
    return Arrays.equals(
        digest,
        0,
        DIGEST_LENGTH,
        array,
        PREVIOUS_DIGEST_OFFSET,
        PREVIOUS_DIGEST_OFFSET + DIGEST_LENGTH);
  }

  private void extend(final byte[] array, final int end, final int blockEvents) {
    sha256.update(array, 0, end);
    try {
      sha256.digest(digest, 0, DIGEST_LENGTH);
    } catch (final DigestException e) {
      throw new IllegalStateException("a SHA-256 digest fits 32 bytes", e);
    }
    blocks++;
    events += blockEvents;
  }

  private int crcOf(final byte[] array, final int length) {
    crc.reset();
    crc.update(array, 0, length);
    return (int) crc.getValue();
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
