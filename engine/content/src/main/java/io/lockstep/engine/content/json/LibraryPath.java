package io.lockstep.engine.content.json;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.engine.content.value.Numbers;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Any JSONPath, by Jayway's library, on a tree of maps and lists: on Jackson's own nodes the
 * library knows no numbers, and finds null beyond the end of an array.
 */
final class LibraryPath {
  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new JacksonJsonProvider(JsonLimits.MAPPER))
          .mappingProvider(new JacksonMappingProvider(JsonLimits.MAPPER))
          .build();

  private final JsonPath path;
  private final boolean function;

  private LibraryPath(final JsonPath path, final boolean function) {
    this.path = path;
    this.function = function;
  }

  /**
   * The path that a text spells.
   *
   * @throws IllegalArgumentException if it spells none, with the reason.
   */
  static LibraryPath of(final String text) {
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException("it must start with $");
    }
    if (text.contains("=~")) {
      // They would be java.util.regex's, which can take for ever.
      throw new IllegalArgumentException("regular expressions in filters are not in this version");
    }
    if (!isBalanced(text)) {
      throw new IllegalArgumentException("its brackets or quotes are not balanced");
    }
    return new LibraryPath(JsonPath.compile(text), text.endsWith(")"));
  }

  boolean isDefinite() {
    return path.isDefinite();
  }

  /** The library takes some paths that end too early for what they are without their end. */
  private static boolean isBalanced(final String text) {
    final StringBuilder open = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '[' || c == '(' || c == '{') {
        open.append(c);
      } else if (c == ']' || c == ')' || c == '}') {
        final int last = open.length() - 1;
        if (last < 0 || "[({".indexOf(open.charAt(last)) != "])}".indexOf(c)) {
          return false;
        }
        open.setLength(last);
      }
    }
    return quote == 0 && open.isEmpty();
  }

  /** Adds the values; none where the library cannot find or compute them. */
  void find(final Object tree, final Matches out) {
    final Object result;
    try {
      result = path.read(tree, CONFIGURATION);
    } catch (final RuntimeException e) {
      return; // nothing there, or a function on values that it is not for
    }
    if (result == null && function) {
      return; // the length of what has none
    }
    if (result instanceof List<?> several && !path.isDefinite()) {
      several.forEach(one -> add(one, out));
    } else {
      add(result, out);
    }
  }

  private static void add(final Object value, final Matches out) {
    if (value == null) {
      out.add(Kind.NULL, "null");
    } else if (value instanceof String text) {
      out.add(Kind.TEXT, text);
    } else if (value instanceof Double || value instanceof Float) {
      out.add(Kind.NUMBER, Numbers.text(((Number) value).doubleValue()));
    } else if (value instanceof Number) {
      out.add(Kind.NUMBER, value.toString());
    } else if (value instanceof Boolean) {
      out.add(Kind.BOOLEAN, value.toString());
    } else if (value instanceof Map<?, ?> || value instanceof List<?>) {
      JsonLimits.add(JsonLimits.MAPPER.valueToTree(value), out);
    } else if (value instanceof Collection<?> keys) {
      keys.forEach(one -> add(one, out));
    } else {
      throw new IllegalStateException("no JSON value is a " + value.getClass());
    }
  }
}
