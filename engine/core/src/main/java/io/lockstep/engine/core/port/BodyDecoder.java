package io.lockstep.engine.core.port;

/** Takes bodies out of the content codings that their heads name. Single-threaded. */
public interface BodyDecoder {
  /**
   * Decodes a body.
   *
   * @return whether it is in any coding; what comes out of it is {@link #bytes} then, if {@link
   *     #isDecoded}.
   */
  boolean decode(Content content);

  /** Whether something came out: the codings are known ones, and the body is in them. */
  boolean isDecoded();

  /** Whether the body came out to its end. */
  boolean isWhole();

  /** An array with the body, which begins at {@link #offset}; it holds until the next. */
  byte[] bytes();

  /** Where the body begins. */
  int offset();

  /** Bytes of the body. */
  int length();
}
