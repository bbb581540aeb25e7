package io.lockstep.journal.block;

/** The journal cannot be written: disk full, I/O error. The message says where and what to do. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalException(final String message) {
    super(message);
  }

  public JournalException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
