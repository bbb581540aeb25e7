package io.lockstep.scenario.read;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema (2020-12): keywords in order, with texts, numbers, booleans, lists and other
 * schemas as their values. Immutable.
 */
public final class Schema {
  private final Map<String, Object> keywords;

  private Schema(final Map<String, Object> keywords) {
    this.keywords = keywords;
  }

  /** A schema that allows everything. */
  public static Schema any() {
    return new Schema(Map.of());
  }

  /**
   * A schema of one of JSON's types.
   *
   * @param title what the reference calls the type: a word or two
   * @param type string, integer, number, boolean, object or array
   */
  public static Schema of(final String title, final String type) {
    return any().with("title", title).with("type", type);
  }

  /** A schema that allows what exactly one of several does. */
  public static Schema oneOf(final String title, final Collection<Schema> schemas) {
    return any().with("title", title).with("oneOf", List.copyOf(schemas));
  }

  /** A schema that allows what any of several does. */
  public static Schema anyOf(final String title, final Collection<Schema> schemas) {
    return any().with("title", title).with("anyOf", List.copyOf(schemas));
  }

  /** The same with one more keyword, or another value of one that it has. */
  public Schema with(final String keyword, final Object value) {
    final Map<String, Object> more = new LinkedHashMap<>(keywords);
    more.put(keyword, value);
    return new Schema(more);
  }

  /** The value of a keyword, or {@code null}. */
  public Object get(final String keyword) {
    return keywords.get(keyword);
  }

  /** Its keywords in order. */
  public Map<String, Object> keywords() {
    return new LinkedHashMap<>(keywords);
  }

  /** As indented JSON; the last line is ended. */
  public String json() {
    final StringBuilder out = new StringBuilder();
    write(this, "", out);
    return out.append('\n').toString();
  }

  private static void write(final Object value, final String indent, final StringBuilder out) {
    if (value instanceof Schema schema) {
      write(schema.keywords, indent, out);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, indent, out);
    } else if (value instanceof Collection<?> list) {
      writeList(list, indent, out);
    } else if (value instanceof String text) {
      quote(text, out);
    } else {
      out.append(value);
    }
  }

  private static void writeMap(final Map<?, ?> map, final String indent, final StringBuilder out) {
    String separator = "{\n";
    for (final Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append(indent).append("  ");
      quote(entry.getKey().toString(), out);
      out.append(": ");
      write(entry.getValue(), indent + "  ", out);
      separator = ",\n";
    }
    out.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
  }

  private static void writeList(
      final Collection<?> list, final String indent, final StringBuilder out) {
    final boolean plain = list.stream().noneMatch(Schema.class::isInstance);
    final String gap = plain ? "" : "\n" + indent + "  ";
    String separator = "[" + gap;
    for (final Object item : list) {
      out.append(separator);
      write(item, indent + "  ", out);
      separator = plain ? ", " : "," + gap;
    }
    out.append(list.isEmpty() ? "[]" : plain ? "]" : "\n" + indent + "]");
  }

  private static void quote(final String text, final StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ') {
            throw new IllegalArgumentException("a control character in a schema: " + (int) c);
          }
          out.append(c);
        }
      }
    }
    out.append('"');
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof Schema schema && keywords.equals(schema.keywords);
  }

  @Override
  public int hashCode() {
    return keywords.hashCode();
  }

  @Override
  public String toString() {
    return json();
  }
}
