package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.Arrays;

/**
 * What the VUs of a shard remember of their flows, beyond what the {@link VuTable} has: loop
 * counters, visits, moments. As many longs per VU as its scenario's flow asks for, which for most
 * plans is none.
 */
final class VuSlots {
  private final VuTable table;
  private final int[] strides;

  /** By scenario: where the slots of local VU 0 would begin. */
  private final int[] bases;

  private final long[] values;

  VuSlots(final Plan plan, final ScenarioRun[] scenarios, final VuTable table) {
    this.table = table;
    strides = new int[scenarios.length];
    bases = new int[scenarios.length];
    int size = 0;
    for (final ScenarioPlan scenario : plan.scenarios()) {
      final int index = scenario.index();
      final ScenarioRun run = scenarios[index];
      strides[index] = plan.flow().of(index).slots();
      bases[index] = Math.subtractExact(size, Math.multiplyExact(run.firstLocal, strides[index]));
      size = Math.addExact(size, Math.multiplyExact(run.endLocal - run.firstLocal, strides[index]));
    }
    values = new long[size];
  }

  private int index(final int vu, final int slot) {
    final int scenario = table.scenario(vu);
    return bases[scenario] + vu * strides[scenario] + slot;
  }

  long get(final int vu, final int slot) {
    return values[index(vu, slot)];
  }

  void set(final int vu, final int slot, final long value) {
    values[index(vu, slot)] = value;
  }

  /** Adds one; returns what was there before. */
  long count(final int vu, final int slot) {
    return values[index(vu, slot)]++;
  }

  /** Makes all slots of a VU zero. */
  void clear(final int vu) {
    final int stride = strides[table.scenario(vu)];
    if (stride > 0) {
      final int first = index(vu, 0);
      Arrays.fill(values, first, first + stride, 0);
    }
  }
}
