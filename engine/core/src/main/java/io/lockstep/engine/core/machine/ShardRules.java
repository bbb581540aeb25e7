package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.Optional;

/** What a plan allows of the number of shards. */
public final class ShardRules {
  private ShardRules() {}

  /** Why a plan cannot run on so many shards, for people; empty if it can. */
  public static Optional<String> fault(final Plan plan, final int shards) {
    if (shards > 1 && !plan.flow().meetings().isEmpty()) {
      return Optional.of(
          "a rendezvous needs all VUs in one shard: run it with 1 shard, not "
              + shards
              + ", or take the rendezvous out of the flow");
    }
    for (final ScenarioPlan scenario : plan.scenarios()) {
      if (shards > 1 && scenario.load() instanceof Load.Capacity) {
        return Optional.of(
            "scenario "
                + scenario.name()
                + " searches its capacity, which one shard alone can decide: run it with 1 shard, not "
                + shards);
      }
      if (scenario.vus() < shards && scenario.load() instanceof Load.SharedIterations) {
        return Optional.of(
            "scenario "
                + scenario.name()
                + " shares its iterations among all shards, but has "
                + scenario.vus()
                + (scenario.vus() == 1 ? " VU" : " VUs")
                + " for "
                + shards
                + " shards: each needs one at least");
      }
    }
    return Optional.empty();
  }
}
