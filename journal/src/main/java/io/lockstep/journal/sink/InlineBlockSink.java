package io.lockstep.journal.sink;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.ShardSeal;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** Seals and stores each block on the machine's own thread. Single-threaded. */
public final class InlineBlockSink implements Journal {
  /** A block that takes longer than this to store has waited for the system, not been worked on. */
  static final long STALL_NS = 1_000_000;

  private final BlockSealer sealer;
  private final NanoClock clock;
  private volatile long stallNs;
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
    this(origin, shard, store, SystemNanoClock.INSTANCE);
  }

  /** The same, with a clock that measures how long blocks take. */
  InlineBlockSink(
      final String origin, final int shard, final BlockStore store, final NanoClock clock) {
    this.clock = clock;
    sealer = new BlockSealer(origin, shard, store);
  }

  @Override
  public Block first() {
    return new Block();
  }

  @Override
  public Block exchange(final Block full) {
    final long startNs = clock.nanoTime();
    sealer.take(full);
    final long tookNs = clock.nanoTime() - startNs;
    if (tookNs >= STALL_NS) {
      onStall(tookNs);
    }
    return full;
  }

  /** One thread writes. */
  private void onStall(final long ns) {
    final long beforeNs = stallNs;
    stallNs = beforeNs + ns;
  }

  /**
   * Time in blocks that took a millisecond or more to store: the quicker ones are the machine's own
   * work here.
   */
  @Override
  public long stallNs() {
    return stallNs;
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
