package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.Node;
import java.util.function.Function;

/**
 * A type read as another one, then turned into something else.
 *
 * @param type that reads
 * @param mapping from what it reads; never {@code null}
 * @param <A> what the other type reads
 * @param <B> what this one reads
 */
public record MappedType<A, B>(Type<A> type, Function<A, B> mapping) implements Type<B> {
  @Override
  public String expected() {
    return type.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    return in.of(type);
  }

  @Override
  public B read(final Node node, final Reading in) {
    final A value = type.read(node, in);
    return value == null ? null : mapping.apply(value);
  }
}
