package io.lockstep.engine.core.schedule;

import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * What a plan will do over time, without running it: how many VUs take part and how many iterations
 * arrive. Everything here is fixed by plan and seed; what responses decide (how many iterations a
 * closed model makes, where a capacity search ends) is not, and is said to be open.
 *
 * @param intervalNs length of each interval
 * @param endNs end of the last scenario's schedule, without graceful stops; of those that have one
 * @param scenarios in the order of the plan
 */
public record LoadOutline(long intervalNs, long endNs, List<Row> scenarios) {
  /** So many Poisson arrivals are looked at one by one; of more, the expected number is told. */
  private static final long MAX_WALKED = 2_000_000;

  public LoadOutline {
    scenarios = List.copyOf(scenarios);
  }

  /** How certain a number of arrivals is. */
  public enum Certainty {
    /** So many, whatever happens. */
    EXACT,
    /** So many in the mean: a Poisson process with too many arrivals to look at each. */
    EXPECTED,
    /** So many at most: an objective or the end of a time can cut it off. */
    AT_MOST,
    /** Responses or an operator decide. */
    OPEN
  }

  /**
   * A scenario.
   *
   * @param index in the plan
   * @param name in the plan
   * @param startNs when it starts
   * @param stopNs when nothing starts any more, {@link Load#UNLIMITED} if only work decides
   * @param endNs when what is left is interrupted, {@link Load#UNLIMITED} if never
   * @param vus how many take part at the start of each interval; in the open model, how many can
   * @param arrivals that are due in each interval; empty in a closed model
   * @param totalArrivals of the whole schedule, or shared iterations; {@link Load#UNLIMITED} if
   *     open
   * @param certainty of the arrivals
   */
  public record Row(
      int index,
      String name,
      long startNs,
      long stopNs,
      long endNs,
      LongArray vus,
      LongArray arrivals,
      long totalArrivals,
      Certainty certainty) {}

  /**
   * The outline of a plan.
   *
   * @param intervals how many to divide the time into, at least 1; an interval is a whole number of
   *     ticks, so the last may reach beyond the end
   */
  public static LoadOutline of(final Plan plan, final int intervals) {
    if (intervals < 1) {
      throw new IllegalArgumentException("an outline needs an interval, got " + intervals);
    }
    long endTicks = 1;
    for (final ScenarioPlan scenario : plan.scenarios()) {
      final long duration = scenario.load().durationTicks();
      endTicks =
          Math.max(
              endTicks,
              scenario.timing().startTicks() + (duration == Load.UNLIMITED ? 1 : duration));
    }
    final long intervalTicks = (endTicks - 1) / intervals + 1;
    final List<Row> rows = new ArrayList<>();
    for (final ScenarioPlan scenario : plan.scenarios()) {
      rows.add(new Outliner(plan, scenario, intervalTicks, intervals).row());
    }
    return new LoadOutline(intervalTicks * plan.tickNs(), endTicks * plan.tickNs(), rows);
  }

  /** Makes the row of one scenario. */
  private static final class Outliner {
    private final ScenarioPlan scenario;
    private final Load load;
    private final long seed;
    private final long tickNs;
    private final long intervalTicks;
    private final int intervals;
    private final long startTicks;

    Outliner(
        final Plan plan,
        final ScenarioPlan scenario,
        final long intervalTicks,
        final int intervals) {
      this.scenario = scenario;
      load = scenario.load();
      seed = plan.seed();
      tickNs = plan.tickNs();
      this.intervalTicks = intervalTicks;
      this.intervals = intervals;
      startTicks = scenario.timing().startTicks();
    }

    Row row() {
      final long[] vus = new long[intervals];
      for (int i = 0; i < intervals; i++) {
        vus[i] = plannedVus(i * intervalTicks - startTicks);
      }
      final boolean planned = load.isOpen() && !(load instanceof Load.Controlled);
      final RateProfile profile = planned ? RateProfile.of(load, tickNs) : null;
      final long owed = planned ? profile.owedBefore(profile.endNs()) : otherTotal();
      final Certainty certainty = certainty(owed);
      final LongArray arrivals = planned ? arrivals(profile, certainty) : LongArray.of();
      return new Row(
          scenario.index(),
          scenario.name(),
          startTicks * tickNs,
          load.durationTicks() == Load.UNLIMITED
              ? Load.UNLIMITED
              : (startTicks + load.durationTicks()) * tickNs,
          scenario.endTick() == Load.UNLIMITED ? Load.UNLIMITED : scenario.endTick() * tickNs,
          LongArray.of(vus),
          arrivals,
          certainty == Certainty.EXACT && planned ? sum(arrivals) : owed,
          certainty);
    }

    private long plannedVus(final long sinceStart) {
      if (sinceStart < 0 || sinceStart >= load.durationTicks()) {
        return 0;
      }
      if (load instanceof Load.RampingVus ramp) {
        return VuSchedule.plannedVus(ramp, sinceStart);
      }
      return load instanceof Load.Controlled controlled ? controlled.startVus() : scenario.vus();
    }

    /** Of loads without a schedule of arrivals. */
    private long otherTotal() {
      if (load instanceof Load.SharedIterations shared) {
        return shared.iterations();
      }
      return load instanceof Load.Closed closed && closed.iterations() != Load.UNLIMITED
          ? closed.iterations() * scenario.vus()
          : Load.UNLIMITED;
    }

    private Certainty certainty(final long owed) {
      if (owed == Load.UNLIMITED) {
        return Certainty.OPEN;
      }
      if (load instanceof Load.Capacity || (!load.isOpen() && isBounded())) {
        return Certainty.AT_MOST;
      }
      return isPoisson() && owed > MAX_WALKED ? Certainty.EXPECTED : Certainty.EXACT;
    }

    private boolean isBounded() {
      return load.durationTicks() != Load.UNLIMITED;
    }

    private boolean isPoisson() {
      final Load.ArrivalProcess poisson = Load.ArrivalProcess.POISSON;
      return (load instanceof Load.Open open && open.process() == poisson)
          || (load instanceof Load.RampingRate ramp && ramp.process() == poisson);
    }

    private LongArray arrivals(final RateProfile profile, final Certainty certainty) {
      return LongArray.of(
          isPoisson() && certainty == Certainty.EXACT ? walked() : counted(profile));
    }

    /** By the integral; exact for evenly spread arrivals, expected for others. */
    private long[] counted(final RateProfile profile) {
      final long[] counts = new long[intervals];
      for (int i = 0; i < intervals; i++) {
        final long fromNs = (i * intervalTicks - startTicks) * tickNs;
        counts[i] =
            profile.owedBefore(Math.min(profile.endNs(), fromNs + intervalTicks * tickNs))
                - profile.owedBefore(Math.min(profile.endNs(), fromNs));
      }
      return counts;
    }

    /** One by one; an arrival counts where its tick begins. */
    private long[] walked() {
      final long[] counts = new long[intervals];
      final long stream = KeyedRandom.scenarioStream(seed, scenario.key());
      final ArrivalSchedule schedule =
          ArrivalSchedule.of(load, tickNs, scenario.startTick(), stream, 0, 1);
      while (schedule.nextTick() != ArrivalSchedule.NULL_TICK) {
        final long sinceRunStart = Math.max(0, schedule.nextTick() - ScenarioPlan.FIRST_TICK - 1);
        counts[(int) Math.min(intervals - 1L, sinceRunStart / intervalTicks)]++;
        schedule.advance();
      }
      return counts;
    }

    private static long sum(final LongArray values) {
      long sum = 0;
      for (int i = 0; i < values.length(); i++) {
        sum += values.get(i);
      }
      return sum;
    }
  }
}
