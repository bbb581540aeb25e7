package io.lockstep.scenario.plan;

import io.lockstep.scenario.plan.metric.Measures;
import java.util.List;
import java.util.OptionalLong;

/**
 * A compiled scenario file. Two files that mean the same compile to equal plans.
 *
 * @param name of the file
 * @param seed of all random streams
 * @param tickNs length of a tick in nanoseconds
 * @param target where requests go; {@code null} where the plan can only be simulated
 * @param connections how VUs share connections
 * @param scenarios all start at tick 1
 * @param requests of all scenarios
 * @param program what an iteration does
 * @param choices by index
 * @param thinks by index
 * @param simulation the simulated target; {@code null} where the plan cannot be simulated
 * @param parts what it has beyond these
 * @param digest SHA-256, in hex, of the plan's canonical form, without the seed and the target
 */
public record Plan(
    String name,
    long seed,
    long tickNs,
    Target target,
    Connections connections,
    List<ScenarioPlan> scenarios,
    List<RequestPlan> requests,
    Program program,
    List<Choice> choices,
    List<Think> thinks,
    Simulation simulation,
    PlanParts parts,
    String digest) {
  public Plan {
    scenarios = List.copyOf(scenarios);
    requests = List.copyOf(requests);
    choices = List.copyOf(choices);
    thinks = List.copyOf(thinks);
  }

  /** A plan that has no more than load, requests and pauses. */
  public Plan(
      final String name,
      final long seed,
      final long tickNs,
      final Target target,
      final Connections connections,
      final List<ScenarioPlan> scenarios,
      final List<RequestPlan> requests,
      final Program program,
      final List<Choice> choices,
      final List<Think> thinks,
      final Simulation simulation,
      final String digest) {
    this(
        name,
        seed,
        tickNs,
        target,
        connections,
        scenarios,
        requests,
        program,
        choices,
        thinks,
        simulation,
        PlanParts.NONE,
        digest);
  }

  /** What its VUs do beyond requests and pauses. */
  public Flow flow() {
    return parts.flow();
  }

  /** Names of its secrets, by index. */
  public List<String> secrets() {
    return parts.secrets();
  }

  /** Its rows of data, by index. */
  public List<FeederPlan> feeders() {
    return parts.feeders();
  }

  /** What it measures beyond what every run does. */
  public Measures measures() {
    return parts.measures();
  }

  /** What its flows compute. */
  public Logic logic() {
    return parts.logic();
  }

  /** What is done once around its load. */
  public Phases phases() {
    return parts.phases();
  }

  /** What the journal keeps of responses. */
  public Recording recording() {
    return parts.recording();
  }

  /** How its connections are secured. */
  public Tls tls() {
    return parts.tls();
  }

  /**
   * The virtual time at which a run starts, nanoseconds since 1970; empty for the moment at which
   * it does.
   */
  public OptionalLong clockNs() {
    return parts.clockNs();
  }

  /** Whether any response may be kept, in part or whole. */
  public boolean capturesAny() {
    return requests.stream().anyMatch(r -> recording().most(r.capture()) != Capture.NONE);
  }

  /** VUs of all scenarios. */
  public int vus() {
    return scenarios.stream().mapToInt(ScenarioPlan::vus).sum();
  }

  /** Requests that can be under way at once: one per VU, more where a flow has parallel ones. */
  public long lanes() {
    return scenarios.stream().mapToLong(s -> (long) s.vus() * flow().of(s.index()).lanes()).sum();
  }

  /** What all VUs together remember of their flows, in longs. */
  public long slots() {
    return scenarios.stream().mapToLong(s -> (long) s.vus() * flow().of(s.index()).slots()).sum();
  }

  /** The same plan with another seed. */
  public Plan withSeed(final long newSeed) {
    return with(
        newSeed, target, simulation, parts.with(phases().each(plan -> plan.withSeed(newSeed))));
  }

  /** The same plan with another simulated target for its load; the digest stays. */
  public Plan with(final Simulation newSimulation) {
    return with(seed, target, newSimulation, parts);
  }

  /** The same plan against another target. */
  public Plan withTarget(final Target newTarget) {
    return with(
        seed, newTarget, simulation, parts.with(phases().each(plan -> plan.withTarget(newTarget))));
  }

  /** The same plan, measuring this besides. */
  public Plan withMeasures(final Measures newMeasures) {
    return with(seed, target, simulation, parts.with(newMeasures));
  }

  /** The same plan with other parts; the digest stays. */
  public Plan withParts(final PlanParts newParts) {
    return with(seed, target, simulation, newParts);
  }

  /**
   * The same plan with its scenarios changed in what does not concern the others; the digest stays.
   */
  public Plan withScenarios(final List<ScenarioPlan> newScenarios) {
    return with(newScenarios, requests);
  }

  /** The same plan with its requests changed in what is done with responses; the digest stays. */
  public Plan withRequests(final List<RequestPlan> newRequests) {
    return with(scenarios, newRequests);
  }

  private Plan with(final List<ScenarioPlan> newScenarios, final List<RequestPlan> newRequests) {
    return new Plan(
        name,
        seed,
        tickNs,
        target,
        connections,
        newScenarios,
        newRequests,
        program,
        choices,
        thinks,
        simulation,
        parts,
        digest);
  }

  private Plan with(
      final long newSeed,
      final Target newTarget,
      final Simulation newSimulation,
      final PlanParts newParts) {
    return new Plan(
        name,
        newSeed,
        tickNs,
        newTarget,
        connections,
        scenarios,
        requests,
        program,
        choices,
        thinks,
        newSimulation,
        newParts,
        digest);
  }
}
