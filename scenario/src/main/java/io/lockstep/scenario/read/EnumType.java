package io.lockstep.scenario.read;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of a few words.
 *
 * @param valueByWord in the order of the reference
 * @param <T> what the words stand for
 */
public record EnumType<T>(Map<String, T> valueByWord) implements Type<T> {
  public EnumType {
    valueByWord = new LinkedHashMap<>(valueByWord);
  }

  @Override
  public String expected() {
    return "one of: " + String.join(", ", valueByWord.keySet());
  }

  @Override
  public Schema schema(final Schemas in) {
    return Schema.any().with("title", "word").with("enum", List.copyOf(valueByWord.keySet()));
  }

  @Override
  public T read(final Node node, final Reading in) {
    if (!(node instanceof ScalarNode scalar)) {
      return in.wrongType(node, this);
    }
    final T value = valueByWord.get(scalar.text());
    if (value != null) {
      return value;
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
