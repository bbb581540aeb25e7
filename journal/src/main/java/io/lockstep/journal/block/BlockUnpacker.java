package io.lockstep.journal.block;

import static io.lockstep.journal.block.BlockLayout.CRC_OFFSET_IN_TRAILER;
import static io.lockstep.journal.block.BlockLayout.PAYLOAD_LENGTH_OFFSET;
import static io.lockstep.journal.block.BlockLayout.VERSION_OFFSET;

import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Gives back the sealed block that {@link BlockPacker} has packed. Trusts nothing but the checksum:
 * whatever else the bytes say is checked before it is followed. Single-threaded; allocates nothing
 * but what it says of a fault.
 */
@SuppressWarnings("OperatorPrecedence")
public final class BlockUnpacker {
  /** A word is read with up to eight bytes beyond those that count. */
  private static final int SLACK = 8;

  private static final String CUT = "packed events end within an event";

  private final CRC32C crc = new CRC32C();
  private final PackedWords words = new PackedWords();
  private final byte[] packed = new byte[Block.CAPACITY + SLACK];

  /** By slot: where its last event begins; 0 where there is none. */
  private final int[] offsets = new int[PackedWords.SLOTS];

  private byte[] into;
  private int from;
  private int end;
  private int position;
  private int limit;

  /** Whether what claims to be a block claims to be a packed one. */
  public static boolean isPacked(final byte[] stored, final int length) {
    return length >= BlockLayout.MINIMUM_LENGTH + Integer.BYTES
        && length <= Block.CAPACITY
        && PackedWords.intAt(stored, BlockLayout.MAGIC_OFFSET) == BlockLayout.MAGIC
        && (PackedWords.intAt(stored, VERSION_OFFSET) & 0xFFFF) == BlockChain.PACKED_FORMAT_VERSION;
  }

  /**
   * Unpacks a block in place.
   *
   * @param block holds what {@link #isPacked} from offset 0, and gets the sealed block; {@link
   *     Block#CAPACITY} bytes
   * @param length of it
   * @return what is wrong with it, {@code null} if nothing is; then {@link #length()} is that of
   *     the sealed block.
   */
  public String unpack(final byte[] block, final int length) {
    end = length - Block.TRAILER_LENGTH;
    final String fault = frameFault(block, length);
    if (fault != null) {
      return fault;
    }
    System.arraycopy(block, 0, packed, 0, end);
    final int head = PackedWords.intAt(packed, Block.HEADER_LENGTH);
    final int bytes = head & ((1 << PackedWords.LENGTH_BITS) - 1);
    if (bytes > Block.CAPACITY - BlockLayout.MINIMUM_LENGTH) {
      return String.format(Locale.ROOT, "packed block says %d bytes of events", bytes);
    }
    final int logical = head >>> PackedWords.LENGTH_BITS;
    if (logical < BlockChain.FIRST_FORMAT_VERSION || logical > BlockChain.CONTENT_FORMAT_VERSION) {
      return String.format(Locale.ROOT, "packed block says that its format is %d", logical);
    }
    // The digest moves to behind the events.
    final byte[] digest = Arrays.copyOfRange(block, end, end + CRC_OFFSET_IN_TRAILER);
    limit = Block.HEADER_LENGTH + bytes;
    into = block;
    final String eventFault = events();
    if (eventFault != null) {
      return eventFault;
    }
    block[VERSION_OFFSET] = (byte) logical;
    block[VERSION_OFFSET + 1] = 0;
    PackedWords.putInt(block, PAYLOAD_LENGTH_OFFSET, bytes);
    System.arraycopy(digest, 0, block, limit, digest.length);
    PackedWords.putInt(block, limit + CRC_OFFSET_IN_TRAILER, crcOf(block, limit));
    PackedWords.putInt(block, limit + CRC_OFFSET_IN_TRAILER + Integer.BYTES, 0);
    return null;
  }

  /** Bytes of the block that was unpacked last. */
  public int length() {
    return limit + Block.TRAILER_LENGTH;
  }

  private String frameFault(final byte[] block, final int length) {
    final int payload = PackedWords.intAt(block, PAYLOAD_LENGTH_OFFSET);
    if (payload != end - Block.HEADER_LENGTH) {
      return String.format(
          Locale.ROOT,
          "block says %d bytes of events, its excerpt has %d",
          payload,
          end - Block.HEADER_LENGTH);
    }
    final int reserved = PackedWords.intAt(block, length - Integer.BYTES);
    if (reserved != 0) {
      return String.format(
          Locale.ROOT, "last four bytes of the block are 0x%08x, expected 0", reserved);
    }
    final int stored = PackedWords.intAt(block, end + CRC_OFFSET_IN_TRAILER);
    final int actual = crcOf(block, end);
    return stored == actual
        ? null
        : String.format(Locale.ROOT, "checksum is 0x%08x, expected 0x%08x", actual, stored);
  }

  private int crcOf(final byte[] block, final int digestAt) {
    crc.reset();
    crc.update(block, 0, digestAt + CRC_OFFSET_IN_TRAILER);
    return (int) crc.getValue();
  }

  private String events() {
    from = Block.HEADER_LENGTH + Integer.BYTES;
    position = Block.HEADER_LENGTH;
    words.reset();
    Arrays.fill(offsets, 0);
    String fault = null;
    while (from < end && position < limit && fault == null) {
      final int code = packed[from++];
      final int at = position;
      if (code == PackedWords.VERBATIM) {
        fault = verbatim();
      } else if ((code & PackedWords.VERBATIM) != 0) {
        fault = String.format(Locale.ROOT, "packed event has the unknown code 0x%02x", code & 0xFF);
      } else {
        fault = event(code & (PackedWords.SLOTS - 1), code < 0);
      }
      if (fault == null) {
        words.after(into, at);
      }
    }
    if (fault != null) {
      return fault;
    }
    if (position != limit) {
      return String.format(
          Locale.ROOT,
          "packed block says %d bytes of events, it has %d",
          limit - Block.HEADER_LENGTH,
          position - Block.HEADER_LENGTH);
    }
    return isPadding() ? null : "there are bytes behind the packed events";
  }

  /** Whether nothing is left but the zeros that make the length a multiple of four. */
  private boolean isPadding() {
    for (int i = from; i < end; i++) {
      if (packed[i] != 0) {
        return false;
      }
    }
    return end - from < Integer.BYTES;
  }

  private String verbatim() {
    if (from + 2 > end) {
      return CUT;
    }
    final int bytes = ((packed[from] & 0xFF) | ((packed[from + 1] & 0xFF) << 8)) * Long.BYTES;
    from += 2;
    return copy(bytes);
  }

  private String event(final int slot, final boolean isNew) {
    final int before = offsets[slot];
    offsets[slot] = position;
    if (isNew) {
      return from >= end ? CUT : copy(PackedWords.fixedLength(packed[from]));
    }
    if (before == 0) {
      return String.format(Locale.ROOT, "packed event refers to slot %d, which is empty", slot);
    }
    final int bytes = PackedWords.fixedLength(PackedWords.longAt(into, before));
    return position + bytes > limit ? overflow() : difference(before, bytes / Long.BYTES);
  }

  /** Takes the next bytes as they are. */
  private String copy(final int bytes) {
    if (bytes < PackedWords.PREFIX_WORDS * Long.BYTES || bytes % Long.BYTES != 0) {
      return String.format(Locale.ROOT, "packed event has a length of %d", bytes);
    }
    if (position + bytes > limit) {
      return overflow();
    }
    if (from + bytes > end) {
      return CUT;
    }
    System.arraycopy(packed, from, into, position, bytes);
    from += bytes;
    position += bytes;
    return null;
  }

  private String difference(final int before, final int count) {
    final int maskBytes = (count + Byte.SIZE - 1) >>> 3;
    if (from + maskBytes > end) {
      return CUT;
    }
    int mask = 0;
    for (int i = 0; i < maskBytes; i++) {
      mask |= (packed[from + i] & 0xFF) << (i * Byte.SIZE);
    }
    from += maskBytes;
    final long kind = PackedWords.longAt(into, before);
    final long third = PackedWords.longAt(into, before + PackedWords.SEQUENCE);
    final long vu = (mask & 1) == 0 ? words.vu() : word(words.vu());
    final long tick = (mask & 2) == 0 ? words.tick() : word(words.tick());
    final long sequence = (mask & 4) == 0 ? words.sequence() : word(words.sequence());
    PackedWords.putLong(into, position, (kind & PackedWords.LOW) | (vu << Integer.SIZE));
    PackedWords.putLong(into, position + PackedWords.TICK, tick);
    PackedWords.putLong(
        into,
        position + PackedWords.SEQUENCE,
        (third & ~PackedWords.LOW) | (sequence & PackedWords.LOW));
    for (int i = PackedWords.PREFIX_WORDS; i < count; i++) {
      final long reference = PackedWords.longAt(into, before + i * Long.BYTES);
      PackedWords.putLong(
          into, position + i * Long.BYTES, (mask & (1 << i)) == 0 ? reference : word(reference));
    }
    position += count * Long.BYTES;
    return from > end ? CUT : null;
  }

  /** The next value, told by how it differs from another; beyond the end whatever lies there. */
  private long word(final long reference) {
    if (from >= end) {
      from = end + 1;
      return 0;
    }
    final int code = packed[from];
    final int count = (code & (Long.BYTES - 1)) + 1;
    final long raw = PackedWords.longAt(packed, from + 1);
    final long value = raw & (-1L >>> (Long.SIZE - count * Byte.SIZE));
    from += 1 + count;
    return code < 0
        ? reference + ((value >>> 1) ^ -(value & 1))
        : reference ^ (value << (((code >>> 3) & (Long.BYTES - 1)) * Byte.SIZE));
  }

  private String overflow() {
    return String.format(
        Locale.ROOT,
        "packed block says %d bytes of events, it has more",
        limit - Block.HEADER_LENGTH);
  }
}
