package io.lockstep.scenario.plan;

import io.lockstep.scenario.plan.metric.Measures;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a plan may have beyond load, requests and pauses.
 *
 * @param flow what its VUs do beyond requests and pauses
 * @param secrets names of the secrets that a run of it needs, by index; their values are no part of
 *     any plan
 * @param feeders rows of data by index; a run is given their content besides the plan
 * @param measures what it measures beyond what every run does
 * @param recording what the journal keeps of responses
 * @param logic what its flows compute
 * @param phases what is done once around its load
 * @param tls how connections are secured
 * @param clockNs the virtual time at which a run starts, nanoseconds since 1970; empty for the
 *     moment at which it does
 */
public record PlanParts(
    Flow flow,
    List<String> secrets,
    List<FeederPlan> feeders,
    Measures measures,
    Recording recording,
    Logic logic,
    Phases phases,
    Tls tls,
    OptionalLong clockNs) {
  /** None of it. */
  public static final PlanParts NONE =
      new PlanParts(Flow.PLAIN, List.of(), List.of(), Measures.NONE, Recording.DEFAULT, Logic.NONE);

  public PlanParts {
    secrets = List.copyOf(secrets);
    feeders = List.copyOf(feeders);
  }

  /** Of a plan that does nothing around its load, and secures nothing in a way of its own. */
  public PlanParts(
      final Flow flow,
      final List<String> secrets,
      final List<FeederPlan> feeders,
      final Measures measures,
      final Recording recording,
      final Logic logic) {
    this(
        flow,
        secrets,
        feeders,
        measures,
        recording,
        logic,
        Phases.NONE,
        Tls.DEFAULT,
        OptionalLong.empty());
  }

  /** The same with another flow. */
  public PlanParts with(final Flow newFlow) {
    return new PlanParts(
        newFlow, secrets, feeders, measures, recording, logic, phases, tls, clockNs);
  }

  /** The same with other measures. */
  public PlanParts with(final Measures newMeasures) {
    return new PlanParts(
        flow, secrets, feeders, newMeasures, recording, logic, phases, tls, clockNs);
  }

  /** The same with another recording. */
  public PlanParts with(final Recording newRecording) {
    return new PlanParts(
        flow, secrets, feeders, measures, newRecording, logic, phases, tls, clockNs);
  }

  /** The same with something done around the load. */
  public PlanParts with(final Phases newPhases) {
    return new PlanParts(
        flow, secrets, feeders, measures, recording, logic, newPhases, tls, clockNs);
  }

  /** The same, secured otherwise. */
  public PlanParts with(final Tls newTls) {
    return new PlanParts(
        flow, secrets, feeders, measures, recording, logic, phases, newTls, clockNs);
  }
}
