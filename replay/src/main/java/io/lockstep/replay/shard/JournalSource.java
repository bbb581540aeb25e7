package io.lockstep.replay.shard;

import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.queue.JournalReader;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;

/**
 * The journal of a shard on disk. A damage is where the journal ends, not an exception: what
 * precedes it is good. Single-threaded, but may be handed over before its first use.
 */
public final class JournalSource implements BlockSource {
  private final JournalReader reader;
  private volatile String damage;

  private JournalSource(final JournalReader reader, final String damage) {
    this.reader = reader;
    this.damage = damage;
  }

  /**
   * Opens a journal; one that cannot be opened is a source without blocks that says why.
   *
   * @param manifest of the run; where it is {@code null}, since it cannot be read, nothing tells
   *     which plan and seed the journal is of, nor whether it was longer
   * @throws io.lockstep.journal.block.NewerFormatException if it is of a newer format; so does
   *     read.
   */
  public static JournalSource open(
      final RunDirectory run, final Manifest manifest, final int shard) {
    try {
      return new JournalSource(
          manifest == null
              ? JournalReader.open(run.journalDirectory(shard), null, shard, null)
              : run.reader(manifest, shard),
          null);
    } catch (final DamagedJournalException e) {
      return new JournalSource(null, e.getMessage());
    }
  }

  @Override
  public boolean read(final RecordedBlock into) {
    if (damage != null) {
      return false;
    }
    try {
      if (!reader.next()) {
        return false;
      }
    } catch (final DamagedJournalException e) {
      damage = e.getMessage();
      return false;
    }
    into.fill(
        reader.buffer(),
        reader.eventsOffset(),
        reader.eventsLimit() - reader.eventsOffset(),
        Math.toIntExact(reader.eventsRead() - reader.firstEvent()));
    return true;
  }

  @Override
  public String damage() {
    return damage;
  }

  /** Digest of the last block read; empty where the journal could not be opened. */
  public String chainDigest() {
    return reader == null ? "" : reader.chainDigest();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
