package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.Arrays;
import java.util.BitSet;

/** From when on what scenarios begin is measured: their start plus their warm-up. */
final class MeasuredPhase {
  private final long tickNs;
  private final long[] fromNs;
  private final boolean warmsUp;

  /** Everything is measured. */
  MeasuredPhase() {
    tickNs = 1;
    fromNs = new long[1];
    warmsUp = false;
  }

  MeasuredPhase(final Plan plan) {
    tickNs = plan.tickNs();
    fromNs = plan.scenarios().stream().mapToLong(s -> fromTick(s) * tickNs).toArray();
    warmsUp = plan.scenarios().stream().anyMatch(s -> s.warmupTicks() > 0);
  }

  /** Without a warm-up a scenario's figures also cover the tick before its first. */
  private static long fromTick(final ScenarioPlan scenario) {
    return scenario.warmupTicks() == 0
        ? scenario.timing().startTicks()
        : scenario.startTick() + scenario.warmupTicks();
  }

  /** Whether any scenario warms up. */
  boolean warmsUp() {
    return warmsUp;
  }

  /** Whether what a scenario begins at a time is part of its warm-up. */
  boolean isWarmUp(final int scenario, final long atNs) {
    return warmsUp && atNs < fromNs[scenario];
  }

  /** When it begins for a scenario, nanoseconds since run start. */
  long fromNs(final int scenario) {
    return fromNs[scenario];
  }

  /** When it begins for the first one. */
  long firstNs() {
    return Arrays.stream(fromNs).min().orElse(0);
  }

  /** When it begins for the first of some scenarios; of all where there are none. */
  long firstNs(final BitSet scenarios) {
    return scenarios.isEmpty()
        ? firstNs()
        : scenarios.stream().mapToLong(scenario -> fromNs[scenario]).min().orElseThrow();
  }

  /** Its first tick for some scenarios. */
  long firstTick(final BitSet scenarios) {
    return firstNs(scenarios) / tickNs;
  }
}
