package io.lockstep.scenario.language;

import io.lockstep.scenario.model.LoadProfile.Stage;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Keys that several executors have, and their limits. */
final class LoadKeys {
  static final long MAX_DURATION_NS = 365 * 24 * 3_600_000_000_000L;
  static final long MAX_GRACEFUL_STOP_NS = 24 * 3_600_000_000_000L;
  static final int MAX_VUS = 100_000_000;
  static final long MAX_ITERATIONS = 1_000_000_000_000L;
  static final long MAX_RATE = 1_000_000_000L;
  static final int MAX_STAGES = 10_000;

  static final String MAX_VUS_KEY = "max_vus";
  static final String STAGES_KEY = "stages";

  static final UnitType DURATION_TYPE = UnitType.duration(1, MAX_DURATION_NS);
  static final IntegerType VUS_TYPE = new IntegerType("a number of VUs", 1, MAX_VUS);
  static final IntegerType SOME_VUS_TYPE = new IntegerType("a number of VUs", 0, MAX_VUS);
  static final IntegerType SOME_RATE_TYPE = new IntegerType("a number of arrivals", 0, MAX_RATE);
  static final IntegerType RATE_TYPE = new IntegerType("a number of arrivals", 1, MAX_RATE);
  static final UnitType GRACE_TYPE = UnitType.duration(0, MAX_GRACEFUL_STOP_NS);

  static final Key<Long> VUS = Key.required("vus", VUS_TYPE, "how many VUs there are");
  static final Key<Long> DURATION =
      Key.required("duration", DURATION_TYPE, "how long iterations start");
  static final Key<Long> MAX_DURATION =
      Key.optional(
          "max_duration", DURATION_TYPE, "after this no iteration starts; no limit by default");
  static final Key<Long> TIME_UNIT =
      Key.optional(
          "time_unit",
          UnitType.duration(1_000_000, Distributions.MAX_NS),
          1_000_000_000L,
          "1s",
          "the period of a rate");
  static final Key<Long> MAX_BUSY_VUS =
      Key.required(
          MAX_VUS_KEY,
          VUS_TYPE,
          "VUs that can be busy at once; an arrival that finds none free is dropped, and counted");
  static final Key<Load.ArrivalProcess> ARRIVALS =
      Key.optional(
          "arrivals",
          new EnumType<>(arrivals()),
          Load.ArrivalProcess.UNIFORM,
          "uniform",
          "evenly spaced, or with exponential gaps");
  static final Key<Long> GRACEFUL_STOP =
      Key.optional(
          "graceful_stop",
          GRACE_TYPE,
          30_000_000_000L,
          "30s",
          "how long running iterations may go on after the end");

  private static final Key<Long> STAGE_DURATION =
      Key.required(
          "duration",
          UnitType.duration(0, MAX_DURATION_NS),
          "how long it takes to get to the target; `0s` is a jump");

  private LoadKeys() {}

  /** The key of a list of stages whose targets are of a type. */
  static Key<List<Stage>> stages(final IntegerType targetType, final String targetDescription) {
    final Key<Long> target = Key.required("target", targetType, targetDescription);
    final ObjectType<Stage> stage =
        new ObjectType<>(
            "a stage",
            List.of(STAGE_DURATION, target),
            v -> new Stage(v.get(STAGE_DURATION), v.get(target)));
    return Key.required(
        STAGES_KEY,
        new ListType<>("stages", stage, MAX_STAGES),
        "the way of the value, one straight line after another");
  }

  /** Whether stages last, together, neither too long nor no time at all. */
  static boolean stagesLast(final Values v, final Key<List<Stage>> stages) {
    double sum = 0;
    for (final Stage stage : v.get(stages)) {
      sum += stage.durationNs();
    }
    if (sum > MAX_DURATION_NS) {
      v.in().conflict(v.offset(stages), "the stages last longer than 365 days (8760h) together");
      return false;
    }
    if (sum == 0) {
      v.in().conflict(v.offset(stages), "the stages have no duration: at least one must take time");
      return false;
    }
    return true;
  }

  static OptionalLong maxDuration(final Values v) {
    return v.has(MAX_DURATION) ? OptionalLong.of(v.get(MAX_DURATION)) : OptionalLong.empty();
  }

  private static Map<String, Load.ArrivalProcess> arrivals() {
    final Map<String, Load.ArrivalProcess> processes = new LinkedHashMap<>();
    processes.put("uniform", Load.ArrivalProcess.UNIFORM);
    processes.put("poisson", Load.ArrivalProcess.POISSON);
    return processes;
  }
}
