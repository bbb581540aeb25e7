package io.lockstep.scenario.language;

import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.Optional;

/** What a threshold asks, as far as its text alone tells. */
final class ExpressionType implements Type<ExpressionType.Placed> {
  /** An expression and where it stands. */
  record Placed(ScalarNode node, ExpressionParser.Parsed parsed) {}

  @Override
  public String expected() {
    return ExpressionParser.FORM;
  }

  @Override
  public Placed read(final Node node, final Reading in) {
    if (!(node instanceof ScalarNode scalar) || scalar.kind() != ScalarNode.Kind.TEXT) {
      return in.wrongType(node, this);
    }
    final ExpressionParser parser = new ExpressionParser(scalar.text());
    final Optional<ExpressionParser.Parsed> parsed = parser.parse();
    if (parsed.isEmpty()) {
      final ExpressionParser.Fault fault = parser.fault();
      return in.bad(
          in.inside(scalar.offset(), scalar.text(), fault.index()),
          fault.message(),
          fault.notes().toArray(new String[0]));
    }
    return new Placed(scalar, parsed.get());
  }
}
