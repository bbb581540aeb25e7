package io.lockstep.scenario.language;

import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Simulate;
import io.lockstep.scenario.model.Simulate.RequestName;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Distribution;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How long an iteration takes on average at least, as far as its file tells: its pauses and, where
 * the file simulates, the latency without queueing. Of what depends on responses it counts the
 * shortest way.
 */
final class IterationTime {
  private final Scenario scenario;
  private final Optional<Simulate> simulate;

  IterationTime(final Scenario scenario, final Optional<Simulate> simulate) {
    this.scenario = scenario;
    this.simulate = simulate;
  }

  double leastNs() {
    return scenario.requests().isEmpty() ? steps(scenario.flow().steps()) : chosen();
  }

  /** Of one of the requests, by weight, and the pause after it. */
  private double chosen() {
    double sum = 0;
    double weights = 0;
    for (final Request request : scenario.requests()) {
      sum += request.weight() * latency(request);
      weights += request.weight();
    }
    return scenario.think().map(Distributions::meanNs).orElse(0.0) + sum / weights;
  }

  /** Up to a step that may end the iteration. */
  private double steps(final List<Step> steps) {
    double sum = 0;
    for (final Step step : steps) {
      sum += step(step);
      if (Steps.any(List.of(step), one -> one instanceof Step.Stop)) {
        return sum;
      }
    }
    return sum;
  }

  private double step(final Step step) {
    if (step instanceof Step.Ask ask) {
      return latency(ask.request());
    } else if (step instanceof Step.Think think) {
      return Distributions.meanNs(think.duration());
    } else if (step instanceof Step.Parallel parallel) {
      return parallel.requests().stream().mapToDouble(this::latency).max().orElse(0);
    } else if (step instanceof Step.Group group) {
      return steps(group.steps());
    } else if (step instanceof Step.Repeat repeat) {
      return repeat.times() * steps(repeat.steps());
    } else if (step instanceof Step.During during) {
      return Math.max((double) during.durationNs(), steps(during.steps()));
    } else if (step instanceof Step.Retry retry) {
      return steps(retry.steps());
    } else if (step instanceof Step.ForEach each) {
      return each.items().items().orElse(0) * steps(each.steps());
    } else if (step instanceof Step.If branch) {
      return Math.min(steps(branch.then()), steps(branch.otherwise()));
    } else if (step instanceof Step.Switch cases) {
      return Math.min(shortest(cases.cases().values()), steps(cases.otherwise()));
    }
    return step instanceof Step.Choose choose ? chosen(choose) : 0;
  }

  private double shortest(final Collection<List<Step>> ways) {
    return ways.stream().mapToDouble(this::steps).min().orElse(0);
  }

  private double chosen(final Step.Choose choose) {
    double sum = 0;
    double weights = 0;
    for (final Step.Option option : choose.options()) {
      sum += option.weight() * steps(option.steps());
      weights += option.weight();
    }
    return sum / weights;
  }

  /** None where the VU may have the answer already. */
  private double latency(final Request request) {
    if (simulate.isEmpty() || scenario.browsing().cache()) {
      return 0;
    }
    final Simulate.Difference difference =
        simulate.get().differences().get(new RequestName(scenario.name(), request.name()));
    final Distribution latency =
        difference == null
            ? simulate.get().answer().latency()
            : simulate.get().answer().with(difference).latency();
    return Distributions.meanNs(latency);
  }
}
