package io.lockstep.engine.transport.net;

/** The network cannot be used as asked; the message is for the user. */
public final class NetworkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NetworkException(final String message) {
    super(message);
  }

  NetworkException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
