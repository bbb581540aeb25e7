package io.lockstep.scenario.plan;

import java.util.List;
import java.util.Optional;

/**
 * A value that a response gives to its VU.
 *
 * @param name of the variable
 * @param source where the response has it
 * @param pick which of several matches
 * @param transforms applied to its text, in order
 * @param type what its text is read as, at last
 * @param fallback what the variable gets where nothing is found, already of the type; empty for
 *     none
 */
public record Extraction(
    String name,
    ResponseSource source,
    Pick pick,
    List<Transform> transforms,
    ValueType type,
    Optional<String> fallback) {
  public Extraction {
    transforms = List.copyOf(transforms);
  }

  /** What a text is read as. */
  public enum ValueType {
    /** As it is. */
    TEXT,
    /** A signed integer of 64 bits. */
    INTEGER,
    /** A double. */
    DECIMAL,
    /** {@code true} or {@code false}. */
    BOOLEAN
  }

  /**
   * Which of several matches.
   *
   * @param kind of choice
   * @param index of the match from 0 where the kind is {@link Kind#NTH}, else 0
   */
  public record Pick(Kind kind, int index) {
    /** The first match. */
    public static final Pick FIRST = new Pick(Kind.FIRST, 0);

    /** Kinds of choice. */
    public enum Kind {
      /** The first. */
      FIRST,
      /** The last. */
      LAST,
      /** Drawn from the iteration's keyed stream. */
      RANDOM,
      /** All of them, as a list. */
      ALL,
      /** The one at an index. */
      NTH
    }
  }

  /** Changes a text. */
  public sealed interface Transform {
    /** Changes without parameters. */
    enum Plain implements Transform {
      /** Drops blanks at both ends. */
      TRIM,
      /** To lower case, whatever the locale. */
      LOWER,
      /** To upper case, whatever the locale. */
      UPPER,
      /** Percent-encodes all but unreserved characters, as UTF-8 (RFC 3986). */
      URL_ENCODE,
      /** Decodes percent-encoding, and {@code +} as a blank. */
      URL_DECODE,
      /** Base64 with padding (RFC 4648, section 4) of the text's UTF-8. */
      BASE64_ENCODE,
      /** The text whose UTF-8 the base64 is, in the plain or the URL-safe alphabet. */
      BASE64_DECODE
    }

    /** Every occurrence of a text, not a pattern, becomes another. */
    record Replace(String from, String to) implements Transform {}

    /**
     * The characters (code points) from an index to one before another; both are cut to the text's
     * length.
     */
    record Substring(int from, int to) implements Transform {}
  }
}
