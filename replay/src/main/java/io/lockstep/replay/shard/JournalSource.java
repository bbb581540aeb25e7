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
  private final String absence;
  private volatile String damage;

  private JournalSource(final JournalReader reader, final String absence, final String damage) {
    this.reader = reader;
    this.absence = absence;
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
    if (manifest != null
        && manifest.seal(shard) == null
        && JournalReader.isAbsent(run.journalDirectory(shard))) {
      return new JournalSource(null, absence(run, shard), null);
    }
    try {
      return new JournalSource(
          manifest == null
              ? JournalReader.open(run.journalDirectory(shard), null, shard, null)
              : run.reader(manifest, shard),
          null,
          null);
    } catch (final DamagedJournalException e) {
      return new JournalSource(null, null, e.getMessage());
    }
  }

  private static String absence(final RunDirectory run, final int shard) {
    return "the journal of shard "
        + shard
        + " is not there: "
        + (run.inUse()
            ? "the run has not begun to write it"
            : "the run was killed before its journal began, or the file is missing");
  }

  @Override
  public boolean read(final RecordedBlock into) {
    if (reader == null || damage != null) {
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

  /**
   * Why there is no journal, where its run was never closed: nothing tells whether there was one.
   *
   * @return {@code null} where there is one, or it is {@link #damage}.
   */
  public String absence() {
    return absence;
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
