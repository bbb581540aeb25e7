package io.lockstep.engine.content.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.burt.jmespath.Expression;
import io.burt.jmespath.jackson.JacksonRuntime;
import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;

/** JMESPath expressions. An array that is their result is its items, as matches. */
public final class JmesPaths {
  private static final JacksonRuntime RUNTIME = new JacksonRuntime();

  private JmesPaths() {}

  /** Finds the values of an expression without faults. */
  public static Finder<Content> finder(final String text, final JsonBody body) {
    final Expression<JsonNode> expression = compile(text);
    final Matches found = new Matches();
    return content -> {
      found.clear();
      final JsonNode tree = body.tree();
      if (tree != null) {
        find(expression, tree, found);
      }
      return found;
    };
  }

  static Expression<JsonNode> compile(final String text) {
    return RUNTIME.compile(text);
  }

  private static void find(
      final Expression<JsonNode> expression, final JsonNode tree, final Matches out) {
    final JsonNode result;
    try {
      result = expression.search(tree);
    } catch (final RuntimeException e) {
      return; // a function on values that it is not for
    }
    if (result == null || result.isNull()) {
      return; // which is how JMESPath says that there is nothing
    }
    if (result.isArray()) {
      result.forEach(node -> JsonLimits.add(node, out));
    } else if (result.isMissingNode()) {
      out.add(Kind.NULL, "null");
    } else {
      JsonLimits.add(result, out);
    }
  }
}
