package io.lockstep.engine.core.machine;

/**
 * What ends a run before its time: an operator, a threshold, or a flow that asks for it. Knows how
 * the run ends, and whether anything is left of it.
 */
final class RunStops {
  private final Moment moment;
  private final RunPublisher events;
  private final ScenarioRun[] scenarios;
  private final VuStates states;
  private final VuCauses causes;
  private final VuStops vus;
  private RunOutcome outcome = RunOutcome.COMPLETED;

  RunStops(final ShardState shard, final VuFlow flow, final VuStops vus) {
    this.vus = vus;
    moment = shard.moment;
    events = shard.events.run();
    scenarios = shard.scenarios;
    states = shard.states;
    causes = flow.parts().steps.causes();
  }

  /** The run begins. */
  void begin() {
    for (final ScenarioRun scenario : scenarios) {
      if (scenario.isOpen()) {
        vus.onSchedule();
      }
    }
  }

  /** VUs that are not complete, and arrival schedules that are not over. */
  int alive() {
    return states.living() + vus.openSchedules();
  }

  /** How the run ended, or would end by itself. */
  RunOutcome outcome() {
    return outcome;
  }

  /** Whether a flow has asked for the end of the test. */
  boolean isStopAsked() {
    return causes.isStopAsked();
  }

  /** An operator ends the run. */
  void onCommand(final OperatorCommand command) {
    outcome = outcome.and(RunOutcome.STOPPED);
    if (command == OperatorCommand.STOP) {
      stop();
    } else {
      kill();
    }
  }

  /** A threshold that ends the run has failed. */
  void onThresholdFailed(final int threshold) {
    events.thresholdFailed(threshold, moment.nowNs());
    abort();
  }

  /** A threshold ends the run, as this shard or all of them found. */
  void abort() {
    outcome = outcome.and(RunOutcome.ABORTED);
    kill();
  }

  /** What a flow asks for comes about behind the input, or the timers, that made it ask. */
  void stopIfAsked() {
    if (causes.isStopAsked() && outcome == RunOutcome.COMPLETED) {
      outcome = RunOutcome.STOPPED;
      causes.onStopped();
      stop();
    }
  }

  private void stop() {
    for (final ScenarioRun scenario : scenarios) {
      if (!scenario.isStopping()) {
        vus.stop(scenario);
      }
    }
  }

  private void kill() {
    for (final ScenarioRun scenario : scenarios) {
      vus.kill(scenario);
    }
  }
}
