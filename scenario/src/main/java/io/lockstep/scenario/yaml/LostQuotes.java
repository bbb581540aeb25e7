package io.lockstep.scenario.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the value that YAML could not read since it has a meaning of its own for characters in it,
 * and shows it with the quotes that it needs. Looks at one line, as people write such values.
 */
final class LostQuotes {
  private static final int MAX_SHOWN = 120;
  private static final Pattern KEY =
      Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s,{}\\[\\]:#\"']+)\\s*:\\s+|- +");
  private static final Pattern NEXT_KEY = Pattern.compile(",\\s*[A-Za-z_][\\w-]*\\s*:\\s.*");

  private final String line;

  private LostQuotes(final String line) {
    this.line = line;
  }

  /**
   * The value in quotes; empty where there is none that would help.
   *
   * @param text of the file
   * @param at where the trouble is
   */
  static Optional<String> around(final String text, final int at) {
    final int place = Math.min(at, text.length());
    final int start = text.lastIndexOf('\n', Math.max(0, place - 1)) + 1;
    final int newLine = text.indexOf('\n', place);
    final String line = text.substring(start, newLine < 0 ? text.length() : newLine);
    return new LostQuotes(line.stripTrailing()).value(place - start);
  }

  private Optional<String> value(final int at) {
    final Matcher keys = KEY.matcher(line);
    int from = -1;
    while (keys.find() && keys.end() <= at) {
      from = keys.end();
    }
    if (from < 0) {
      return Optional.empty();
    }
    final String value = line.substring(from, end(from)).strip();
    return value.isEmpty() || value.length() > MAX_SHOWN || value.charAt(0) == '{'
        ? Optional.empty()
        : Optional.of(quoted(value));
  }

  /** Where a value ends: before what closes the map or list around it, or its next key. */
  private int end(final int from) {
    final boolean within = line.substring(0, from).chars().anyMatch(c -> c == '{' || c == '[');
    int depth = 0;
    char quote = 0;
    for (int i = from; i < line.length(); i++) {
      final char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (depth > 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if ("({[".indexOf(c) >= 0) {
        depth++;
      } else if (")}]".indexOf(c) >= 0 && depth > 0) {
        depth--;
      } else if (within
          && depth == 0
          && (c == '}' || c == ']' || NEXT_KEY.matcher(line.substring(i)).matches())) {
        return i;
      }
    }
    return line.length();
  }

  private static String quoted(final String value) {
    return value.indexOf('"') < 0 && value.indexOf('\\') < 0
        ? "\"" + value + "\""
        : "'" + value.replace("'", "''") + "'";
  }
}
