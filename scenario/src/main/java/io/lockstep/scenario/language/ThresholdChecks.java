package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names of the checks of a file, for thresholds. They are known once the scenarios are read,
 * since a check without a name is called what it says.
 */
final class ThresholdChecks {
  private final Set<String> names = new LinkedHashSet<>();

  ThresholdChecks(final Collection<Scenarios.Body> scenarios) {
    for (final Scenarios.Body scenario : scenarios) {
      scenario.requests().forEach(this::add);
      add(scenario.flow().start());
      add(scenario.flow().steps());
      add(scenario.flow().stop());
    }
  }

  private void add(final List<Step> steps) {
    for (final Step step : steps) {
      if (step instanceof Step.Ask ask) {
        add(ask.request());
      } else if (step instanceof Step.Parallel parallel) {
        parallel.requests().forEach(this::add);
      }
      step.nested().forEach(this::add);
    }
  }

  private void add(final Request request) {
    request.use().checks().forEach(check -> names.add(check.name()));
  }

  /** Reports a check in a threshold's tags that no request has. */
  void check(final MapNode.Entry entry, final Reading in) {
    final SelectorParser parser = new SelectorParser(entry.key());
    final Optional<Selector> selector = parser.parse();
    if (selector.isEmpty() || names.isEmpty()) {
      return; // said elsewhere
    }
    for (int i = 0; i < selector.get().tags().size(); i++) {
      final Tag tag = selector.get().tags().get(i);
      if (tag.name().equals(Tag.CHECK) && !names.contains(tag.value())) {
        in.unknown(
            Diagnostic.Kind.BAD_VALUE,
            in.within(entry.keyOffset(), entry.key(), parser.tagAt(i)),
            "no check is `" + ScalarNode.shown(tag.value()) + "`",
            tag.value(),
            names,
            List.of());
      }
    }
  }
}
