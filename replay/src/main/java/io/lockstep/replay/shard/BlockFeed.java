package io.lockstep.replay.shard;

/** Gives out blocks of a {@link BlockSource} and takes them back: a fixed number of them in all. */
interface BlockFeed extends AutoCloseable {
  /** Blocks in all: the window of the replay and what is read ahead of it. */
  int BLOCKS = 8;

  /**
   * The next block, which stays the caller's until it is released.
   *
   * @return {@code null} at the end.
   */
  RecordedBlock take();

  /** Gives a block back. */
  void release(RecordedBlock block);

  /** As {@link BlockSource#damage()}, once {@link #take} has said {@code null}. */
  String damage();

  @Override
  void close();
}
