package io.lockstep.engine.content.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.engine.content.response.Content;
import java.io.IOException;

/** The tree of the response at hand, built when first needed. */
public final class JsonBody {
  private final Content content;
  private long sequence = -1;
  private JsonNode tree;

  public JsonBody(final Content content) {
    this.content = content;
  }

  Content content() {
    return content;
  }

  /** The tree, or {@code null} where the body is not one JSON document. */
  JsonNode tree() {
    if (sequence != content.sequence()) {
      sequence = content.sequence();
      tree = content.view().bodyComplete ? parse() : null;
    }
    return tree;
  }

  private JsonNode parse() {
    try {
      final JsonNode node =
          JsonLimits.MAPPER.readTree(content.bytes(), content.offset(), content.length());
      return node.isMissingNode() ? null : node;
    } catch (final IOException | NumberFormatException e) {
      return null; // not JSON, which has no values
    }
  }
}
