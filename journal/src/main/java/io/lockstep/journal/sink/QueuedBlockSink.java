package io.lockstep.journal.sink;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.block.ShardSeal;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Hands full blocks to a journal thread, which runs {@link #agent()}. Where the journal is behind,
 * the machine waits, and the wait is counted; nothing is dropped. {@link #exchange} belongs to the
 * machine's thread, {@link #close} to whoever has ended both threads.
 */
public final class QueuedBlockSink implements Journal {
  private static final int POOL = 64;

  private final JournalAgent agent;
  private final IdleStrategy idle;
  private final NanoClock clock;
  private volatile long stallNs;
  private ShardSeal seal;
  private boolean closed;

  /**
   * A journal with a thread of its own.
   *
   * @param origin ties the chain to what the run is
   * @param shard of the run
   * @param store takes the sealed blocks on the agent's thread and is closed with this
   * @param blocks in the pool, at least 2
   * @param idle what the machine does while it waits
   * @param clock measures the waits
   */
  public QueuedBlockSink(
      final String origin,
      final int shard,
      final BlockStore store,
      final int blocks,
      final IdleStrategy idle,
      final NanoClock clock) {
    if (blocks < 2) {
      throw new IllegalArgumentException("a queued journal needs at least 2 blocks, got " + blocks);
    }
    this.agent =
        new JournalAgent("journal-" + shard, new BlockSealer(origin, shard, store), blocks);
    this.idle = idle;
    this.clock = clock;
  }

  /**
   * A journal with a thread of its own, a pool of 4 MiB, and a machine that backs off while it
   * waits.
   */
  public static QueuedBlockSink create(
      final String origin, final int shard, final BlockStore store) {
    return new QueuedBlockSink(
        origin, shard, store, POOL, new BackoffIdleStrategy(), SystemNanoClock.INSTANCE);
  }

  /** To be run on the journal thread until the machine has ended. */
  public JournalAgent agent() {
    return agent;
  }

  @Override
  public Block first() {
    return agent.takeEmpty();
  }

  @Override
  public Block exchange(final Block full) {
    agent.throwIfFailed();
    agent.offerFull(full);
    final Block empty = agent.takeEmpty();
    return empty != null ? empty : awaitEmpty();
  }

  @Override
  public long stallNs() {
    return stallNs;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    seal = agent.finish();
    agent.throwIfFailed();
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

  private Block awaitEmpty() {
    final long startNs = clock.nanoTime();
    final long stalledBeforeNs = stallNs;
    try {
      Block empty;
      idle.reset();
      while ((empty = agent.takeEmpty()) == null) {
        agent.throwIfFailed();
        if (agent.closed()) {
          throw new JournalException("the journal thread has ended while the run still goes on");
        }
        idle.idle();
      }
      return empty;
    } finally {
      stallNs = stalledBeforeNs + clock.nanoTime() - startNs;
    }
  }
}
