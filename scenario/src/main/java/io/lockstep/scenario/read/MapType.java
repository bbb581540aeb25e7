package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values of one type by names that the user chooses, in the order of the file.
 *
 * @param items what messages call them
 * @param nameFault what is wrong with a name, if anything
 * @param item type of each value
 * @param min how many are needed
 * @param max how many are allowed
 * @param <T> what a value is read to
 */
public record MapType<T>(
    String items, Function<String, Optional<String>> nameFault, Type<T> item, int min, int max)
    implements Type<Map<String, T>> {
  @Override
  public String expected() {
    return "a map of " + items + " by name";
  }

  @Override
  public Schema schema(final Schemas in) {
    final Schema schema =
        Schema.of("map of " + items, "object")
            .with("additionalProperties", in.isPart() ? orNull(in.of(item)) : in.of(item))
            .with("maxProperties", max);
    return min == 0 || in.isPart() ? schema : schema.with("minProperties", min);
  }

  private static Schema orNull(final Schema schema) {
    return Schema.anyOf("entry", List.of(schema, Schema.of("nothing", "null")));
  }

  @Override
  public Map<String, T> read(final Node node, final Reading in) {
    if (!(node instanceof MapNode map)) {
      return in.wrongType(node, this);
    }
    if (map.entries().size() < min && !in.isPart()) {
      return in.bad(node, "the map is empty, it needs at least one of its " + items);
    }
    if (map.entries().size() > max) {
      return in.tooMany(
          node.offset(), "the map has " + map.entries().size() + " " + items + ", at most " + max);
    }
    final Map<String, T> values = new LinkedHashMap<>();
    for (final MapNode.Entry entry : map.entries()) {
      final T value = readEntry(entry, in);
      if (value != null) {
        values.put(entry.key(), value);
      }
    }
    return values.size() == map.entries().size() ? values : null;
  }

  private T readEntry(final MapNode.Entry entry, final Reading in) {
    final Optional<String> fault = nameFault.apply(entry.key());
    fault.ifPresent(
        message -> in.bad(entry.keyOffset(), "`" + ScalarNode.shown(entry.key()) + "` " + message));
    final boolean empty =
        entry.value() instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.NULL;
    if (empty && in.isPart() && ((ScalarNode) entry.value()).isWrittenNull()) {
      return null;
    }
    if (empty) {
      in.bad(
          entry.keyOffset(),
          "`" + ScalarNode.shown(entry.key()) + "` has no value",
          "expected " + item.expected());
      return null;
    }
    final T value = item.read(entry.value(), in);
    return fault.isEmpty() ? value : null;
  }
}
