package io.lockstep.replay.shard;

import java.util.ArrayDeque;

/** Reads and verifies on the caller's thread. */
final class InlineFeed implements BlockFeed {
  private final BlockSource source;
  private final ArrayDeque<RecordedBlock> free = new ArrayDeque<>(BLOCKS);

  InlineFeed(final BlockSource source) {
    this.source = source;
    for (int i = 0; i < BLOCKS; i++) {
      free.add(new RecordedBlock());
    }
  }

  @Override
  public RecordedBlock take() {
    final RecordedBlock block = free.poll();
    if (block == null) {
      throw new IllegalStateException("the replay holds all " + BLOCKS + " blocks of its window");
    }
    if (source.read(block)) {
      return block;
    }
    free.push(block);
    return null;
  }

  @Override
  public void release(final RecordedBlock block) {
    free.push(block);
  }

  @Override
  public String damage() {
    return source.damage();
  }

  @Override
  public void close() {
    source.close();
  }
}
