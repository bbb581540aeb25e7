package io.lockstep.scenario.diagnostic;

import java.util.Arrays;

/**
 * The text of a file, and its lines as an editor counts them: each ends with LF, CR LF or CR.
 * Places in it are offsets in Java chars, turned into lines and columns only when asked.
 */
public final class Source {
  /** What the names of those start with that the command line sets values by. */
  public static final String SET = "--set ";

  private static final int EXCERPT_BEFORE = 60;
  private static final int EXCERPT_LENGTH = 100;

  private final String name;
  private final String folder;
  private final String text;
  private final int[] lineStarts;

  public Source(final String name, final String text) {
    this(name, "", text);
  }

  /**
   * A source that can name files.
   *
   * @param name as the user named it
   * @param folder that paths in it start from, relative to that of the main file; empty for the
   *     same
   */
  public Source(final String name, final String folder, final String text) {
    this.name = name;
    this.folder = folder;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  private static int[] lineStarts(final String text) {
    int[] starts = new int[64];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      final boolean carriageReturnAlone =
          c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
      if (c == '\n' || carriageReturnAlone) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  /** As the user named the file. */
  public String name() {
    return name;
  }

  /** The folder that paths in it start from, relative to that of the main file. */
  public String folder() {
    return folder;
  }

  public String text() {
    return text;
  }

  /** Line and column of an offset; one past the end is allowed. */
  public Position position(final int offset) {
    final int at = clamp(offset);
    final int line = lineOf(at);
    return new Position(name, line + 1, text.codePointCount(lineStarts[line], at) + 1);
  }

  /** The line around an offset, shortened where it is long. */
  public Excerpt excerpt(final int offset) {
    final int at = clamp(offset);
    final int line = lineOf(at);
    final int lineEnd = lineEnd(line);
    final int caretAt = Math.min(at, lineEnd);
    final boolean whole = lineEnd - lineStarts[line] <= EXCERPT_LENGTH;
    final int from =
        whole ? lineStarts[line] : Math.max(lineStarts[line], caretAt - EXCERPT_BEFORE);
    final int to = whole ? lineEnd : Math.min(lineEnd, from + EXCERPT_LENGTH);
    final String before =
        (from > lineStarts[line] ? "…" : "") + visible(text.substring(from, caretAt));
    final String after = visible(text.substring(caretAt, to)) + (to < lineEnd ? "…" : "");
    return new Excerpt(before + after, before.codePointCount(0, before.length()));
  }

  private int clamp(final int offset) {
    return Math.max(0, Math.min(offset, text.length()));
  }

  private int lineOf(final int offset) {
    final int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found : -found - 2;
  }

  private int lineEnd(final int line) {
    int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : text.length();
    while (end > lineStarts[line]
        && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  /** The text with one visible character for each one that a terminal would act on. */
  static String visible(final String text) {
    final StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> visible.appendCodePoint(c == '\t' ? ' ' : isPlain(c) ? c : '\uFFFD'));
    return visible.toString();
  }

  private static boolean isPlain(final int codePoint) {
    final int type = Character.getType(codePoint);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  /**
   * One line of a file.
   *
   * @param text what the line says
   * @param caret how many characters of it are before the place meant
   */
  public record Excerpt(String text, int caret) {}
}
