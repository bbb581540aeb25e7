package io.lockstep.journal.block;

/**
 * Where the fields of a sealed block lie; all are little endian. docs/internals/journal-format.md
 * draws them.
 */
final class BlockLayout {
  /** "LKSB" read as a little-endian integer. */
  static final int MAGIC = 0x42534B4C;

  static final int MAGIC_OFFSET = 0;
  static final int VERSION_OFFSET = 4;
  static final int SHARD_OFFSET = 6;
  static final int SEQUENCE_OFFSET = 8;
  static final int FIRST_EVENT_OFFSET = 16;
  static final int EVENT_COUNT_OFFSET = 24;
  static final int PAYLOAD_LENGTH_OFFSET = 28;
  static final int PREVIOUS_DIGEST_OFFSET = 32;
  static final int DIGEST_LENGTH = 32;

  /** Of the checksum; the digest comes before it, four zero bytes after it. */
  static final int CRC_OFFSET_IN_TRAILER = DIGEST_LENGTH;

  static final int MINIMUM_LENGTH = Block.HEADER_LENGTH + Block.TRAILER_LENGTH;

  private BlockLayout() {}
}
