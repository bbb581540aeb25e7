package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.ExpressionType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;

/**
 * A condition that is kept as its text; its syntax is checked even where its check is not right.
 *
 * @param text what the text must be before
 */
record ConditionTextType(TextType text) implements Type<String> {
  @Override
  public String expected() {
    return text.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    return text.schema(in);
  }

  @Override
  public String read(final Node node, final Reading in) {
    final String read = text.read(node, in);
    return read == null || ExpressionType.CONDITION.read(node, in) == null ? null : read;
  }
}
