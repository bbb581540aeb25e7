package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Check.Literal;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.Texts;
import io.lockstep.scenario.plan.expression.Value;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;

/**
 * The value of a variable: text, a number, true or false. A number is one where a request shows it
 * as it is written; any other spelling of one, such as that of a postcode {@code 01234}, a version
 * {@code 1.10} or a key of 20 digits, stays the text that it is.
 */
final class ConstantType implements Type<Object> {
  private static final LiteralType LITERAL = new LiteralType();

  @Override
  public String expected() {
    return LITERAL.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    return LITERAL.schema(in);
  }

  @Override
  public Object read(final Node node, final Reading in) {
    if (node instanceof ScalarNode scalar
        && (scalar.kind() == ScalarNode.Kind.INTEGER || scalar.kind() == ScalarNode.Kind.DECIMAL)) {
      return asWritten(scalar.text());
    }
    final Literal literal = LITERAL.read(node, in);
    if (literal == null) {
      return null;
    }
    return literal.kind() == Literal.Kind.BOOLEAN
        ? Boolean.valueOf(literal.text())
        : literal.text();
  }

  private static Object asWritten(final String text) {
    final Value value = new Value();
    value.set(text);
    if (!Operators.toNumber(value)) {
      return text;
    }
    final Object number = value.item();
    Texts.toText(value);
    return value.text().equals(text) ? number : text;
  }
}
