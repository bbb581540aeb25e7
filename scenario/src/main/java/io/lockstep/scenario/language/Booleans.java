package io.lockstep.scenario.language;

import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.Locale;

/** True and false. */
final class Booleans implements Type<Boolean> {
  static final Type<Boolean> TYPE = new Booleans(false);

  /** True alone: a key whose presence says it all. */
  static final Type<Boolean> ONLY_TRUE = new Booleans(true);

  private final boolean onlyTrue;

  private Booleans(final boolean onlyTrue) {
    this.onlyTrue = onlyTrue;
  }

  @Override
  public String expected() {
    return onlyTrue ? "true" : "true or false";
  }

  @Override
  public Schema schema(final Schemas in) {
    return onlyTrue
        ? Schema.any().with("title", "`true`").with("const", true)
        : Schema.of("`true` or `false`", "boolean");
  }

  @Override
  public Boolean read(final Node node, final Reading in) {
    if (!(node instanceof ScalarNode scalar) || scalar.kind() != ScalarNode.Kind.BOOLEAN) {
      return in.wrongType(node, this);
    }
    final boolean value = scalar.text().toLowerCase(Locale.ROOT).equals("true");
    return value || !onlyTrue ? value : in.<Boolean>wrongType(node, this);
  }
}
