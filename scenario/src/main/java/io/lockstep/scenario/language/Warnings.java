package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadProfile.ConstantArrivalRate;
import io.lockstep.scenario.model.LoadProfile.RampingArrivalRate;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import java.util.Locale;

/** Advice about files that are right but may not do what is wanted. */
final class Warnings {
  private Warnings() {}

  /**
   * By Little's law, an open model keeps (rate x mean time of an iteration) VUs busy. What the file
   * tells of that time are the think time and, where it simulates, the latency without queueing; so
   * the figure is a lower bound.
   */
  static void tooFewVus(final LoadTest test, final MapNode root, final Reading in) {
    for (final Scenario scenario : test.scenarios()) {
      final double perNs = highestRate(scenario.load());
      if (perNs > 0) {
        final double busy = perNs * new IterationTime(scenario, test.simulate()).leastNs();
        if (busy > scenario.load().vus()) {
          in.warn(
              Diagnostic.Kind.TOO_FEW_VUS,
              maxVusOffset(root, scenario.name()),
              "arrivals will be dropped: about "
                  + String.format(Locale.ROOT, "%.0f", Math.ceil(busy))
                  + " VUs are busy at once, and `max_vus` is "
                  + scenario.load().vus(),
              "busy VUs = rate x (think time"
                  + (test.simulate().isPresent() ? " + simulated latency)" : ")"));
        }
      }
    }
  }

  /** Arrivals per nanosecond at the highest; a capacity search goes as far as it can anyway. */
  private static double highestRate(final LoadProfile load) {
    if (load instanceof ConstantArrivalRate l) {
      return (double) l.rate() / l.timeUnitNs();
    }
    if (load instanceof RampingArrivalRate l) {
      final long highest = l.stages().stream().mapToLong(LoadProfile.Stage::target).max().orElse(0);
      return (double) Math.max(l.startRate(), highest) / l.timeUnitNs();
    }
    return 0;
  }

  private static int maxVusOffset(final MapNode root, final String scenario) {
    final MapNode scenarios = (MapNode) root.get("scenarios");
    final MapNode body = (MapNode) scenarios.get(scenario);
    return ((MapNode) body.get(Scenarios.LOAD_KEY)).get(LoadKeys.MAX_VUS_KEY).offset();
  }
}
