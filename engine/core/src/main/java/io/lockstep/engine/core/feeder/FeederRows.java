package io.lockstep.engine.core.feeder;

import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.FeederPlan.Mode;
import io.lockstep.scenario.plan.FeederPlan.Per;
import io.lockstep.scenario.plan.ScenarioPlan;

/**
 * Which row of a feeder an iteration of one scenario gets. Immutable; a pure function of plan, seed
 * and identity.
 *
 * <p>Each identity has a number. In a closed model that of iteration i of VU v is {@code i * vus +
 * v}, so that no two have the same, whatever the order in which they run; with {@code per: vu} it
 * is v. In open models and with shared iterations it is the index of the arrival or iteration, each
 * of which is a user of its own, so {@code per} makes no difference there. Sequential takes the row
 * of that number; shuffle permutes each pass over the rows with a key of its own; unique deals the
 * rows out to the scenarios that use the feeder, number by number. Random draws from the stream of
 * the identity and needs no number, so that another VU shifts no draw.
 */
public final class FeederRows {
  /** There is no row left for this identity: its VU is to end. */
  public static final long STOP_VU = -1;

  /** There is no row left for this identity: the test is to end. */
  public static final long STOP_TEST = -2;

  private static final long ONLY_DRAW = 0;

  private final FeederPlan feeder;
  private final long rows;
  private final long vus;
  private final long stream;
  private final RowPermutation permutation;

  /** How many scenarios share the rows, and which of them this is. */
  private final long lanes;

  private final long lane;

  private FeederRows(final FeederPlan feeder, final ScenarioPlan scenario, final long seed) {
    this.feeder = feeder;
    rows = feeder.rows();
    vus = scenario.vus();
    stream = KeyedRandom.scenarioStream(seed, scenario.key());
    permutation = new RowPermutation(rows);
    final boolean shared = feeder.mode() == Mode.UNIQUE;
    lanes = shared ? feeder.scenarios().size() : 1;
    lane = shared ? feeder.scenarios().indexOf(scenario.index()) : 0;
    if (lane < 0) {
      throw new IllegalArgumentException(
          "scenario " + scenario.name() + " does not use the feeder " + feeder.name());
    }
  }

  /**
   * The rows of a feeder for a scenario.
   *
   * @param seed of the run
   * @throws IllegalArgumentException if the feeder is unique and the scenario not one of those that
   *     it is for.
   */
  public static FeederRows of(
      final FeederPlan feeder, final ScenarioPlan scenario, final long seed) {
    return new FeederRows(feeder, scenario, seed);
  }

  /**
   * The row of an iteration in a closed model.
   *
   * @param vu counts within the scenario, over all shards
   * @param iteration of this VU
   * @return a row, {@link #STOP_VU} or {@link #STOP_TEST}
   */
  public long ofIteration(final long vu, final long iteration) {
    final boolean perVu = feeder.per() == Per.VU;
    if (feeder.mode() == Mode.RANDOM) {
      final long vuStream = KeyedRandom.vuStream(stream, vu);
      return random(perVu ? vuStream : KeyedRandom.iterationStream(vuStream, iteration));
    }
    // 2^63 iterations would take longer than any run: an overflow is an error of the caller.
    return ofNumber(perVu ? vu : Math.addExact(Math.multiplyExact(iteration, vus), vu));
  }

  /**
   * The row of an arrival, or of a shared iteration.
   *
   * @param index over all shards
   * @return a row, {@link #STOP_VU} or {@link #STOP_TEST}
   */
  public long ofIndex(final long index) {
    return feeder.mode() == Mode.RANDOM
        ? random(KeyedRandom.arrivalStream(stream, index))
        : ofNumber(index);
  }

  private long random(final long identityStream) {
    return KeyedRandom.below(KeyedRandom.draw(identityStream, feeder.site(), ONLY_DRAW), rows);
  }

  private long ofNumber(final long number) {
    final long turn = Math.addExact(Math.multiplyExact(number, lanes), lane);
    final long pass = turn / rows;
    if (pass > 0) {
      switch (feeder.atEnd()) {
        case STOP_VU:
          return STOP_VU;
        case STOP_TEST:
          return STOP_TEST;
        default:
          break;
      }
    }
    final long position = turn % rows;
    return feeder.mode() == Mode.SHUFFLE
        ? permutation.at(KeyedRandom.draw(stream, feeder.site(), pass), position)
        : position;
  }
}
