package io.lockstep.scenario.language;

import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.StepType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import java.util.List;

/**
 * A list of steps. An item may be a list of steps itself, such as that of an anchor; its steps are
 * in its place by the time that this is read.
 */
record StepsType(ListType<Step> list) implements Type<List<Step>> {
  StepsType(final StepType<Step> step) {
    this(new ListType<>("steps", step, Steps.MAX_STEPS));
  }

  @Override
  public String expected() {
    return list.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    final Schema step = in.ofWhole(list.item());
    final Schema steps =
        Schema.of("list of steps", "array")
            .with("description", "such as those of an anchor: they are done in its place")
            .with("items", step)
            .with("minItems", 1);
    return list.schema(in).with("items", Schema.anyOf("step", List.of(step, steps)));
  }

  @Override
  public List<Step> read(final Node node, final Reading in) {
    return list.read(node, in);
  }
}
