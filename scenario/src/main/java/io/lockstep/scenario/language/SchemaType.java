package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.QueryLanguage;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON Schema that is written into the file, or was read from another one, as JSON text without
 * blanks.
 */
final class SchemaType implements Type<String> {
  static final int MAX_LENGTH = 256 << 10;

  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,3})?");

  @Override
  public String expected() {
    return QueryLanguage.JSON_SCHEMA.words() + ", a map, or the path of a file with one";
  }

  @Override
  public Schema schema(final Schemas in) {
    return Schema.any()
        .with("title", "JSON Schema, or its file")
        .with("type", List.of("object", "string"));
  }

  @Override
  public String read(final Node node, final Reading in) {
    if (node instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.TEXT) {
      // What reads files has put their content here, wherever a file names them.
      return in.bad(
          node, "the file of a schema is named in a scenario file", "expected " + expected());
    }
    if (!(node instanceof MapNode)) {
      return in.wrongType(node, this);
    }
    final StringBuilder out = new StringBuilder();
    if (!write(node, out, in) || isTooLong(node, out, in)) {
      return null;
    }
    final Optional<String> fault = QueryChecks.fault(QueryLanguage.JSON_SCHEMA, out.toString());
    fault.ifPresent(
        clause -> in.bad(node, "this is not " + QueryLanguage.JSON_SCHEMA.words() + ": " + clause));
    return fault.isEmpty() ? out.toString() : null;
  }

  private static boolean isTooLong(final Node node, final StringBuilder out, final Reading in) {
    if (out.length() > MAX_LENGTH) {
      in.tooMany(node.offset(), "the schema is longer than " + MAX_LENGTH + " characters");
    }
    return out.length() > MAX_LENGTH;
  }

  private static boolean write(final Node node, final StringBuilder out, final Reading in) {
    if (isTooLong(node, out, in)) {
      return false;
    }
    if (node instanceof MapNode map) {
      return writeMap(map, out, in);
    }
    if (node instanceof ListNode list) {
      return writeList(list, out, in);
    }
    return writeScalar((ScalarNode) node, out, in);
  }

  private static boolean writeMap(final MapNode map, final StringBuilder out, final Reading in) {
    boolean right = true;
    String separator = "{";
    for (final MapNode.Entry entry : map.entries()) {
      out.append(separator);
      quote(entry.key(), out);
      out.append(':');
      right = right && write(entry.value(), out, in);
      separator = ",";
    }
    out.append(map.entries().isEmpty() ? "{}" : "}");
    return right;
  }

  private static boolean writeList(final ListNode list, final StringBuilder out, final Reading in) {
    boolean right = true;
    String separator = "[";
    for (final Node item : list.items()) {
      out.append(separator);
      right = right && write(item, out, in);
      separator = ",";
    }
    out.append(list.items().isEmpty() ? "[]" : "]");
    return right;
  }

  private static boolean writeScalar(
      final ScalarNode scalar, final StringBuilder out, final Reading in) {
    switch (scalar.kind()) {
      case TEXT -> quote(scalar.text(), out);
      case BOOLEAN -> out.append(scalar.text().toLowerCase(Locale.ROOT));
      case NULL -> out.append("null");
      case INTEGER, DECIMAL -> {
        if (!JSON_NUMBER.matcher(scalar.text()).matches()) {
          in.bad(scalar, scalar.quoted() + " is not a number as JSON writes it");
          return false;
        }
        out.append(scalar.text());
      }
    }
    return true;
  }

  private static void quote(final String text, final StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
