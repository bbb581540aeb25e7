package io.lockstep.scenario.plan.expression;

/** A compiled query on texts. Always finds the same in the same text; used by one thread. */
@FunctionalInterface
public interface TextQuery {
  /** What it finds in a text: of the types of {@link Value#item}, null for nothing. */
  Object find(String text);
}
