package io.lockstep.engine.content.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.engine.content.value.Numbers;
import java.io.IOException;
import java.math.BigDecimal;

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

  /**
   * Digits that a number may have when it is written out. A short text such as {@code 1e999999999}
   * names a number that takes all memory to compare with.
   */
  static final int MAX_WRITTEN_DIGITS = 2 * MAX_NUMBER_LENGTH;

  static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .nodeFactory(new BoundedNumbers())
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

  /** Whether a number has more digits than are worked with. */
  static boolean isTooLong(final BigDecimal number) {
    return Math.abs((long) number.scale()) + number.precision() > MAX_WRITTEN_DIGITS;
  }

  /** A text's tree. */
  static JsonNode tree(final String text) throws JsonProcessingException {
    try {
      return MAPPER.readTree(text);
    } catch (final TooLongNumberException e) {
      throw new JsonParseException(null, e.getMessage(), e);
    }
  }

  /**
   * The tree of some bytes, which must be UTF-8.
   *
   * @throws IOException if they are no JSON, or beyond the limits.
   */
  static JsonNode tree(final byte[] bytes, final int offset, final int length) throws IOException {
    try {
      return MAPPER.readTree(bytes, offset, length);
    } catch (final TooLongNumberException | NumberFormatException e) {
      throw new JsonParseException(null, e.getMessage(), e);
    }
  }

  /** Refuses numbers that are too long when written out. */
  private static final class BoundedNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueNode numberNode(final BigDecimal value) {
      if (value != null && isTooLong(value)) {
        throw new TooLongNumberException();
      }
      return super.numberNode(value);
    }
  }

  /** A number has an exponent beyond the limit. */
  private static final class TooLongNumberException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLongNumberException() {
      super("a number has more than " + MAX_WRITTEN_DIGITS + " digits when written out");
    }
  }
}
