package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;

/** How iterations end, and what is left of a VU then. */
final class VuEndings {
  private final ShardState shard;
  private final Moment moment;
  private final VuPublisher events;
  private final MetricsTracker metrics;
  private final VuTable table;
  private final VuStates states;
  private final VuGroups groups;
  private final VuThrottle throttle;
  private final VuMeetings meetings;
  private final VuIterations iterations;
  private final GenerationTracker generation = new GenerationTracker();

  /** Null but in a preview. */
  private StepTrace trace;

  VuEndings(
      final ShardState shard,
      final VuGroups groups,
      final VuThrottle throttle,
      final VuMeetings meetings,
      final VuIterations iterations) {
    this.shard = shard;
    this.groups = groups;
    this.throttle = throttle;
    this.meetings = meetings;
    this.iterations = iterations;
    moment = shard.moment;
    events = shard.events.vus();
    metrics = shard.metrics;
    table = shard.table;
    states = shard.states;
  }

  /** Has each ending noted from now on. */
  void trace(final StepTrace newTrace) {
    trace = newTrace;
  }

  GenerationDigest generationDigest() {
    return generation.digest();
  }

  /**
   * The iteration has come to its end, and where {@code vuToo} says so what the VU has to do;
   * returns where to go on.
   */
  int ended(final int vu, final boolean vuToo) {
    return ended(vu, IterationOutcome.COMPLETED, vuToo);
  }

  /** The same, of an iteration that has come to another end. */
  int ended(final int vu, final IterationOutcome outcome, final boolean vuToo) {
    final boolean last = vuToo || iterations.isAtStop(vu);
    final boolean lost = outcome == IterationOutcome.FAILED && iterations.isAtStart(vu);
    end(vu, outcome);
    final ScenarioRun scenario = shard.scenarioOf(vu);
    if (lost && shard.rules != Rules.FIRST) {
      states.complete(vu);
      return ProgramRunner.NO_PC;
    }
    if (scenario.isOpen()) {
      release(vu, scenario);
      return ProgramRunner.NO_PC;
    }
    final boolean goesOn = last ? iterations.retire(vu, scenario) : iterations.begin(vu, scenario);
    return goesOn ? table.pc(vu) : ProgramRunner.NO_PC;
  }

  /** A VU of an open model waits for an arrival, unless none comes any more. */
  void release(final int vu, final ScenarioRun scenario) {
    if (scenario.isStopping()) {
      states.complete(vu);
    } else {
      table.pc(vu, ProgramRunner.NO_PC);
      if (!scenario.isSelective() || table.isWanted(vu)) {
        scenario.free(vu);
      }
    }
  }

  /** Ends a VU within what it does. */
  void cut(final int vu) {
    interrupt(vu);
    states.complete(vu);
  }

  /** Cuts off what a VU does. */
  void interrupt(final int vu) {
    throttle.forget(vu);
    end(vu, IterationOutcome.INTERRUPTED);
  }

  private void end(final int vu, final IterationOutcome outcome) {
    final long nowNs = moment.nowNs();
    final long startedNs = table.startedNs(vu);
    meetings.leave(vu);
    groups.cut(vu, nowNs);
    events.iterationEnded(
        states.global(vu),
        table.scenario(vu),
        outcome,
        table.iteration(vu),
        startedNs,
        Math.max(nowNs, startedNs)); // cut off before what started it late was due
    generation.add(table.digest(vu));
    if (trace != null) {
      trace.ended(vu, outcome, nowNs);
    }
    if (table.iteration(vu) < 0) {
      onceEnded(vu, outcome, nowNs);
    } else if (outcome == IterationOutcome.FAILED) {
      metrics.onIterationFailed(table.scenario(vu), startedNs, nowNs);
    } else {
      metrics.onIterationEnded(
          table.scenario(vu), outcome == IterationOutcome.COMPLETED, startedNs, nowNs);
    }
  }

  /** What a VU does at its start or at its end is no iteration; why it failed was noted before. */
  private void onceEnded(final int vu, final IterationOutcome outcome, final long nowNs) {
    final int scenario = table.scenario(vu);
    metrics.onFlowEnded(scenario, nowNs);
    if (outcome == IterationOutcome.COMPLETED) {
      metrics.endings().onOnceCompleted(scenario, iterations.isAtStop(vu));
    } else if (outcome == IterationOutcome.INTERRUPTED) {
      metrics.endings().onOnceInterrupted(scenario, iterations.isAtStop(vu));
    }
  }
}
