package io.lockstep.scenario.language;

import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.model.ScenarioTiming.Throttle;
import io.lockstep.scenario.read.DecimalType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** When a scenario runs and what slows it down: keys of a scenario beside its load. */
final class Timings {
  static final String AFTER_KEY = "after";

  private static final long MAX_REQUESTS_PER_SECOND = 1_000_000_000;
  private static final BigDecimal SECOND_NS = BigDecimal.valueOf(1_000_000_000L);

  private static final Key<Long> START_TIME =
      Key.optional(
          "start_time",
          UnitType.duration(0, LoadKeys.MAX_DURATION_NS),
          0L,
          "0s",
          "when it starts, from the start of the run or from the end of `after`");
  private static final Key<String> AFTER =
      Key.optional(
          AFTER_KEY,
          new TextType("the name of a scenario", false, name -> Optional.empty()),
          "it starts in the tick after that scenario's planned end, its graceful stop included");
  private static final Key<Long> WARMUP =
      Key.optional(
          "warmup",
          UnitType.duration(0, LoadKeys.MAX_DURATION_NS),
          0L,
          "0s",
          "how much of its beginning is no part of the results");
  private static final Key<BigDecimal> ITERATIONS_PER_SECOND =
      Key.required(
          "iterations_per_second",
          new DecimalType("a rate", new BigDecimal("0.000001"), new BigDecimal("1000000")),
          "how many iterations a VU starts in a second at most");
  private static final Key<Long> PACING =
      Key.optional(
          "pacing",
          new ObjectType<>(
              "a pacing",
              List.of(ITERATIONS_PER_SECOND),
              v ->
                  SECOND_NS
                      .divide(v.get(ITERATIONS_PER_SECOND), 0, RoundingMode.UP)
                      .longValueExact()),
          "how often each VU starts an iteration; not for loads whose iterations arrive");
  private static final Key<Long> REQUESTS_PER_SECOND =
      Key.required(
          "requests_per_second",
          new IntegerType("a number of requests", 1, MAX_REQUESTS_PER_SECOND),
          "how many requests the scenario sends in a second at most");
  private static final Key<Long> BURST =
      Key.optional(
          "burst",
          new IntegerType("a number of requests", 1, MAX_REQUESTS_PER_SECOND),
          1L,
          "1",
          "how many it can send at once after a pause");
  private static final Key<Throttle> THROTTLE =
      Key.optional(
          "throttle",
          new ObjectType<>(
              "a throttle",
              List.of(REQUESTS_PER_SECOND, BURST),
              v -> new Throttle(v.get(REQUESTS_PER_SECOND), v.get(BURST))),
          "a limit on the requests of all its VUs together; what is above it waits");

  static final List<Key<?>> KEYS = List.of(START_TIME, AFTER, WARMUP, PACING, THROTTLE);

  private Timings() {}

  /** Rules over these keys and the load. */
  static List<Rule> rules(final Key<LoadProfile> load) {
    return List.of(
        new Rule(List.of(load, PACING), v -> paceIsTheVus(v, load)),
        new Rule(List.of(load, WARMUP), v -> somethingIsLeft(v, load)));
  }

  static ScenarioTiming timing(final Values v) {
    return new ScenarioTiming(
        v.get(START_TIME),
        Optional.ofNullable(v.get(AFTER)),
        v.get(WARMUP),
        v.has(PACING) ? v.get(PACING) : 0,
        Optional.ofNullable(v.get(THROTTLE)));
  }

  /** Whether something keeps VUs from asking as fast as they are answered. */
  static boolean slow(final Values v) {
    return v.has(PACING) || v.has(THROTTLE);
  }

  private static boolean paceIsTheVus(final Values v, final Key<LoadProfile> load) {
    if (v.has(PACING) && v.get(load).isOpen()) {
      v.in()
          .conflict(
              v.offset(PACING),
              "`pacing` is for loads whose VUs start their own iterations; here they arrive",
              "the rate of the load says how often iterations start");
      return false;
    }
    return true;
  }

  private static boolean somethingIsLeft(final Values v, final Key<LoadProfile> load) {
    final long planNs = v.get(load).planNs().orElse(Long.MAX_VALUE);
    if (v.get(WARMUP) >= planNs) {
      v.in()
          .conflict(
              v.offset(WARMUP),
              "the warm-up lasts as long as the load: nothing would be measured",
              "the load lasts " + UnitType.durationText(planNs));
      return false;
    }
    return true;
  }
}
