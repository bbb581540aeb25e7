package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.expression.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values that the VUs of a shard remember, by local VU and the index that the plan's {@link
 * Memory} gives. Memory is spent for scenarios whose expressions have any, and for a VU once it
 * begins to live. In a closed model a VU's values stay for its whole life, its start and stop flow
 * included; where each iteration is a new user they begin as null with it. What was captured of the
 * last response begins as null with each iteration.
 */
final class VuVariables {
  private static final Value[] NO_VALUES = {};

  private final VuTable table;
  private final Memory[] memories;
  private final int[][] captured;
  private final SetupValues setup;

  /** By local VU; empty before it lives. */
  private final Value[][] values;

  VuVariables(final Plan plan, final VuTable table, final int vus) {
    this.table = table;
    setup = new SetupValues(plan.phases().values().size());
    memories =
        plan.scenarios().stream()
            .map(scenario -> plan.flow().of(scenario.index()).memory())
            .toArray(Memory[]::new);
    captured = new int[memories.length][];
    boolean any = false;
    for (final ScenarioPlan scenario : plan.scenarios()) {
      final Memory memory = memories[scenario.index()];
      captured[scenario.index()] =
          memory.captured().stream().mapToInt(Memory.Captured::value).toArray();
      any |= memory.values() > 0;
    }
    values = new Value[any ? vus : 0][];
    Arrays.fill(values, NO_VALUES);
  }

  /** What the setup has left to all VUs. */
  SetupValues setup() {
    return setup;
  }

  /** What a VU remembers by name, by index; all null before it lives. */
  List<GivenValue> named(final int vu) {
    if (values.length == 0) {
      return List.of();
    }
    final int names = memories[table.scenario(vu)].variables().size();
    final List<GivenValue> named = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      named.add(values[vu].length == 0 ? GivenValue.NULL : GivenValue.of(values[vu][i]));
    }
    return named;
  }

  /** The register of a value, to be read and written in place; valid as long as the VU lives. */
  Value get(final int vu, final int index) {
    return values[vu][index];
  }

  /**
   * An iteration begins.
   *
   * @param asNewUser whether nothing is left of the one before it
   */
  void begin(final int vu, final boolean asNewUser) {
    final int scenario = table.scenario(vu);
    final int count = memories[scenario].values();
    if (count == 0) {
      return;
    }
    if (values[vu].length == 0) {
      values[vu] = new Value[count];
      for (int i = 0; i < count; i++) {
        values[vu][i] = new Value();
      }
    } else if (asNewUser) {
      for (final Value value : values[vu]) {
        value.setNull();
      }
    } else {
      forgetResponse(vu);
    }
  }

  /** What was captured of the last response becomes null. */
  void forgetResponse(final int vu) {
    for (final int index : captured[table.scenario(vu)]) {
      values[vu][index].setNull();
    }
  }
}
