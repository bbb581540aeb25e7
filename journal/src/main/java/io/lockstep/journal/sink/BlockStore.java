package io.lockstep.journal.sink;

import io.lockstep.journal.block.JournalException;

/** Where sealed blocks go. Single-threaded. */
public interface BlockStore {
  /**
   * Stores a sealed block behind those before it.
   *
   * @param bytes hold the block from offset 0
   * @param length of the block
   * @throws JournalException if that failed; the store takes no more blocks then, and what it took
   *     before stays readable.
   */
  void append(byte[] bytes, int length);

  /**
   * Closes the files. Idempotent; also right after a failure.
   *
   * @return the digest of all bytes of the files that no block covers, for the seal.
   */
  String close();
}
