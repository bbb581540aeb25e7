package io.lockstep.engine.content.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.engine.content.value.Numbers;
import java.util.Collection;

/** Any JSONPath, by Jayway's library, on a tree. */
final class LibraryPath {
  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider(JsonLimits.MAPPER))
          .mappingProvider(new JacksonMappingProvider(JsonLimits.MAPPER))
          .build();

  private final JsonPath path;

  private LibraryPath(final JsonPath path) {
    this.path = path;
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
    return new LibraryPath(JsonPath.compile(text));
  }

  boolean isDefinite() {
    return path.isDefinite();
  }

  /** Adds the values; none where the library cannot find or compute them. */
  @SuppressWarnings("EmptyCatch")
  void find(final JsonNode tree, final Matches out) {
    final Object result;
    try {
      result = path.read(tree, CONFIGURATION);
    } catch (final RuntimeException e) {
      return; // nothing there, or a function on values that it is not for
    }
    if (result instanceof ArrayNode array && !path.isDefinite()) {
      array.forEach(node -> JsonLimits.add(node, out));
    } else {
      add(result, out);
    }
  }

  private static void add(final Object value, final Matches out) {
    if (value instanceof JsonNode node) {
      JsonLimits.add(node, out);
    } else if (value instanceof Double || value instanceof Float) {
      out.add(Kind.NUMBER, Numbers.text(((Number) value).doubleValue()));
    } else if (value instanceof Number) {
      out.add(Kind.NUMBER, value.toString());
    } else if (value instanceof Boolean) {
      out.add(Kind.BOOLEAN, value.toString());
    } else if (value instanceof Collection<?> several) {
      several.forEach(one -> add(one, out));
    } else if (value == null) {
      out.add(Kind.NULL, "null");
    } else {
      out.add(Kind.TEXT, value.toString());
    }
  }
}
