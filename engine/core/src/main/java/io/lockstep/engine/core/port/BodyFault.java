package io.lockstep.engine.core.port;

import java.util.Locale;

/** What is wrong with the content coding of a body that something reads. */
public enum BodyFault {
  /** Nothing, or nobody has looked. */
  NONE,
  /** It names a coding that nothing here decodes, or too many of them. */
  UNKNOWN_CODING,
  /** It is not what its coding says it is. */
  MALFORMED,
  /** It ends before its coding does; what comes before is there. */
  TRUNCATED,
  /** More comes out of it than is taken. */
  TOO_LARGE;

  /** What results call it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
