package io.lockstep.engine.core.port;

import java.util.Locale;

/** What is wrong with the content coding of a body that something reads. */
public enum BodyFault {
  /** Nothing, or nobody has looked. */
  NONE(0),
  /** It names a coding that nothing here decodes, or too many of them. */
  UNKNOWN_CODING(1),
  /** It is not what its coding says it is. */
  MALFORMED(2),
  /** It ends before its coding does; in gzip and deflate what comes before is there. */
  TRUNCATED(3),
  /** More comes out of it than is taken. */
  TOO_LARGE(4);

  private final int code;

  BodyFault(final int code) {
    this.code = code;
  }

  /** The stable code, which counts from 0. */
  public int code() {
    return code;
  }

  /**
   * The value of a code.
   *
   * @throws IllegalArgumentException if none has it.
   */
  public static BodyFault of(final int code) {
    for (final BodyFault value : values()) {
      if (value.code == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("no body fault has code " + code);
  }

  /** What results call it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
