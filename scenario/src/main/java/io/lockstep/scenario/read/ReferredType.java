package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.Node;
import java.util.function.Supplier;

/**
 * A type that is declared in another place, so that types can lie within themselves. How deep they
 * do is bounded by how deep a document may be.
 *
 * @param name of the type referred to, unique in the language
 * @param expected as {@link Type#expected}
 * @param type the one referred to
 * @param <T> what it reads
 */
public record ReferredType<T>(String name, String expected, Supplier<Type<T>> type)
    implements Type<T> {
  @Override
  public Schema schema(final Schemas in) {
    return in.of(type.get());
  }

  @Override
  public T read(final Node node, final Reading in) {
    return type.get().read(node, in);
  }
}
