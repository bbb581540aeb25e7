package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.expression.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Kinds of value that the variables of a scenario may have, by all places that set them. Each may
 * be null, as long as none of them has.
 */
final class VariableKinds {
  private final Map<String, Integer> kindsByName = new HashMap<>();

  private VariableKinds() {}

  static VariableKinds of(final Scenario scenario) {
    final VariableKinds kinds = new VariableKinds();
    scenario.requests().forEach(kinds::add);
    final Flow flow = scenario.flow();
    List.of(flow.start(), flow.steps(), flow.stop()).forEach(kinds::add);
    return kinds;
  }

  /** Of one of them. */
  int kinds(final String variable) {
    return kindsByName.getOrDefault(variable, Kind.ANY);
  }

  private void add(final List<Step> steps) {
    for (final Step step : steps) {
      if (step instanceof Step.Ask ask) {
        add(ask.request());
      } else if (step instanceof Step.Parallel parallel) {
        parallel.requests().forEach(this::add);
      } else if (step instanceof Step.Assign assign) {
        assign.values().keySet().forEach(name -> add(name, Kind.ANY));
      } else if (step instanceof Step.ForEach each) {
        add(each.as(), Kind.ANY);
      }
      step.nested().forEach(this::add);
    }
  }

  private void add(final Request request) {
    for (final Extraction extraction : request.use().extractions()) {
      add(extraction.name(), kinds(extraction) | Kind.NULL.mask());
    }
  }

  private void add(final String name, final int kinds) {
    kindsByName.merge(name, kinds, (a, b) -> a | b);
  }

  private static int kinds(final Extraction extraction) {
    final int one =
        switch (extraction.type()) {
          case TEXT -> Kind.TEXT.mask();
          case INTEGER -> Kind.LONG.mask();
          case DECIMAL -> Kind.NUMBER;
          case BOOLEAN -> Kind.BOOLEAN.mask();
        };
    return extraction.pick().kind() == Extraction.Pick.Kind.ALL ? Kind.LIST.mask() : one;
  }
}
