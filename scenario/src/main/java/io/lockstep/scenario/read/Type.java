package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.Node;

/**
 * A type of value in the language.
 *
 * @param <T> what it is read to
 */
public interface Type<T> {
  /** The value of a node; {@code null} where it is wrong, and the diagnostics say why. */
  T read(Node node, Reading in);

  /** What is expected, with an article and an example: {@code a duration such as 30s}. */
  String expected();

  /** What an editor is told of it: everything that is allowed, and little else. */
  Schema schema(Schemas in);
}
