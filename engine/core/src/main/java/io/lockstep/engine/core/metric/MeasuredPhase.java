package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.Arrays;
import java.util.BitSet;

/** From when on what scenarios begin is measured: their start plus their warm-up. */
final class MeasuredPhase {
  private static final long FIRST_TICK = 1;

  /** Scenarios start with the run; of those that do not, {@link #started} says when. */
  private static final long RUN_START = 0;

  private final long tickNs;
  private final long[] warmupTicks;
  private final long[] fromNs;
  private final boolean warmsUp;
  private boolean added;

  /** Everything is measured. */
  MeasuredPhase() {
    tickNs = 1;
    warmupTicks = new long[1];
    fromNs = new long[1];
    warmsUp = false;
  }

  MeasuredPhase(final Plan plan) {
    tickNs = plan.tickNs();
    warmupTicks = plan.scenarios().stream().mapToLong(ScenarioPlan::warmupTicks).toArray();
    fromNs =
        Arrays.stream(warmupTicks).map(warmup -> fromTick(warmup, RUN_START) * tickNs).toArray();
    warmsUp = Arrays.stream(warmupTicks).anyMatch(warmup -> warmup > 0);
  }

  private static long fromTick(final long warmupTicks, final long startTick) {
    return warmupTicks == 0 ? startTick : Math.max(FIRST_TICK, startTick) + warmupTicks;
  }

  /** A scenario starts later than the run. */
  void started(final int scenario, final long tick) {
    fromNs[scenario] = fromTick(warmupTicks[scenario], tick) * tickNs;
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

  /**
   * Adds a shard's to that of all shards, in which scenarios may have started at other times; the
   * earliest counts. What this says before the first is added is what the plan says.
   */
  void add(final MeasuredPhase shard) {
    for (int i = 0; i < fromNs.length; i++) {
      fromNs[i] = added ? Math.min(fromNs[i], shard.fromNs[i]) : shard.fromNs[i];
    }
    added = true;
  }
}
