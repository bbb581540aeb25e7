package io.lockstep.bench.machine;

import io.lockstep.journal.queue.JournalReader;
import io.lockstep.replay.shard.BlockSource;
import io.lockstep.replay.shard.RecordedBlock;

/** The blocks of a journal on disk, verified as they are read; any damage is thrown. */
final class JournalSource implements BlockSource {
  private final JournalReader reader;

  JournalSource(final JournalReader reader) {
    this.reader = reader;
  }

  @Override
  public boolean read(final RecordedBlock into) {
    final long eventsBefore = reader.eventsRead();
    if (!reader.next()) {
      return false;
    }
    final int offset = reader.eventsOffset();
    into.fill(
        reader.buffer(),
        offset,
        reader.eventsLimit() - offset,
        (int) (reader.eventsRead() - eventsBefore));
    return true;
  }

  @Override
  public String damage() {
    return null;
  }

  @Override
  public void close() {
    reader.close();
  }
}
