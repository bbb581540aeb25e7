package io.lockstep.scenario.language;

import static io.lockstep.scenario.language.LoadKeys.ARRIVALS;
import static io.lockstep.scenario.language.LoadKeys.GRACEFUL_STOP;
import static io.lockstep.scenario.language.LoadKeys.MAX_BUSY_VUS;
import static io.lockstep.scenario.language.LoadKeys.TIME_UNIT;

import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.read.DecimalType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** The executor that looks for the highest rate at which an objective holds. */
final class CapacityLoads {
  static final long MAX_STEPS = 10_000;

  private static final int BILLION_DIGITS = 9;

  private static final Key<Long> P99 =
      Key.optional(
          "p99",
          UnitType.duration(1, Distributions.MAX_NS),
          "at least 99 of 100 response times are no longer");
  private static final Key<BigDecimal> ERROR_RATE =
      Key.optional(
          "error_rate",
          new DecimalType("a share", BigDecimal.ZERO, BigDecimal.ONE),
          "at most this share of the requests fails or has a status of 400 or more");
  private static final ObjectType<Load.Objective> OBJECTIVE =
      new ObjectType<>(
          "a service-level objective",
          List.of(P99, ERROR_RATE),
          List.of(new Rule(List.of(P99, ERROR_RATE), CapacityLoads::saysSomething)),
          v ->
              new Load.Objective(
                  v.has(P99) ? v.get(P99) : Load.UNLIMITED,
                  v.has(ERROR_RATE) ? perBillion(v.get(ERROR_RATE)) : Load.UNLIMITED));

  private static final Key<Long> START_RATE =
      Key.required(
          "start_rate", LoadKeys.RATE_TYPE, "arrivals in each `time_unit` of the first step");
  private static final Key<Long> STEP_RATE =
      Key.required("step_rate", LoadKeys.RATE_TYPE, "how much the rate rises by each step");
  private static final Key<Long> MAX_RATE =
      Key.required("max_rate", LoadKeys.RATE_TYPE, "the rate at which the search ends");
  private static final Key<Long> STEP_DURATION =
      Key.required("step_duration", LoadKeys.DURATION_TYPE, "how long each rate is held");
  private static final Key<Load.Objective> SLO =
      Key.required("slo", OBJECTIVE, "what has to hold in each step");

  static final ObjectType<LoadProfile> TYPE =
      new ObjectType<>(
          "a capacity load",
          List.of(
              START_RATE,
              STEP_RATE,
              MAX_RATE,
              STEP_DURATION,
              TIME_UNIT,
              MAX_BUSY_VUS,
              SLO,
              ARRIVALS,
              GRACEFUL_STOP),
          List.of(
              new Rule(List.of(START_RATE, STEP_RATE, MAX_RATE), CapacityLoads::rises),
              new Rule(
                  List.of(START_RATE, STEP_RATE, MAX_RATE, STEP_DURATION, TIME_UNIT),
                  CapacityLoads::canBeCounted)),
          CapacityLoads::load);

  private CapacityLoads() {}

  private static LoadProfile.Capacity load(final Values v) {
    return new LoadProfile.Capacity(
        v.get(START_RATE),
        v.get(STEP_RATE),
        v.get(MAX_RATE),
        v.get(TIME_UNIT),
        v.get(STEP_DURATION),
        v.get(MAX_BUSY_VUS).intValue(),
        v.get(ARRIVALS),
        v.get(SLO),
        v.get(GRACEFUL_STOP));
  }

  private static long perBillion(final BigDecimal share) {
    return share.movePointRight(BILLION_DIGITS).setScale(0, RoundingMode.DOWN).longValueExact();
  }

  private static boolean saysSomething(final Values v) {
    if (!v.has(P99) && !v.has(ERROR_RATE)) {
      v.in()
          .missing(
              v.offset(),
              "a service-level objective needs `p99`, `error_rate` or both",
              "without either no rate would ever be too high");
      return false;
    }
    return true;
  }

  private static boolean rises(final Values v) {
    if (v.get(MAX_RATE) < v.get(START_RATE)) {
      v.in().conflict(v.offset(MAX_RATE), "`max_rate` is less than `start_rate`");
      return false;
    }
    final long steps = (v.get(MAX_RATE) - v.get(START_RATE)) / v.get(STEP_RATE) + 1;
    if (steps > MAX_STEPS) {
      v.in()
          .conflict(
              v.offset(STEP_RATE), "the search has " + steps + " steps, at most " + MAX_STEPS);
      return false;
    }
    return true;
  }

  private static boolean canBeCounted(final Values v) {
    if (v.get(MAX_RATE) < v.get(START_RATE)) {
      return false; // said already
    }
    final long steps =
        (v.get(MAX_RATE) - v.get(START_RATE) + v.get(STEP_RATE) - 1) / v.get(STEP_RATE) + 1;
    final BigInteger wholeNs =
        BigInteger.valueOf(steps).multiply(BigInteger.valueOf(v.get(STEP_DURATION)));
    if (wholeNs.compareTo(BigInteger.valueOf(LoadKeys.MAX_DURATION_NS)) > 0) {
      v.in().conflict(v.offset(STEP_DURATION), "the steps last longer than 365 days together");
      return false;
    }
    return OpenLoads.canBeCounted(
        wholeNs.multiply(BigInteger.valueOf(v.get(MAX_RATE))), v.get(TIME_UNIT), v, MAX_RATE);
  }
}
