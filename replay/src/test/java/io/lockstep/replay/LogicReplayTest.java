package io.lockstep.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.replay.inspect.EventFilter;
import io.lockstep.replay.inspect.Inspector;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.summary.Counted;
import io.lockstep.replay.summary.Totals;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose flow computes replays to the byte, over any seed and number of shards. */
final class LogicReplayTest {
  private static final String FLOW =
      """
      name: logic
      variables: {region: eu}
      secrets: {key: {env: NONE}}
      headers: {X-Trace: "${hex(16)}", Authorization: "${hmac('sha256', secrets.key, region)}"}
      simulate: {latency: {distribution: exponential, mean: 2ms}, errors: {reset: 0.2}}
      scenarios:
        s:
          load: {executor: constant-vus, vus: 9, duration: 300ms}
          start: [{set: {session: uuid()}}]
          flow:
            - set: {n: 'int(0, 3)', at: now()}
            - request: {name: a, method: POST, path: "/${region}/${n}", body: '${session} ${at} ${date("iso")}'}
            - if: failed || duration > 3
              then: [{log: "slow: ${duration} ${default(error, status)}"}]
            - while: n > 0
              max: 2
              steps: [{request: {name: b, path: "/${counter('b')}"}}, {set: {n: n - 1}}]
            - foreach: '["x", n]'
              as: item
              steps: [{request: {name: c, path: "/c/${item}"}}]
            - parallel: {max: 2}
              requests: [{name: d, path: "/${uuid()}"}, {name: e, path: /e}, {name: f, path: "/${status}"}]
            - set: {x: '1 / int(0, 3)'}
      """;

  @TempDir private Path runs;

  @Test
  void shouldReplayARunWhoseFlowComputes() throws ScenarioException {
    final Plan plan = ScenarioFile.parse("logic.yaml", FLOW);
    for (int seed = 1; seed <= 8; seed++) {
      final Plan seeded = plan.withSeed(seed);
      final SimulatedRun run = SimulatedRun.make(runs, "r" + seed, seeded, 1 + seed % 4, 5);
      final ReplayResult result =
          new Replayer(
                  new ReplayContext(
                      run.directory(), seeded, SimulatedRun.VERSION, 2, System::nanoTime))
              .replay();
      assertEquals(ReplayVerdict.IDENTICAL, result.verdict(), "" + result);
      assertEquals(run.summary(), result.summary());
      final Totals totals = run.summary().totals();
      assertTrue(totals.iterationsFailed() > 0, "failures are part of it");
      assertEquals(
          List.of(new Counted("`1 / int(0, 3)`: division by zero", totals.iterationsFailed())),
          totals.iterationFailures());
    }
  }

  @Test
  void shouldShowWhatAFlowNoted() throws IOException, ScenarioException {
    final Plan plan = ScenarioFile.parse("logic.yaml", FLOW);
    final SimulatedRun run = SimulatedRun.make(runs, "r", plan, 1, 5);
    final StringBuilder out = new StringBuilder();
    new Inspector(run.directory(), plan).events(EventFilter.ALL, false, out);
    assertTrue(out.toString().contains("kind=log text=slow: "), "the log");
    assertTrue(out.toString().contains("kind=failure text=`1 / int(0, 3)`: division by zero"));
  }
}
