package io.lockstep.replay.shard;

/** Where the recorded blocks of one shard come from, in order, each verified. Single-threaded. */
public interface BlockSource extends AutoCloseable {
  /**
   * Reads the next block.
   *
   * @return false where no further block can be read.
   */
  boolean read(RecordedBlock into);

  /**
   * What is wrong behind the last block that could be read, and where.
   *
   * @return {@code null} where the journal simply ends, or while {@link #read} has not said false.
   */
  String damage();

  @Override
  void close();
}
