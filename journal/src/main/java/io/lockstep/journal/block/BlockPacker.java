package io.lockstep.journal.block;

import static io.lockstep.journal.block.BlockLayout.CRC_OFFSET_IN_TRAILER;
import static io.lockstep.journal.block.BlockLayout.PAYLOAD_LENGTH_OFFSET;
import static io.lockstep.journal.block.BlockLayout.VERSION_OFFSET;

import io.lockstep.journal.event.ContentRecordedDecoder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Makes a sealed block small before it is stored. Events of one kind differ from each other in few
 * bytes, so each is written as its difference from the one before it of its kind: neighbours in a
 * journal of requests leave a fifth. What is packed is a pure function of the block, and {@link
 * BlockUnpacker} gives back each of its bytes, so digests know nothing of it.
 *
 * <p>docs/internals/journal-format.md draws the packed form. Single-threaded; allocates nothing.
 */
@SuppressWarnings("OperatorPrecedence")
public final class BlockPacker {
  /** A word is written with up to eight bytes beyond those that count. */
  private static final int SLACK = 16;

  private final CRC32C crc = new CRC32C();
  private final PackedWords words = new PackedWords();
  private final byte[] packed = new byte[Block.CAPACITY + SLACK];

  /** By slot: what the last event in it was of, and where it begins; 0 where there is none. */
  private final long[] kinds = new long[PackedWords.SLOTS];

  private final int[] offsets = new int[PackedWords.SLOTS];

  private byte[] events;
  private int position;

  /** The stored form of the block packed last. */
  public byte[] bytes() {
    return packed;
  }

  /**
   * Packs a sealed block.
   *
   * @param sealed holds it from offset 0
   * @param length of it
   * @return length of the packed block in {@link #bytes()}, 0 where it would not be shorter.
   */
  public int pack(final byte[] sealed, final int length) {
    final int end = length - Block.TRAILER_LENGTH;
    if (!packEvents(sealed, end, length)) {
      return 0;
    }
    // Excerpts begin at multiples of four; what lies between them nobody checks.
    while (position % Integer.BYTES != 0) {
      packed[position++] = 0;
    }
    System.arraycopy(sealed, 0, packed, 0, Block.HEADER_LENGTH);
    final int logical = PackedWords.intAt(sealed, VERSION_OFFSET) & 0xFFFF;
    packed[VERSION_OFFSET] = (byte) BlockChain.PACKED_FORMAT_VERSION;
    packed[VERSION_OFFSET + 1] = (byte) (BlockChain.PACKED_FORMAT_VERSION >>> 8);
    PackedWords.putInt(packed, PAYLOAD_LENGTH_OFFSET, position - Block.HEADER_LENGTH);
    PackedWords.putInt(
        packed,
        Block.HEADER_LENGTH,
        (end - Block.HEADER_LENGTH) | (logical << PackedWords.LENGTH_BITS));
    System.arraycopy(sealed, end, packed, position, CRC_OFFSET_IN_TRAILER);
    final int crcOffset = position + CRC_OFFSET_IN_TRAILER;
    crc.reset();
    crc.update(packed, 0, crcOffset);
    PackedWords.putInt(packed, crcOffset, (int) crc.getValue());
    PackedWords.putInt(packed, crcOffset + Integer.BYTES, 0);
    return position + Block.TRAILER_LENGTH;
  }

  /**
   * @return false where the packed events are no shorter.
   */
  private boolean packEvents(final byte[] sealed, final int end, final int length) {
    events = sealed;
    position = Block.HEADER_LENGTH + Integer.BYTES;
    words.reset();
    Arrays.fill(kinds, 0);
    Arrays.fill(offsets, 0);
    int at = Block.HEADER_LENGTH;
    while (at < end) {
      final long first = PackedWords.longAt(sealed, at);
      final boolean content =
          (((int) first >>> Byte.SIZE) & 0xFF) == ContentRecordedDecoder.TEMPLATE_ID;
      final int bytes = content ? contentLength(at) : PackedWords.fixedLength(first);
      // A difference takes at most a byte for each word more than the event.
      if (position + bytes + bytes / Long.BYTES + SLACK > end) {
        return false;
      }
      if (content) {
        verbatim(at, bytes);
      } else {
        event(first, at, bytes);
      }
      at += bytes;
    }
    return position + Block.TRAILER_LENGTH + Integer.BYTES <= length;
  }

  private int contentLength(final int at) {
    return PackedWords.contentLength(events, at);
  }

  private void verbatim(final int at, final int bytes) {
    packed[position] = PackedWords.VERBATIM;
    packed[position + 1] = (byte) (bytes / Long.BYTES);
    packed[position + 2] = (byte) ((bytes / Long.BYTES) >>> Byte.SIZE);
    System.arraycopy(events, at, packed, position + 3, bytes);
    position += 3 + bytes;
    words.after(events, at);
  }

  private void event(final long first, final int at, final int bytes) {
    final long third = PackedWords.longAt(events, at + PackedWords.SEQUENCE);
    // Never zero, since no schema has the number zero.
    final long kind = (first & PackedWords.LOW) | (third & ~PackedWords.LOW);
    final int slot = slotOf(kind);
    final int before = kinds[slot] == kind ? offsets[slot] : 0;
    kinds[slot] = kind;
    offsets[slot] = at;
    if (before == 0) {
      packed[position] = (byte) (PackedWords.NEW | slot);
      System.arraycopy(events, at, packed, position + 1, bytes);
      position += 1 + bytes;
    } else {
      packed[position] = (byte) slot;
      difference(at, before, bytes / Long.BYTES);
    }
    words.after(events, at);
  }

  private void difference(final int at, final int before, final int count) {
    final int maskAt = position + 1;
    position = maskAt + ((count + Byte.SIZE - 1) >>> 3);
    final long vu = PackedWords.longAt(events, at) >>> Integer.SIZE;
    final long tick = PackedWords.longAt(events, at + PackedWords.TICK);
    final long sequence = PackedWords.longAt(events, at + PackedWords.SEQUENCE) & PackedWords.LOW;
    int mask = 0;
    if (vu != words.vu()) {
      mask |= 1;
      word(vu, words.vu());
    }
    if (tick != words.tick()) {
      mask |= 2;
      word(tick, words.tick());
    }
    if (sequence != words.sequence()) {
      mask |= 4;
      word(sequence, words.sequence());
    }
    for (int i = PackedWords.PREFIX_WORDS; i < count; i++) {
      final long value = PackedWords.longAt(events, at + i * Long.BYTES);
      final long reference = PackedWords.longAt(events, before + i * Long.BYTES);
      if (value != reference) {
        mask |= 1 << i;
        word(value, reference);
      }
    }
    for (int i = 0, bits = mask; i < count; i += Byte.SIZE, bits >>>= Byte.SIZE) {
      packed[maskAt + (i >>> 3)] = (byte) bits;
    }
  }

  /** Writes how a value differs from another: as a sum or as bits, whichever is shorter. */
  private void word(final long value, final long reference) {
    final long difference = value - reference;
    final long sum = (difference << 1) ^ (difference >> (Long.SIZE - 1));
    final long bits = value ^ reference;
    final int sumBytes = PackedWords.bytesOf(sum);
    final int shift = Long.numberOfTrailingZeros(bits) >>> 3;
    final int bitBytes = PackedWords.bytesOf(bits) - shift;
    if (sumBytes <= bitBytes) {
      packed[position] = (byte) (PackedWords.SUM | (sumBytes - 1));
      PackedWords.putLong(packed, position + 1, sum);
      position += 1 + sumBytes;
    } else {
      packed[position] = (byte) ((shift << 3) | (bitBytes - 1));
      PackedWords.putLong(packed, position + 1, bits >>> (shift * Byte.SIZE));
      position += 1 + bitBytes;
    }
  }

  /** The slot of a kind of event; one that is new takes a free slot, else its first choice. */
  private int slotOf(final long kind) {
    final int wanted =
        (int) ((kind * 0x9E37_79B9_7F4A_7C15L) >>> (Long.SIZE - PackedWords.SLOT_BITS));
    for (int i = 0; i < PackedWords.SLOTS; i++) {
      final int slot = (wanted + i) & (PackedWords.SLOTS - 1);
      if (kinds[slot] == kind || kinds[slot] == 0) {
        return slot;
      }
    }
    return wanted;
  }
}
