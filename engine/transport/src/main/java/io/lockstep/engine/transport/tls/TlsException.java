package io.lockstep.engine.transport.tls;

/** TLS cannot be had as the plan wants it. The message is for the user. */
public final class TlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TlsException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
