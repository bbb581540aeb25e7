package io.lockstep.scenario.language;

import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.Node;
import java.util.List;

/**
 * A list of exactly two values.
 *
 * @param expected what they are
 * @param item type of each
 * @param <T> what a value is read to
 */
record PairType<T>(String expected, Type<T> item) implements Type<List<T>> {
  @Override
  public Schema schema(final Schemas in) {
    return Schema.of(expected.replaceFirst("^an? ", ""), "array")
        .with("items", in.ofWhole(item))
        .with("minItems", 2)
        .with("maxItems", 2);
  }

  @Override
  public List<T> read(final Node node, final Reading in) {
    if (!(node instanceof ListNode list) || list.items().size() != 2) {
      return in.wrongType(node, this);
    }
    final T first = item.read(list.items().get(0), in);
    final T second = item.read(list.items().get(1), in);
    return first == null || second == null ? null : List.of(first, second);
  }
}
