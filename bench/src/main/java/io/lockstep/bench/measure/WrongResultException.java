package io.lockstep.bench.measure;

/** What was measured gave a wrong result, so its speed means nothing. */
public final class WrongResultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongResultException(final String message) {
    super(message);
  }

  /** Throws unless both are equal; {@code what} names them. */
  public static void requireEqual(final String what, final Object expected, final Object actual) {
    if (!expected.equals(actual)) {
      throw new WrongResultException(what + " must be " + expected + " but is " + actual);
    }
  }
}
