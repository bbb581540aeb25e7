package io.lockstep.engine.content.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.engine.content.value.Typed;
import io.lockstep.scenario.plan.Extraction.ValueType;
import io.lockstep.scenario.plan.expression.TextQueries;
import io.lockstep.scenario.plan.expression.TextQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows JSONPaths in texts that are no body: values of data, of variables, of other paths. An
 * array that a path leads to is a list; what is nested in it stays JSON.
 */
public final class TextPaths implements TextQueries {
  private static final LibraryPath ITEMS = LibraryPath.of("$[*]");

  @Override
  public TextQuery jsonPath(final String path) {
    final LibraryPath query = LibraryPath.of(path);
    return text -> find(query, text);
  }

  private static Object find(final LibraryPath path, final String text) {
    final Object tree = tree(text);
    if (tree == null) {
      return null;
    }
    final Matches found = new Matches();
    path.find(tree, found);
    if (!path.isDefinite()) {
      return list(found);
    }
    if (found.count() == 0) {
      return null;
    }
    if (found.kind(0) == Kind.STRUCTURE && found.text(0).startsWith("[")) {
      final Matches items = new Matches();
      ITEMS.find(tree(found.text(0)), items);
      return list(items);
    }
    return value(found, 0);
  }

  private static Object tree(final String text) {
    try {
      final JsonNode node = JsonLimits.tree(text);
      return node == null || node.isMissingNode() ? null : JsonLimits.plain(node);
    } catch (final JsonProcessingException | NumberFormatException e) {
      return null; // not JSON, in which there is nothing
    }
  }

  private static List<Object> list(final Matches found) {
    final List<Object> values = new ArrayList<>(found.count());
    for (int i = 0; i < found.count(); i++) {
      if (found.kind(i) != Kind.NULL) {
        values.add(value(found, i));
      }
    }
    return values;
  }

  /** As JSON types it; a number is an integer where it is one of 64 bits. */
  private static Object value(final Matches found, final int index) {
    final String text = found.text(index);
    return switch (found.kind(index)) {
      case NULL -> null;
      case BOOLEAN -> Boolean.valueOf(text);
      case NUMBER -> number(text);
      default -> text;
    };
  }

  private static Object number(final String text) {
    final Object whole = Typed.of(text, ValueType.INTEGER);
    final Object number = whole == null ? Typed.of(text, ValueType.DECIMAL) : whole;
    return number == null ? text : number;
  }
}
