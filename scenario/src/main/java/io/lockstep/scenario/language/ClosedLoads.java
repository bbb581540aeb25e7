package io.lockstep.scenario.language;

import static io.lockstep.scenario.language.LoadKeys.DURATION;
import static io.lockstep.scenario.language.LoadKeys.GRACEFUL_STOP;
import static io.lockstep.scenario.language.LoadKeys.MAX_DURATION;
import static io.lockstep.scenario.language.LoadKeys.VUS;

import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadProfile.Stage;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Values;
import java.util.List;

/** Executors of the closed model: VUs start their own iterations. */
final class ClosedLoads {
  private static final Key<Long> ITERATIONS =
      Key.required(
          "iterations",
          new IntegerType("a number of iterations", 1, LoadKeys.MAX_ITERATIONS),
          "how many iterations each VU runs");
  private static final Key<Long> SHARED_ITERATIONS =
      Key.required(
          "iterations",
          new IntegerType("a number of iterations", 1, LoadKeys.MAX_ITERATIONS),
          "how many iterations the VUs run together");
  private static final Key<Long> START_VUS =
      Key.optional("start_vus", LoadKeys.SOME_VUS_TYPE, 1L, "1", "how many VUs there are at first");
  private static final Key<List<Stage>> STAGES =
      LoadKeys.stages(LoadKeys.SOME_VUS_TYPE, "how many VUs, or arrivals, there are at its end");
  private static final Key<Long> GRACEFUL_RAMP_DOWN =
      Key.optional(
          "graceful_ramp_down",
          LoadKeys.GRACE_TYPE,
          30_000_000_000L,
          "30s",
          "how long a VU that is not wanted any more may go on with its iteration");

  static final ObjectType<LoadProfile> CONSTANT =
      new ObjectType<>(
          "a constant-vus load",
          List.of(VUS, DURATION, GRACEFUL_STOP),
          v ->
              new LoadProfile.ConstantVus(
                  v.get(VUS).intValue(), v.get(DURATION), v.get(GRACEFUL_STOP)));

  static final ObjectType<LoadProfile> RAMPING =
      new ObjectType<>(
          "a ramping-vus load",
          List.of(START_VUS, STAGES, GRACEFUL_RAMP_DOWN, GRACEFUL_STOP),
          List.of(
              new Rule(List.of(STAGES), v -> LoadKeys.stagesLast(v, STAGES)),
              new Rule(List.of(START_VUS, STAGES), ClosedLoads::someVuIsWanted)),
          v ->
              new LoadProfile.RampingVus(
                  v.get(START_VUS).intValue(),
                  v.get(STAGES),
                  v.get(GRACEFUL_RAMP_DOWN),
                  v.get(GRACEFUL_STOP)));

  static final ObjectType<LoadProfile> PER_VU =
      new ObjectType<>(
          "a per-vu-iterations load",
          List.of(VUS, ITERATIONS, MAX_DURATION, GRACEFUL_STOP),
          v ->
              new LoadProfile.PerVuIterations(
                  v.get(VUS).intValue(),
                  v.get(ITERATIONS),
                  LoadKeys.maxDuration(v),
                  v.get(GRACEFUL_STOP)));

  static final ObjectType<LoadProfile> SHARED =
      new ObjectType<>(
          "a shared-iterations load",
          List.of(VUS, SHARED_ITERATIONS, MAX_DURATION, GRACEFUL_STOP),
          v ->
              new LoadProfile.SharedIterations(
                  v.get(VUS).intValue(),
                  v.get(SHARED_ITERATIONS),
                  LoadKeys.maxDuration(v),
                  v.get(GRACEFUL_STOP)));

  private ClosedLoads() {}

  private static boolean someVuIsWanted(final Values v) {
    final boolean some =
        v.get(START_VUS) > 0 || v.get(STAGES).stream().anyMatch(stage -> stage.target() > 0);
    if (!some) {
      v.in()
          .conflict(
              v.offset(STAGES), "no stage and no `start_vus` wants a VU: nothing would happen");
    }
    return some;
  }
}
