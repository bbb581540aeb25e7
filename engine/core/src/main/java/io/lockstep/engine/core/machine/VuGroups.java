package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;

/** The groups that VUs are in: when each began, and the event and the sample when it ends. */
final class VuGroups {
  private final Flow.Group[] groups;

  /** By scenario. */
  private final int[] openSlots;

  private final VuTable table;
  private final VuSlots slots;
  private final VuStates states;
  private final VuPublisher events;
  private final MetricsTracker metrics;

  VuGroups(final ShardState shard) {
    table = shard.table;
    slots = shard.slots;
    states = shard.states;
    events = shard.events.vus();
    metrics = shard.metrics;
    final Plan plan = shard.plan;
    groups = plan.flow().groups().toArray(Flow.Group[]::new);
    openSlots =
        plan.scenarios().stream().mapToInt(s -> plan.flow().of(s.index()).groupSlot()).toArray();
  }

  void begin(final int vu, final int group, final long nowNs) {
    slots.set(vu, groups[group].startSlot(), nowNs);
    slots.set(vu, openSlots[table.scenario(vu)], group + 1L);
  }

  void end(final int vu, final int group, final IterationOutcome outcome, final long nowNs) {
    final Flow.Group ended = groups[group];
    final long startedNs = slots.get(vu, ended.startSlot());
    final long endedNs = Math.max(nowNs, startedNs);
    slots.set(vu, openSlots[table.scenario(vu)], ended.parent() + 1L);
    if (outcome == IterationOutcome.COMPLETED) {
      metrics.onGroup(group, ended.scenario(), startedNs, endedNs);
    }
    events.groupEnded(
        states.global(vu),
        ended.scenario(),
        outcome,
        table.iteration(vu),
        startedNs,
        endedNs,
        group);
  }

  /** Ends what the iteration leaves open, the innermost first. */
  void cut(final int vu, final long nowNs) {
    final int slot = openSlots[table.scenario(vu)];
    if (slot != Flow.NONE) {
      long open = slots.get(vu, slot);
      while (open != 0) {
        end(vu, (int) open - 1, IterationOutcome.INTERRUPTED, nowNs);
        open = slots.get(vu, slot);
      }
    }
  }
}
