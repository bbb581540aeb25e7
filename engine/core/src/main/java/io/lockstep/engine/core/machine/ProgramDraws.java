package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.random.WeightedChoice;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;

/**
 * What a program leaves to chance, or to a VU's turn: options, pauses, intervals. Each is a
 * function of the iteration's stream or identity, the place in the plan and how often the VU was
 * there.
 */
final class ProgramDraws {
  /** The identity of an arrival or of a shared iteration does not know the VU. */
  private static final int NO_VU = -1;

  private final VuTable table;
  private final VuStates states;
  private final VuVisits visits;
  private final long[] choiceSites;
  private final long[][] choiceWeights;
  private final int[][] choiceTargets;
  private final DurationSampler[] thinks;
  private final DurationSampler[] intervals;

  /** By scenario; {@link #NO_VU} where VUs are no part of the identity. */
  private final int[] firstVus;

  ProgramDraws(final ShardState shard, final VuVisits visits) {
    this.visits = visits;
    table = shard.table;
    states = shard.states;
    final Plan plan = shard.plan;
    final int choices = plan.choices().size();
    choiceSites = new long[choices];
    choiceWeights = new long[choices][];
    choiceTargets = new int[choices][];
    for (int i = 0; i < choices; i++) {
      final Choice choice = plan.choices().get(i);
      choiceSites[i] = choice.site();
      choiceWeights[i] = WeightedChoice.cumulative(choice.weights());
      choiceTargets[i] = new int[choice.targets().length()];
      for (int j = 0; j < choiceTargets[i].length; j++) {
        choiceTargets[i][j] = Math.toIntExact(choice.targets().get(j));
      }
    }
    thinks =
        plan.thinks().stream()
            .map(think -> new DurationSampler(think.site(), think.duration()))
            .toArray(DurationSampler[]::new);
    intervals =
        plan.flow().paces().stream()
            .map(pace -> new DurationSampler(pace.site(), pace.interval()))
            .toArray(DurationSampler[]::new);
    firstVus =
        plan.scenarios().stream().mapToInt(s -> s.load().vusLast() ? s.firstVu() : NO_VU).toArray();
  }

  /** The option of a choice by its weights. */
  int byWeight(final int vu, final int choice) {
    final long draw = KeyedRandom.draw(table.stream(vu), choiceSites[choice], visits.takeVisit());
    return WeightedChoice.pick(choiceWeights[choice], draw);
  }

  /**
   * The option of a choice that takes one after the other, by identity: over VUs, iterations or
   * arrivals, and visits.
   */
  int inTurn(final int vu, final int choice) {
    final int firstVu = firstVus[table.scenario(vu)];
    final long first = firstVu == NO_VU ? 0 : states.global(vu) - firstVu;
    return Math.floorMod(
        first + table.iteration(vu) + visits.takeVisit(), choiceTargets[choice].length);
  }

  /** Where an option begins. */
  int target(final int choice, final int option) {
    return choiceTargets[choice][option];
  }

  /** How long a think instruction pauses. */
  long thinkNs(final int vu, final int think) {
    return thinks[think].sampleNs(table.stream(vu), visits.takeVisit());
  }

  /** How long after the last pace a pace instruction goes on. */
  long intervalNs(final int vu, final int pace) {
    return intervals[pace].sampleNs(table.stream(vu), visits.takeVisit());
  }

  /** The pause after so many failed tries. */
  long backoffNs(final Flow.Retry retry, final int vu, final long failed) {
    double pauseNs = retry.initialNs();
    for (long i = 1; i < failed && pauseNs < retry.maxNs(); i++) {
      pauseNs *= retry.factor();
    }
    final long boundedNs = Math.min((long) pauseNs, retry.maxNs());
    final long drawn = visits.takeVisit();
    return retry.jitter()
        ? KeyedRandom.below(KeyedRandom.draw(table.stream(vu), retry.site(), drawn), boundedNs + 1)
        : boundedNs;
  }
}
