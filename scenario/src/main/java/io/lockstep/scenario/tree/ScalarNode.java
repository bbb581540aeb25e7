package io.lockstep.scenario.tree;

/**
 * A single value.
 *
 * @param offset where it starts
 * @param kind how the file's format types it
 * @param text unescaped text; of anything but text, as the file spells it
 */
public record ScalarNode(int offset, Kind kind, String text) implements Node {
  /** The text of a null that is written as {@code null} or {@code ~}, not just left out. */
  public static final String WRITTEN_NULL = "null";

  private static final int SHOWN = 60;

  /** How YAML and JSON type a scalar. */
  public enum Kind {
    /** Quoted, or plain and nothing else. */
    TEXT("the text"),
    /** A number without fraction and exponent. */
    INTEGER("the number"),
    /** Any other number. */
    DECIMAL("the number"),
    /** True or false. */
    BOOLEAN("the boolean"),
    /** Null, or nothing at all. */
    NULL("nothing");

    private final String words;

    Kind(final String words) {
      this.words = words;
    }
  }

  /** Whether it is a null that somebody wrote. */
  public boolean isWrittenNull() {
    return kind == Kind.NULL && text.equals(WRITTEN_NULL);
  }

  @Override
  public String describe() {
    return kind == Kind.NULL ? kind.words : kind.words + " " + quoted();
  }

  /** Its text in backquotes, shortened where it is long, for messages. */
  public String quoted() {
    return "`" + shown(text) + "`";
  }

  /** A text as messages show it: shortened where it is long. */
  public static String shown(final String text) {
    if (text.length() <= SHOWN) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, SHOWN / 2)) + "…";
  }
}
