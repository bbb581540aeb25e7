package io.lockstep.scenario.read;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One of a few words. Where {@code true} and {@code false} are among them, they are the booleans,
 * not texts.
 *
 * @param valueByWord in the order of the reference
 * @param <T> what the words stand for
 */
public record EnumType<T>(Map<String, T> valueByWord) implements Type<T> {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  public EnumType {
    valueByWord = new LinkedHashMap<>(valueByWord);
  }

  @Override
  public String expected() {
    return "one of: " + String.join(", ", valueByWord.keySet());
  }

  @Override
  public Schema schema(final Schemas in) {
    return Schema.any()
        .with("title", "word")
        .with("enum", valueByWord.keySet().stream().flatMap(EnumType::spelled).toList());
  }

  /** A word that looks like a number may be written as one. */
  private static Stream<Object> spelled(final String word) {
    if (isBoolean(word)) {
      return Stream.of(Boolean.valueOf(word));
    }
    return NUMBER.matcher(word).matches() ? Stream.of(word, new BigDecimal(word)) : Stream.of(word);
  }

  private static boolean isBoolean(final String word) {
    return word.equals("true") || word.equals("false");
  }

  @Override
  public T read(final Node node, final Reading in) {
    if (!(node instanceof ScalarNode scalar)) {
      return in.wrongType(node, this);
    }
    final T value = valueByWord.get(scalar.text());
    final boolean quoted = isBoolean(scalar.text()) && scalar.kind() != ScalarNode.Kind.BOOLEAN;
    if (value != null && !quoted) {
      return value;
    }
    if (value != null) {
      return in.bad(
          node,
          scalar.quoted() + " is a text here, as it is in quotes",
          "leave the quotes out: " + scalar.text());
    }
    return in.unknown(
        Diagnostic.Kind.BAD_VALUE,
        node.offset(),
        scalar.quoted() + " is not allowed here",
        scalar.text(),
        valueByWord.keySet(),
        List.of());
  }
}
