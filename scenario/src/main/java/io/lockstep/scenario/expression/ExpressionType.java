package io.lockstep.scenario.expression;

import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.List;
import java.util.Optional;

/**
 * An expression. Syntax is checked when it is read; names, kinds and constants when it is compiled.
 *
 * @param wanted what it must come to
 */
public record ExpressionType(Wanted wanted) implements Type<SourceExpression> {
  /** An expression that comes to true or false. */
  public static final ExpressionType CONDITION = new ExpressionType(Wanted.CONDITION);

  /** An expression that comes to any value. */
  public static final ExpressionType VALUE = new ExpressionType(Wanted.VALUE);

  /** An expression that comes to a list. */
  public static final ExpressionType LIST = new ExpressionType(Wanted.LIST);

  @Override
  public String expected() {
    return switch (wanted) {
      case CONDITION -> "a condition such as status == 200";
      case VALUE -> "an expression such as int(1, 10) or \"text\"";
      case LIST -> "an expression that gives a list, such as [1, 2] or a variable";
    };
  }

  @Override
  public SourceExpression read(final Node node, final Reading in) {
    final String text = text().read(node, in);
    if (text == null) {
      return null;
    }
    final Place place = Place.of((ScalarNode) node);
    try {
      final SourceExpression expression =
          new SourceExpression(Parser.expression(text), wanted, place);
      in.found(expression);
      return expression;
    } catch (final ParseException e) {
      place.report(List.of(e.fault()), in);
      return null;
    }
  }

  @Override
  public Schema schema(final Schemas in) {
    return text().schema(in);
  }

  private TextType text() {
    return new TextType(expected(), true, any -> Optional.empty());
  }
}
