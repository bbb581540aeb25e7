package io.lockstep.journal.block;

import java.util.Locale;

/**
 * A journal is not what was written: a flipped bit, a cut, a missing file. Everything before {@link
 * #block()} is intact and has been read.
 */
public final class DamagedJournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long block;
  private final long event;
  private final long offset;

  /**
   * @param file that is damaged
   * @param block number of the first block that cannot be read
   * @param event index of the first event that cannot be read
   * @param offset in the file
   * @param what is wrong
   */
  public DamagedJournalException(
      final String file, final long block, final long event, final long offset, final String what) {
    super(
        String.format(
            Locale.ROOT,
            "%s is damaged at byte %d: %s; readable before it: %d blocks with %d events",
            file,
            offset,
            what,
            block,
            event));
    this.file = file;
    this.block = block;
    this.event = event;
    this.offset = offset;
  }

  /**
   * Damage to a file of the run that is no journal.
   *
   * @param file that is damaged
   * @param what is wrong
   */
  public DamagedJournalException(final String file, final String what) {
    super(String.format(Locale.ROOT, "%s is damaged: %s", file, what));
    this.file = file;
    this.block = 0;
    this.event = 0;
    this.offset = 0;
  }

  /** The damaged file. */
  public String file() {
    return file;
  }

  /** Number of the first block that cannot be read; as many are intact before it. */
  public long block() {
    return block;
  }

  /** Index of the first event that cannot be read; as many are intact before it. */
  public long event() {
    return event;
  }

  /** Where in the file. */
  public long offset() {
    return offset;
  }
}
