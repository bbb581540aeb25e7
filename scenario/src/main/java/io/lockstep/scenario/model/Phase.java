package io.lockstep.scenario.model;

import java.util.List;

/**
 * What one VU does once, before all scenarios or after them.
 *
 * @param steps what it does; at least one
 * @param timeoutNs after which it is given up
 */
public record Phase(List<Step> steps, long timeoutNs) {
  public Phase {
    steps = List.copyOf(steps);
  }
}
