package io.lockstep.scenario.plan;

import java.util.List;

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
 * @param flow what flows have beside their instructions
 * @param simulation the simulated target; {@code null} where the plan cannot be simulated
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
    Flow flow,
    Simulation simulation,
    String digest) {
  public Plan {
    scenarios = List.copyOf(scenarios);
    requests = List.copyOf(requests);
    choices = List.copyOf(choices);
    thinks = List.copyOf(thinks);
  }

  /** VUs of all scenarios. */
  public int vus() {
    return scenarios.stream().mapToInt(ScenarioPlan::vus).sum();
  }

  /** Requests that can be under way at once: one per VU, more where a flow has parallel ones. */
  public long lanes() {
    return scenarios.stream().mapToLong(s -> (long) s.vus() * flow.of(s.index()).lanes()).sum();
  }

  /** What all VUs together remember of their flows, in longs. */
  public long slots() {
    return scenarios.stream().mapToLong(s -> (long) s.vus() * flow.of(s.index()).slots()).sum();
  }

  /** The same plan with another seed. */
  public Plan withSeed(final long newSeed) {
    return new Plan(
        name,
        newSeed,
        tickNs,
        target,
        connections,
        scenarios,
        requests,
        program,
        choices,
        thinks,
        flow,
        simulation,
        digest);
  }

  /** The same plan against another target. */
  public Plan withTarget(final Target newTarget) {
    return new Plan(
        name,
        seed,
        tickNs,
        newTarget,
        connections,
        scenarios,
        requests,
        program,
        choices,
        thinks,
        flow,
        simulation,
        digest);
  }
}
