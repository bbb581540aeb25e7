package io.lockstep.journal.sink;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockSink;
import io.lockstep.journal.block.ShardSeal;

/** The journal of one shard, as the one who runs the shard sees it. */
public interface Journal extends BlockSink, AutoCloseable {
  /** The block to begin writing with; to be taken once. */
  Block first();

  /** Nanoseconds that the machine has waited for the journal. Any thread. */
  long stallNs();

  /**
   * Closes the journal once the machine writes no more: stores all it has taken and closes its
   * files. Idempotent.
   *
   * @throws io.lockstep.journal.block.JournalException if not all of it could be stored.
   */
  @Override
  void close();

  /**
   * What the journal holds: all that was stored, also after a failure.
   *
   * @throws IllegalStateException before {@link #close()}.
   */
  ShardSeal seal();

  /** Whether it has been closed well enough to say what it holds. */
  boolean isSealed();
}
