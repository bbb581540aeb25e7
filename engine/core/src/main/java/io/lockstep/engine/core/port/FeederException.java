package io.lockstep.engine.core.port;

/** The rows of a feeder can no longer be read: their file is not what it was. The run ends. */
public final class FeederException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FeederException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
