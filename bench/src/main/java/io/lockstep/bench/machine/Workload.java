package io.lockstep.bench.machine;

import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.Think;
import java.util.ArrayList;
import java.util.List;

/**
 * The simulated shop of the benches: a closed model in which each VU picks one of three requests by
 * weight, gets an answer after a log-normal latency (one in a thousand is a reset), and thinks for
 * an exponential time. Nothing of it is chosen to be cheap to draw.
 */
final class Workload {
  private static final long MS = 1_000_000L;
  private static final long TICK_NS = 100_000L;
  private static final long TIMEOUT_TICKS = 100_000L;
  private static final long GRACEFUL_STOP_TICKS = 300_000L;
  private static final long SEED = 42;
  private static final long[] WEIGHTS = {70, 20, 10};
  private static final long[] MEDIANS_MS = {5, 12, 40};
  private static final double SIGMA = 0.5;
  private static final double RESETS = 0.001;
  private static final long THINK_MEAN_MS = 1_000;

  private Workload() {}

  /** Said in the report. */
  static String describe() {
    return "each iteration: 1 of 3 requests by weight, log-normal latency, 0.1% resets, exponential think time";
  }

  static Plan plan(final int vus, final long iterations) {
    final int requests = WEIGHTS.length;
    final int think = 1 + 2 * requests;
    final int[] code = new int[2 * (think + 2)];
    final long[] targets = new long[requests];
    put(code, 0, Program.CHOOSE, 0);
    for (int i = 0; i < requests; i++) {
      targets[i] = 1 + 2L * i;
      put(code, 1 + 2 * i, Program.REQUEST, i);
      put(code, 2 + 2 * i, Program.JUMP, think);
    }
    put(code, think, Program.THINK, 0);
    put(code, think + 1, Program.END, 0);
    final ScenarioPlan scenario =
        new ScenarioPlan(
            0,
            "bench",
            Site.of("scenario", "bench"),
            new Load.Closed(Load.UNLIMITED, iterations),
            0,
            0,
            vus,
            GRACEFUL_STOP_TICKS);
    final Distribution pause = new Distribution.Exponential(THINK_MEAN_MS * MS);
    return new Plan(
        "bench",
        SEED,
        TICK_NS,
        null,
        new Connections(Connections.PER_VU, 1_000 * MS, 8_192, 1 << 20),
        List.of(scenario),
        requests(),
        Program.of(code),
        List.of(
            new Choice(Site.of("bench", "choice"), LongArray.of(WEIGHTS), LongArray.of(targets))),
        List.of(new Think(Site.of("bench", "think"), pause)),
        Flow.PLAIN,
        new Simulation(Simulation.UNLIMITED, responses()),
        "be".repeat(32));
  }

  private static void put(final int[] code, final int pc, final int operation, final int argument) {
    code[2 * pc] = operation;
    code[2 * pc + 1] = argument;
  }

  private static List<RequestPlan> requests() {
    final List<RequestPlan> requests = new ArrayList<>();
    for (int i = 0; i < WEIGHTS.length; i++) {
      final String name = "r" + i;
      requests.add(
          new RequestPlan(
              i, 0, name, "GET", "/" + name, List.of(), "", TIMEOUT_TICKS, Site.of("bench", name)));
    }
    return requests;
  }

  private static List<Simulation.Response> responses() {
    final List<Simulation.Response> responses = new ArrayList<>();
    for (int i = 0; i < WEIGHTS.length; i++) {
      responses.add(
          new Simulation.Response(
              Site.of("bench", "r" + i, "latency"),
              new Distribution.LogNormal(MEDIANS_MS[i] * MS, SIGMA),
              Site.of("bench", "r" + i, "error"),
              List.of(new Simulation.ErrorRate(RequestOutcome.RESET, RESETS)),
              200,
              2_048));
    }
    return responses;
  }
}
