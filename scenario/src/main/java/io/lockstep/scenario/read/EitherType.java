package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.Node;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One of several types, told apart by what the node is.
 *
 * @param expected what they are together
 * @param options the first that a node suits reads it
 * @param <T> what a value is read to
 */
public record EitherType<T>(String expected, List<Option<T>> options) implements Type<T> {
  public EitherType {
    options = List.copyOf(options);
  }

  /**
   * One of the types.
   *
   * @param suits whether it is the one for a node, whatever may be wrong with the node
   * @param type that reads it
   * @param <T> what a value is read to
   */
  public record Option<T>(Predicate<Node> suits, Type<? extends T> type) {}

  @Override
  public Schema schema(final Schemas in) {
    final List<Schema> schemas = options.stream().map(option -> in.of(option.type())).toList();
    final String title =
        schemas.stream()
            .map(schema -> schema.get("title") == null ? "map" : schema.get("title").toString())
            .collect(Collectors.joining(" or "));
    return Schema.oneOf(title, schemas);
  }

  @Override
  public T read(final Node node, final Reading in) {
    for (final Option<T> option : options) {
      if (option.suits().test(node)) {
        return option.type().read(node, in);
      }
    }
    return in.wrongType(node, this);
  }
}
