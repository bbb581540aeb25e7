package io.lockstep.engine.content.value;

/**
 * Finds the values at a place in a response.
 *
 * @param <C> the response
 */
@FunctionalInterface
public interface Finder<C> {
  /** The values, valid until the next search for the same place. */
  Matches find(C response);
}
