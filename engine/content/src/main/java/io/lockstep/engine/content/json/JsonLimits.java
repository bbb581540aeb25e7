package io.lockstep.engine.content.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.engine.content.value.Numbers;

/** How JSON is read here: strictly, numbers exact, nested to a limit. */
final class JsonLimits {
  /** A document nested deeper counts as none. */
  static final int MAX_NESTING = 200;

  /** Digits of a number. */
  static final int MAX_NUMBER_LENGTH = 1_000;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonLimits() {}

  /** Adds a node as a value. */
  static void add(final JsonNode node, final Matches out) {
    switch (node.getNodeType()) {
      case STRING -> out.add(Kind.TEXT, node.textValue());
      case NUMBER -> out.add(Kind.NUMBER, numberText(node));
      case BOOLEAN -> out.add(Kind.BOOLEAN, node.asText());
      case NULL -> out.add(Kind.NULL, "null");
      case ARRAY, OBJECT -> out.add(Kind.STRUCTURE, node.toString());
      case BINARY, POJO, MISSING ->
          throw new IllegalStateException("no JSON text has a " + node.getNodeType());
    }
  }

  private static String numberText(final JsonNode node) {
    return node.isDouble() || node.isFloat() ? Numbers.text(node.doubleValue()) : node.asText();
  }

  /** A tree as maps, lists and values. */
  static Object plain(final JsonNode tree) {
    return MAPPER.convertValue(tree, Object.class);
  }

  /** A text's tree. */
  static JsonNode tree(final String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }
}
