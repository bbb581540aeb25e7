package io.lockstep.engine.content.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.engine.content.response.Content;
import java.io.IOException;

/** The tree of the response at hand, built when first needed. */
public final class JsonBody {
  private final Content content;
  private long sequence = -1;
  private JsonNode tree;
  private Object plain;

  public JsonBody(final Content content) {
    this.content = content;
  }

  /** The tree, or {@code null} where the body is not one JSON document. */
  JsonNode tree() {
    if (sequence != content.sequence()) {
      sequence = content.sequence();
      tree = content.isComplete() ? parse() : null;
      plain = null;
    }
    return tree;
  }

  /** The tree as maps, lists and values; {@code null} for JSON's null too. */
  Object plain() {
    if (tree() != null && plain == null) {
      plain = JsonLimits.plain(tree);
    }
    return plain;
  }

  private JsonNode parse() {
    try {
      final JsonNode node = JsonLimits.tree(content.bytes(), content.offset(), content.length());
      return node.isMissingNode() ? null : node;
    } catch (final IOException e) {
      return null; // not JSON, which has no values
    }
  }
}
