package io.lockstep.engine.core.agent;

import io.lockstep.journal.sink.Journal;
import io.lockstep.journal.sink.JournalAgent;
import io.lockstep.journal.sink.QueuedBlockSink;

/**
 * The journal of a shard and the duty cycle behind it, if it has one of its own.
 *
 * @param journal takes the events; closed by whoever made it
 * @param agent {@code null} where the journal works on the machine's thread
 */
public record ShardJournal(Journal journal, JournalAgent agent) {
  /** A journal that works on the machine's thread. */
  public static ShardJournal inline(final Journal journal) {
    return new ShardJournal(journal, null);
  }

  /** A journal with a thread of its own. */
  public static ShardJournal queued(final QueuedBlockSink journal) {
    return new ShardJournal(journal, journal.agent());
  }
}
