package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * One or more values of a type.
 *
 * @param items what messages call them
 * @param item type of each
 * @param max how many are allowed
 * @param <T> what an item is read to
 */
public record ListType<T>(String items, Type<T> item, int max) implements Type<List<T>> {
  @Override
  public String expected() {
    return "a list of " + items;
  }

  @Override
  public Schema schema(final Schemas in) {
    return Schema.of("list of " + items, "array")
        .with("items", in.ofWhole(item))
        .with("minItems", 1)
        .with("maxItems", max);
  }

  @Override
  public List<T> read(final Node node, final Reading in) {
    if (!(node instanceof ListNode list)) {
      return in.wrongType(node, this);
    }
    if (list.items().isEmpty()) {
      return in.bad(node, "the list is empty, it needs at least one of its " + items);
    }
    if (list.items().size() > max) {
      return in.tooMany(
          node.offset(), "the list has " + list.items().size() + " " + items + ", at most " + max);
    }
    final List<T> values = new ArrayList<>(list.items().size());
    for (final Node child : list.items()) {
      final T value = item.read(child, in.ofWhole());
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() == list.items().size() ? values : null;
  }
}
