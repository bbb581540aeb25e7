package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.util.List;

/**
 * An object that a scalar may stand for.
 *
 * @param object the whole form
 * @param scalar the short form
 * @param <T> what both are read to
 */
public record ShorthandType<T>(ObjectType<T> object, Type<T> scalar) implements Type<T> {
  @Override
  public String expected() {
    return scalar.expected() + ", or " + object.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    final Schema whole = in.of(object);
    final Schema shorthand = in.of(scalar);
    return Schema.oneOf(shorthand.get("title") + " or map", List.of(shorthand, whole));
  }

  @Override
  public T read(final Node node, final Reading in) {
    return node instanceof MapNode ? object.read(node, in) : scalar.read(node, in);
  }
}
