package io.lockstep.journal.block;

import java.util.Locale;

/**
 * What is to be read was written by a newer version of Lockstep in a format that this one does not
 * know.
 */
public final class NewerFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what of which the format is newer, for the message
   * @param found its format
   * @param known the newest format that this version reads
   */
  public NewerFormatException(final String what, final long found, final long known) {
    super(
        String.format(
            Locale.ROOT,
            "%s has format %d, this version of lockstep reads up to %d;"
                + " use the version that wrote it or a newer one",
            what,
            found,
            known));
  }
}
