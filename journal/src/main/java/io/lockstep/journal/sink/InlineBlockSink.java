package io.lockstep.journal.sink;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.ShardSeal;

/** Seals and stores each block on the machine's own thread. Single-threaded. */
public final class InlineBlockSink implements Journal {
  private final BlockSealer sealer;
  private ShardSeal seal;
  private boolean closed;

  /**
   * A journal on one thread.
   *
   * @param origin ties the chain to what the run is
   * @param shard of the run
   * @param store takes the sealed blocks and is closed with this
   */
  public InlineBlockSink(final String origin, final int shard, final BlockStore store) {
    sealer = new BlockSealer(origin, shard, store);
  }

  @Override
  public Block first() {
    return new Block();
  }

  @Override
  public Block exchange(final Block full) {
    sealer.take(full);
    return full;
  }

  /** Always 0: the time it takes to store is the machine's own work here. */
  @Override
  public long stallNs() {
    return 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      seal = sealer.close();
    }
  }

  @Override
  public ShardSeal seal() {
    if (seal == null) {
      throw new IllegalStateException("the journal has not been closed");
    }
    return seal;
  }

  @Override
  public boolean isSealed() {
    return seal != null;
  }
}
