package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;

/** Tells the metrics when scenarios begin nothing more: rates per second end there. */
final class LoadEnd {
  private final ScenarioRun[] scenarios;
  private final VuTable table;
  private final MetricsTracker metrics;

  LoadEnd(final ScenarioRun[] scenarios, final VuTable table, final MetricsTracker metrics) {
    this.scenarios = scenarios;
    this.table = table;
    this.metrics = metrics;
  }

  /** A scenario is about to be stopped; those that ran out of work begin nothing more either. */
  void note(final ScenarioRun stopped, final long nowNs) {
    if (stopped.isStopping()) {
      return;
    }
    for (final ScenarioRun scenario : scenarios) {
      final boolean works = works(scenario);
      if (scenario == stopped || !works) {
        metrics.onLoadEnded(scenario.plan.index(), works, nowNs);
      }
    }
  }

  /** Whether a scenario has a schedule, or a VU that is not complete. */
  private boolean works(final ScenarioRun scenario) {
    boolean works = scenario.isOpen();
    for (int vu = scenario.firstLocal; vu < scenario.endLocal && !works; vu++) {
      works = table.state(vu) != VuState.COMPLETE.code();
    }
    return works;
  }
}
