package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.secret.SecretEchoes;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.scenario.plan.Plan;

/**
 * What all parts of a shard's machine share: the plan, what the shard knows of its VUs, the present
 * moment, and whom it tells. Each part takes from here what it needs when it is made.
 */
final class ShardState {
  final Plan plan;

  /** What the machine has besides the plan. */
  final Surroundings around;

  final Events events;
  final MetricsTracker metrics;
  final Moment moment;

  /** By index in the plan. */
  final ScenarioRun[] scenarios;

  final VuTable table;
  final VuTimers timers;
  final VuSlots slots;
  final VuVariables variables;
  final VuStates states;
  final VuLanes lanes;

  /** {@code null} where no secret has a value. */
  final SecretEchoes echoes;

  /** By which its VUs live; set before they do. */
  Rules rules = Rules.FIRST;

  /** A shard in which nothing has happened yet. */
  ShardState(
      final Plan plan,
      final int shard,
      final int shards,
      final Surroundings around,
      final BlockWriter journal,
      final MetricsTracker metrics) {
    this.plan = plan;
    this.around = around;
    this.metrics = metrics;
    events = Events.into(journal);
    moment = new Moment(plan.tickNs());
    scenarios =
        plan.scenarios().stream()
            .map(scenario -> new ScenarioRun(scenario, plan.seed(), plan.tickNs(), shard, shards))
            .toArray(ScenarioRun[]::new);
    final int vus = Machine.localVus(plan, shard, shards);
    table = new VuTable(vus);
    timers = new VuTimers(vus, table);
    slots = new VuSlots(plan, scenarios, table);
    variables = new VuVariables(plan, table, vus);
    states = new VuStates(table, events.vus(), shard, shards);
    lanes = new VuLanes(plan, scenarios, table, vus);
    echoes = SecretEchoes.of(plan, around.secrets(), around.responses(), vus);
  }

  /** The scenario that a VU is of. */
  ScenarioRun scenarioOf(final int vu) {
    return scenarios[table.scenario(vu)];
  }
}
