package io.lockstep.journal.queue;

import io.lockstep.journal.EventStream;
import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.sink.InlineBlockSink;
import java.nio.file.Path;

/** Writes and reads whole journals. */
final class Journals {
  static final String RUN_ID = "a-run";

  private Journals() {}

  /** A closed journal of random events. */
  static ShardSeal write(final Path directory, final long seed, final int events) {
    final InlineBlockSink sink = new InlineBlockSink(RUN_ID, 0, JournalStore.create(directory));
    new EventStream(seed, sink, sink.first()).events(events).end();
    sink.close();
    return sink.seal();
  }

  /** What reading a journal to its end or to its damage came to. */
  record Reading(
      long blocks,
      long events,
      String digest,
      JournalReader.Ending ending,
      DamagedJournalException damage) {}

  static Reading read(final Path directory, final ShardSeal seal) {
    try (JournalReader reader = JournalReader.open(directory, RUN_ID, 0, seal)) {
      DamagedJournalException damage = null;
      long blocks = 0;
      long events = 0;
      try {
        while (reader.next()) {
          blocks++;
          final var cursor = reader.events();
          while (cursor.next()) {
            events++;
          }
        }
      } catch (final DamagedJournalException e) {
        damage = e;
      }
      return new Reading(blocks, events, reader.chainDigest(), reader.ending(), damage);
    } catch (final DamagedJournalException e) {
      return new Reading(0, 0, "", null, e);
    }
  }
}
