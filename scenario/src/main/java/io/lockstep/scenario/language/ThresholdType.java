package io.lockstep.scenario.language;

import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.Optional;

/** What a threshold asks, as far as its text alone tells. */
final class ThresholdType implements Type<ThresholdType.Placed> {
  /** An expression and where it stands. */
  record Placed(ScalarNode node, ThresholdParser.Parsed parsed) {}

  @Override
  public String expected() {
    return ThresholdParser.FORM;
  }

  @Override
  public Schema schema(final Schemas in) {
    return Schema.of("text", "string");
  }

  @Override
  public Placed read(final Node node, final Reading in) {
    if (!(node instanceof ScalarNode scalar) || scalar.kind() != ScalarNode.Kind.TEXT) {
      return in.wrongType(node, this);
    }
    final ThresholdParser parser = new ThresholdParser(scalar.text());
    final Optional<ThresholdParser.Parsed> parsed = parser.parse();
    if (parsed.isEmpty()) {
      final ThresholdParser.Fault fault = parser.fault();
      return in.bad(
          in.within(scalar, fault.index()), fault.message(), fault.notes().toArray(new String[0]));
    }
    return new Placed(scalar, parsed.get());
  }
}
