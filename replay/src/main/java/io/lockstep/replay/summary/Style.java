package io.lockstep.replay.summary;

/**
 * How a summary looks on a terminal.
 *
 * @param colour whether to use ANSI escapes
 * @param symbols whether to use characters beyond ASCII
 */
record Style(boolean colour, boolean symbols) {
  /** Between an item and the next, and before each line. */
  static final String INDENT = "  ";

  static final String BOLD = "\u001b[1m";
  static final String GREEN = "\u001b[1;32m";
  static final String YELLOW = "\u001b[1;33m";
  static final String RED = "\u001b[1;31m";

  private static final String RESET = "\u001b[0m";

  String paint(final String code, final String text) {
    return colour ? code + text + RESET : text;
  }

  /** A sign for kept or not. */
  String mark(final boolean passed) {
    return passed
        ? paint(GREEN, symbols ? "\u2713" : "ok  ")
        : paint(RED, symbols ? "\u2717" : "FAIL");
  }

  /** A named value on a line of its own. */
  static void item(final StringBuilder out, final String name, final String value) {
    out.append(INDENT).append(name);
    out.append(" ".repeat(Math.max(1, 19 - name.length()))).append(value).append('\n');
  }
}
