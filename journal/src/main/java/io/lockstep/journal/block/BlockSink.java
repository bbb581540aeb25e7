package io.lockstep.journal.block;

/** The journal port: takes full blocks, in order, and gives back empty ones. */
public interface BlockSink {
  /**
   * Takes a block that holds at least one event and returns an empty one, the same or another.
   * Waits where the journal is behind; never drops.
   *
   * @throws JournalException if the block cannot be stored; what was stored before stays readable.
   */
  Block exchange(Block full);
}
