package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Check.OnFailure;
import io.lockstep.scenario.plan.FeederPlan.AtEnd;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.Optional;

/** What a plan allows of the number of shards. */
public final class ShardRules {
  private ShardRules() {}

  /**
   * Whether a shard can come to end the whole test: by a step, for the want of rows, by a check or
   * by a threshold.
   */
  public static boolean canStopTest(final Plan plan) {
    for (int pc = 0; pc < plan.program().length(); pc++) {
      if (plan.program().operation(pc) == Program.STOP
          && plan.program().argument(pc) == Program.TEST) {
        return true;
      }
    }
    return plan.feeders().stream().anyMatch(feeder -> feeder.atEnd() == AtEnd.STOP_TEST)
        || plan.requests().stream()
            .flatMap(request -> request.use().checks().stream())
            .anyMatch(check -> check.onFailure() == OnFailure.END_TEST)
        || plan.measures().thresholds().stream().anyMatch(Threshold::abortOnFail);
  }

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
