package io.lockstep.scenario.advice;

import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Extraction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which variables steps set. */
final class Settings {
  private Settings() {}

  /** Those that steps set, at any depth. */
  static Set<String> of(final List<Step> steps) {
    final Set<String> names = new LinkedHashSet<>();
    add(steps, names);
    return names;
  }

  /** Those that a response sets. */
  static List<String> of(final Request request) {
    return request.use().extractions().stream().map(Extraction::name).toList();
  }

  private static void add(final List<Step> steps, final Set<String> names) {
    for (final Step step : steps) {
      if (step instanceof Step.Ask ask) {
        names.addAll(of(ask.request()));
      } else if (step instanceof Step.Parallel parallel) {
        parallel.requests().forEach(request -> names.addAll(of(request)));
      } else if (step instanceof Step.Assign assign) {
        names.addAll(assign.values().keySet());
      } else if (step instanceof Step.ForEach each) {
        names.add(each.as());
      }
      step.nested().forEach(nested -> add(nested, names));
    }
  }
}
