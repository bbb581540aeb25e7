package io.lockstep.scenario.language;

import static io.lockstep.scenario.language.LoadKeys.ARRIVALS;
import static io.lockstep.scenario.language.LoadKeys.DURATION;
import static io.lockstep.scenario.language.LoadKeys.GRACEFUL_STOP;
import static io.lockstep.scenario.language.LoadKeys.MAX_BUSY_VUS;
import static io.lockstep.scenario.language.LoadKeys.TIME_UNIT;

import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadProfile.Stage;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Values;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;

/** Executors of the open model, whose iterations arrive, and the one that can be either. */
final class OpenLoads {
  static final long MAX_ARRIVALS = 1_000_000_000_000L;

  /** 106 days: Poisson arrivals are summed in picoseconds, which 64 bits hold no longer. */
  static final long MAX_POISSON_DURATION_NS = 106 * 24 * 3_600_000_000_000L;

  private static final Key<Long> RATE =
      Key.required("rate", LoadKeys.RATE_TYPE, "iterations that start in each `time_unit`");
  private static final Key<Long> RAMP_START_RATE =
      Key.optional(
          "start_rate",
          LoadKeys.SOME_RATE_TYPE,
          0L,
          "0",
          "iterations that start in each `time_unit` at first");
  private static final Key<List<Stage>> STAGES =
      LoadKeys.stages(
          LoadKeys.SOME_RATE_TYPE, "arrivals in each `time_unit`, or VUs, at the stage's end");
  private static final Key<Long> SOME_RATE =
      Key.optional(
          "rate",
          LoadKeys.RATE_TYPE,
          "iterations that arrive in each `time_unit` at first; without it VUs start their own");
  private static final Key<Long> SOME_VUS =
      Key.required("vus", LoadKeys.VUS_TYPE, "how many VUs take part at first");

  private static final String MAX_VUS_INSTEAD =
      "write `max_vus`: all of them are there from the start";

  static final ObjectType<LoadProfile> CONSTANT =
      new ObjectType<LoadProfile>(
              "a constant-arrival-rate load",
              List.of(RATE, TIME_UNIT, DURATION, MAX_BUSY_VUS, ARRIVALS, GRACEFUL_STOP),
              List.of(
                  new Rule(List.of(RATE, TIME_UNIT, DURATION), OpenLoads::constantCanBeCounted),
                  new Rule(List.of(DURATION, ARRIVALS), OpenLoads::poissonLastsNotTooLong),
                  new Rule(List.of(RATE, TIME_UNIT, ARRIVALS), OpenLoads::poissonIsNotTooDense)),
              v ->
                  new LoadProfile.ConstantArrivalRate(
                      v.get(RATE),
                      v.get(TIME_UNIT),
                      v.get(DURATION),
                      v.get(MAX_BUSY_VUS).intValue(),
                      v.get(ARRIVALS),
                      v.get(GRACEFUL_STOP)))
          .instead("preAllocatedVUs", MAX_VUS_INSTEAD)
          .instead("maxVUs", MAX_VUS_INSTEAD);

  static final ObjectType<LoadProfile> RAMPING =
      new ObjectType<LoadProfile>(
              "a ramping-arrival-rate load",
              List.of(RAMP_START_RATE, TIME_UNIT, STAGES, MAX_BUSY_VUS, ARRIVALS, GRACEFUL_STOP),
              List.of(
                  new Rule(List.of(STAGES), v -> LoadKeys.stagesLast(v, STAGES)),
                  new Rule(List.of(RAMP_START_RATE, STAGES), OpenLoads::someArrivalIsOwed),
                  new Rule(
                      List.of(RAMP_START_RATE, TIME_UNIT, STAGES), OpenLoads::rampCanBeCounted)),
              v ->
                  new LoadProfile.RampingArrivalRate(
                      v.get(RAMP_START_RATE),
                      v.get(TIME_UNIT),
                      v.get(STAGES),
                      v.get(MAX_BUSY_VUS).intValue(),
                      v.get(ARRIVALS),
                      v.get(GRACEFUL_STOP)))
          .instead("preAllocatedVUs", MAX_VUS_INSTEAD)
          .instead("maxVUs", MAX_VUS_INSTEAD);

  static final ObjectType<LoadProfile> CONTROLLED =
      new ObjectType<>(
          "an externally-controlled load",
          List.of(SOME_VUS, MAX_BUSY_VUS, SOME_RATE, TIME_UNIT, DURATION, GRACEFUL_STOP),
          List.of(new Rule(List.of(SOME_VUS, MAX_BUSY_VUS), OpenLoads::vusFit)),
          v ->
              new LoadProfile.ExternallyControlled(
                  v.get(SOME_VUS).intValue(),
                  v.get(MAX_BUSY_VUS).intValue(),
                  v.has(SOME_RATE) ? OptionalLong.of(v.get(SOME_RATE)) : OptionalLong.empty(),
                  v.get(TIME_UNIT),
                  v.get(DURATION),
                  v.get(GRACEFUL_STOP)));

  private OpenLoads() {}

  /** Whether arrivals, given as a multiple of {@code timeUnitNs}, are few enough to be counted. */
  static boolean canBeCounted(
      final BigInteger scaled, final long timeUnitNs, final Values v, final Key<?> where) {
    final BigInteger arrivals = scaled.divide(BigInteger.valueOf(timeUnitNs));
    if (arrivals.compareTo(BigInteger.valueOf(MAX_ARRIVALS)) > 0) {
      v.in()
          .conflict(
              v.offset(where),
              "rate and duration make " + arrivals + " arrivals, at most " + MAX_ARRIVALS);
      return false;
    }
    return true;
  }

  private static boolean constantCanBeCounted(final Values v) {
    return canBeCounted(
        BigInteger.valueOf(v.get(RATE)).multiply(BigInteger.valueOf(v.get(DURATION))),
        v.get(TIME_UNIT),
        v,
        RATE);
  }

  private static boolean rampCanBeCounted(final Values v) {
    BigInteger twice = BigInteger.ZERO;
    long rate = v.get(RAMP_START_RATE);
    for (final Stage stage : v.get(STAGES)) {
      final BigInteger sum = BigInteger.valueOf(rate).add(BigInteger.valueOf(stage.target()));
      twice = twice.add(sum.multiply(BigInteger.valueOf(stage.durationNs())));
      rate = stage.target();
    }
    return canBeCounted(twice.shiftRight(1), v.get(TIME_UNIT), v, STAGES);
  }

  private static boolean someArrivalIsOwed(final Values v) {
    if (v.get(STAGES).stream().allMatch(stage -> stage.durationNs() == 0)) {
      return true; // said of the durations
    }
    long rate = v.get(RAMP_START_RATE);
    for (final Stage stage : v.get(STAGES)) {
      if (stage.durationNs() > 0 && (rate > 0 || stage.target() > 0)) {
        return true;
      }
      rate = stage.target();
    }
    v.in().conflict(v.offset(STAGES), "the rate is zero all the time: nothing would arrive");
    return false;
  }

  private static boolean vusFit(final Values v) {
    if (v.get(SOME_VUS) > v.get(MAX_BUSY_VUS)) {
      v.in().conflict(v.offset(SOME_VUS), "`vus` is larger than `max_vus`");
      return false;
    }
    return true;
  }

  private static boolean poissonLastsNotTooLong(final Values v) {
    if (v.get(ARRIVALS) == Load.ArrivalProcess.POISSON
        && v.get(DURATION) > MAX_POISSON_DURATION_NS) {
      v.in()
          .conflict(
              v.offset(DURATION),
              "poisson arrivals can last 106 days (2544h) at most",
              "uniform arrivals can last 365 days");
      return false;
    }
    return true;
  }

  private static boolean poissonIsNotTooDense(final Values v) {
    if (v.get(ARRIVALS) == Load.ArrivalProcess.POISSON && v.get(TIME_UNIT) < v.get(RATE)) {
      v.in()
          .conflict(
              v.offset(RATE),
              "poisson arrivals need a mean gap of 1ns at least, so here a rate of "
                  + v.get(TIME_UNIT)
                  + " at most",
              "uniform arrivals can be denser");
      return false;
    }
    return true;
  }
}
