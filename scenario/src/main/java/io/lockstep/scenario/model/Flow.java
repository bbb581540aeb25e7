package io.lockstep.scenario.model;

import java.util.List;

/**
 * What the VUs of a scenario do, step by step.
 *
 * @param start each VU once, before its first iteration
 * @param steps of an iteration; empty where the scenario has the short form
 * @param stop each VU once, after its last iteration
 */
public record Flow(List<Step> start, List<Step> steps, List<Step> stop) {
  /** Of a scenario that has the short form alone. */
  public static final Flow NONE = new Flow(List.of(), List.of(), List.of());

  public Flow {
    start = List.copyOf(start);
    steps = List.copyOf(steps);
    stop = List.copyOf(stop);
  }

  /** Whether it says nothing at all. */
  public boolean isEmpty() {
    return start.isEmpty() && steps.isEmpty() && stop.isEmpty();
  }
}
