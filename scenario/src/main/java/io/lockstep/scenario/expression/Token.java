package io.lockstep.scenario.expression;

/**
 * A token.
 *
 * @param kind what it is
 * @param start its first char
 * @param end one past its last char
 * @param text an operator's or name's spelling, a literal text's content
 * @param number value of a number: Long or Double
 */
record Token(Kind kind, int start, int end, String text, Object number) {
  enum Kind {
    NUMBER,
    TEXT,
    NAME,
    MARK,
    END
  }

  boolean is(final String mark) {
    return kind == Kind.MARK && text.equals(mark);
  }

  /** The token in a message. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "a text";
      case NUMBER -> "a number";
      case NAME, MARK -> "`" + text + "`";
    };
  }
}
