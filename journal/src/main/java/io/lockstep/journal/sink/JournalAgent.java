package io.lockstep.journal.sink;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.block.ShardSeal;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * The duty cycle of a journal thread: takes full blocks in order, seals and stores them, gives them
 * back. A failure is kept for the machine, which meets it at its next exchange.
 */
public final class JournalAgent implements Agent {
  private final String roleName;
  private final BlockSealer sealer;
  private final OneToOneConcurrentArrayQueue<Block> full;
  private final OneToOneConcurrentArrayQueue<Block> empty;
  private volatile JournalException failure;
  private volatile boolean closed;

  JournalAgent(final String roleName, final BlockSealer sealer, final int blocks) {
    this.roleName = roleName;
    this.sealer = sealer;
    full = new OneToOneConcurrentArrayQueue<>(blocks);
    empty = new OneToOneConcurrentArrayQueue<>(blocks);
    for (int i = 0; i < blocks; i++) {
      empty.offer(new Block());
    }
  }

  @Override
  public int doWork() {
    if (failure != null) {
      return 0;
    }
    final Block block = full.poll();
    if (block == null) {
      return 0;
    }
    store(block);
    return 1;
  }

  @Override
  public void onClose() {
    closed = true;
  }

  @Override
  public String roleName() {
    return roleName;
  }

  /** An empty block, {@code null} if the journal has them all. Machine's thread. */
  Block takeEmpty() {
    return empty.poll();
  }

  /** Gives a full block. Machine's thread. */
  void offerFull(final Block block) {
    if (!full.offer(block)) {
      throw new IllegalStateException("more blocks in the queue than in the pool");
    }
  }

  void throwIfFailed() {
    final JournalException cause = failure;
    if (cause != null) {
      throw new JournalException(cause.getMessage(), cause);
    }
  }

  boolean closed() {
    return closed;
  }

  /** Stores what is left. Only once both threads have ended. */
  public void drain() {
    while (doWork() > 0) {
      // Each call stores one block.
    }
  }

  /** Stores what is left and closes the store. Only once both threads have ended. */
  ShardSeal finish() {
    drain();
    return sealer.close();
  }

  private void store(final Block block) {
    try {
      sealer.take(block);
    } catch (final JournalException e) {
      failure = e;
      return;
    } catch (final RuntimeException | Error e) {
      failure = new JournalException("the journal thread failed: " + e, e);
      throw e;
    }
    if (!empty.offer(block)) {
      throw new IllegalStateException("more blocks given back than are in the pool");
    }
  }
}
