package io.lockstep.engine.transport.route;

/** A target cannot be reached as asked; the message is for the user. */
public final class RouteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RouteException(final String message) {
    super(message);
  }

  RouteException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
