package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.read.DecimalType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.read.VariantType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Distributions of durations. */
final class Distributions {
  static final long MAX_NS = 24 * 3_600_000_000_000L;
  static final int MAX_VALUES = 100_000;
  static final int MAX_WEIGHT = 1_000_000_000;

  private static final UnitType DURATION = UnitType.duration(0, MAX_NS);

  private static final Key<Long> VALUE = Key.required("value", DURATION, "always this");
  private static final Key<Long> MIN = Key.required("min", DURATION, "least value");
  private static final Key<Long> MAX = Key.required("max", DURATION, "largest value");
  private static final Key<Long> MEAN = Key.required("mean", DURATION, "mean");
  private static final Key<Long> STD_DEV =
      Key.required("std_dev", DURATION, "standard deviation; values below zero become zero");
  private static final Key<Long> MEDIAN = Key.required("median", DURATION, "median");
  private static final Key<BigDecimal> SIGMA =
      Key.required(
          "sigma",
          new DecimalType("a number", BigDecimal.ZERO, BigDecimal.TEN),
          "standard deviation of the logarithm");
  private static final Key<List<Long>> VALUES =
      Key.required("values", new ListType<>("values", DURATION, MAX_VALUES), "one of these");
  private static final Key<List<Long>> WEIGHTS =
      Key.optional(
          "weights",
          new ListType<>("weights", new IntegerType("a weight", 1, MAX_WEIGHT), MAX_VALUES),
          "how often each value, relative to the others; all the same by default");

  /** Either a duration, which stands for a constant, or a map that names its distribution. */
  static final Type<Distribution> TYPE =
      new VariantType<Distribution>(
          "a distribution: a duration such as 20ms, or a map",
          "distribution",
          variants(),
          Optional.of(new MappedType<Long, Distribution>(DURATION, Distribution.Constant::new)));

  private Distributions() {}

  private static Map<String, ObjectType<? extends Distribution>> variants() {
    final Map<String, ObjectType<? extends Distribution>> variants = new LinkedHashMap<>();
    variants.put(
        "constant",
        new ObjectType<>(
            "a constant", List.of(VALUE), v -> new Distribution.Constant(v.get(VALUE))));
    variants.put(
        "uniform",
        new ObjectType<>(
            "a uniform distribution",
            List.of(MIN, MAX),
            List.of(new Rule(List.of(MIN, MAX), Distributions::minIsLess)),
            v -> new Distribution.Uniform(v.get(MIN), v.get(MAX))));
    variants.put(
        "normal",
        new ObjectType<>(
            "a normal distribution",
            List.of(MEAN, STD_DEV),
            v -> new Distribution.Normal(v.get(MEAN), v.get(STD_DEV))));
    variants.put(
        "exponential",
        new ObjectType<>(
            "an exponential distribution",
            List.of(MEAN),
            v -> new Distribution.Exponential(v.get(MEAN))));
    variants.put(
        "lognormal",
        new ObjectType<>(
            "a lognormal distribution",
            List.of(MEDIAN, SIGMA),
            v -> new Distribution.LogNormal(v.get(MEDIAN), v.get(SIGMA).doubleValue() + 0.0)));
    variants.put(
        "empirical",
        new ObjectType<>(
            "an empirical distribution",
            List.of(VALUES, WEIGHTS),
            List.of(new Rule(List.of(VALUES, WEIGHTS), Distributions::weightsFit)),
            Distributions::empirical));
    return variants;
  }

  private static boolean minIsLess(final Values v) {
    if (v.get(MIN) > v.get(MAX)) {
      v.in()
          .conflict(
              v.offset(MIN),
              "`min` is larger than `max`",
              UnitType.durationText(v.get(MIN)) + " > " + UnitType.durationText(v.get(MAX)));
      return false;
    }
    return true;
  }

  private static boolean weightsFit(final Values v) {
    final int values = v.get(VALUES).size();
    if (v.has(WEIGHTS) && v.get(WEIGHTS).size() != values) {
      v.in()
          .conflict(
              v.offset(WEIGHTS),
              "there are " + values + " values but " + v.get(WEIGHTS).size() + " weights");
      return false;
    }
    return true;
  }

  private static Distribution empirical(final Values v) {
    final long[] values = v.get(VALUES).stream().mapToLong(Long::longValue).toArray();
    if (!v.has(WEIGHTS)) {
      final long[] same = new long[values.length];
      Arrays.fill(same, 1);
      return new Distribution.Empirical(LongArray.of(values), LongArray.of(same));
    }
    final long[] weights = v.get(WEIGHTS).stream().mapToLong(Long::longValue).toArray();
    return new Distribution.Empirical(LongArray.of(values), LongArray.of(weights));
  }

  /** The mean in nanoseconds; for a normal distribution without regard to the cut at zero. */
  static double meanNs(final Distribution distribution) {
    if (distribution instanceof Distribution.Constant d) {
      return d.valueNs();
    }
    if (distribution instanceof Distribution.Uniform d) {
      return (d.minNs() + d.maxNs()) / 2.0;
    }
    if (distribution instanceof Distribution.Normal d) {
      return d.meanNs();
    }
    if (distribution instanceof Distribution.LogNormal d) {
      return d.medianNs() * StrictMath.exp(d.sigma() * d.sigma() / 2);
    }
    if (distribution instanceof Distribution.Exponential d) {
      return d.meanNs();
    }
    final Distribution.Empirical d = (Distribution.Empirical) distribution;
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < d.valuesNs().length(); i++) {
      sum += (double) d.valuesNs().get(i) * d.weights().get(i);
      weights += d.weights().get(i);
    }
    return sum / weights;
  }
}
