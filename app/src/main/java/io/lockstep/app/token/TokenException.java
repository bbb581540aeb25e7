package io.lockstep.app.token;

/** No token was to be had. The message says why, without any secret. */
public final class TokenException extends Exception {
  private static final long serialVersionUID = 1L;

  TokenException(final String message) {
    super(message);
  }

  TokenException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
