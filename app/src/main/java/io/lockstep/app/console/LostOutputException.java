package io.lockstep.app.console;

import java.io.IOException;
import java.util.Locale;

/** Results cannot be written where they are wanted, so there is no use in going on. */
public final class LostOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostOutputException(final IOException cause) {
    super("cannot write to stdout: " + cause.getMessage(), cause);
  }

  /** Whether whoever read the results has had enough of them, as {@code head} does. */
  public boolean readerIsGone() {
    final String reason = String.valueOf(getCause().getMessage()).toLowerCase(Locale.ROOT);
    return reason.contains("broken pipe") || reason.contains("pipe is being closed");
  }
}
