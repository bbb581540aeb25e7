package io.lockstep.scenario.language;

import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.read.VariantType;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Load profiles, by their executor. */
final class Loads {
  static final long MAX_DURATION_NS = 365 * 24 * 3_600_000_000_000L;
  static final long MAX_GRACEFUL_STOP_NS = 24 * 3_600_000_000_000L;
  static final int MAX_VUS = 100_000_000;
  static final long MAX_ITERATIONS = 1_000_000_000_000L;
  static final long MAX_ARRIVALS = 1_000_000_000_000L;
  static final long MAX_RATE = 1_000_000_000L;

  /** 106 days: Poisson arrivals are summed in picoseconds, which 64 bits hold no longer. */
  static final long MAX_POISSON_DURATION_NS = 106 * 24 * 3_600_000_000_000L;

  static final String MAX_VUS_KEY = "max_vus";

  private static final UnitType DURATION_TYPE = UnitType.duration(1, MAX_DURATION_NS);
  private static final IntegerType VUS_TYPE = new IntegerType("a number of VUs", 1, MAX_VUS);

  private static final Key<Long> VUS = Key.required("vus", VUS_TYPE, "how many VUs there are");
  private static final Key<Long> DURATION =
      Key.required("duration", DURATION_TYPE, "how long iterations start");
  private static final Key<Long> ITERATIONS =
      Key.required(
          "iterations",
          new IntegerType("a number of iterations", 1, MAX_ITERATIONS),
          "how many iterations each VU runs");
  private static final Key<Long> MAX_DURATION =
      Key.optional(
          "max_duration", DURATION_TYPE, "after this no iteration starts; no limit by default");
  private static final Key<Long> RATE =
      Key.required(
          "rate",
          new IntegerType("a number of arrivals", 1, MAX_RATE),
          "iterations that start in each `time_unit`");
  private static final Key<Long> TIME_UNIT =
      Key.optional(
          "time_unit",
          UnitType.duration(1_000_000, Distributions.MAX_NS),
          1_000_000_000L,
          "1s",
          "the period of `rate`");
  private static final Key<Long> MAX_BUSY_VUS =
      Key.required(
          MAX_VUS_KEY,
          VUS_TYPE,
          "VUs that can be busy at once; an arrival that finds none free is dropped, and counted");
  private static final Key<Load.ArrivalProcess> ARRIVALS =
      Key.optional(
          "arrivals",
          new EnumType<>(arrivals()),
          Load.ArrivalProcess.UNIFORM,
          "uniform",
          "evenly spaced, or with exponential gaps");
  private static final Key<Long> GRACEFUL_STOP =
      Key.optional(
          "graceful_stop",
          UnitType.duration(0, MAX_GRACEFUL_STOP_NS),
          30_000_000_000L,
          "30s",
          "how long running iterations may go on after the end");

  static final Type<LoadProfile> TYPE =
      new VariantType<LoadProfile>("a load", "executor", variants(), Optional.empty());

  private Loads() {}

  private static Map<String, Load.ArrivalProcess> arrivals() {
    final Map<String, Load.ArrivalProcess> processes = new LinkedHashMap<>();
    processes.put("uniform", Load.ArrivalProcess.UNIFORM);
    processes.put("poisson", Load.ArrivalProcess.POISSON);
    return processes;
  }

  private static Map<String, ObjectType<? extends LoadProfile>> variants() {
    final Map<String, ObjectType<? extends LoadProfile>> variants = new LinkedHashMap<>();
    variants.put(
        "constant-vus",
        new ObjectType<>(
            "a constant-vus load",
            List.of(VUS, DURATION, GRACEFUL_STOP),
            v ->
                new LoadProfile.ConstantVus(
                    v.get(VUS).intValue(), v.get(DURATION), v.get(GRACEFUL_STOP))));
    variants.put(
        "per-vu-iterations",
        new ObjectType<>(
            "a per-vu-iterations load",
            List.of(VUS, ITERATIONS, MAX_DURATION, GRACEFUL_STOP),
            v ->
                new LoadProfile.PerVuIterations(
                    v.get(VUS).intValue(),
                    v.get(ITERATIONS),
                    v.has(MAX_DURATION)
                        ? OptionalLong.of(v.get(MAX_DURATION))
                        : OptionalLong.empty(),
                    v.get(GRACEFUL_STOP))));
    variants.put(
        "constant-arrival-rate",
        new ObjectType<>(
            "a constant-arrival-rate load",
            List.of(RATE, TIME_UNIT, DURATION, MAX_BUSY_VUS, ARRIVALS, GRACEFUL_STOP),
            List.of(
                new Rule(List.of(RATE, TIME_UNIT, DURATION), Loads::arrivalsCanBeCounted),
                new Rule(List.of(DURATION, ARRIVALS), Loads::poissonLastsNotTooLong),
                new Rule(List.of(RATE, TIME_UNIT, ARRIVALS), Loads::poissonIsNotTooDense)),
            Loads::arrivalRate));
    return variants;
  }

  private static boolean arrivalsCanBeCounted(final Values v) {
    final BigInteger arrivals =
        BigInteger.valueOf(v.get(RATE))
            .multiply(BigInteger.valueOf(v.get(DURATION)))
            .divide(BigInteger.valueOf(v.get(TIME_UNIT)));
    if (arrivals.compareTo(BigInteger.valueOf(MAX_ARRIVALS)) > 0) {
      v.in()
          .conflict(
              v.offset(RATE),
              "rate and duration make " + arrivals + " arrivals, at most " + MAX_ARRIVALS);
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

  private static LoadProfile arrivalRate(final Values v) {
    return new LoadProfile.ConstantArrivalRate(
        v.get(RATE),
        v.get(TIME_UNIT),
        v.get(DURATION),
        v.get(MAX_BUSY_VUS).intValue(),
        v.get(ARRIVALS),
        v.get(GRACEFUL_STOP));
  }
}
