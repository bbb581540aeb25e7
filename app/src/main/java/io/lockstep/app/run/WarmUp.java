package io.lockstep.app.run;

import io.lockstep.engine.core.agent.RunContext;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.transport.net.Backend;
import io.lockstep.engine.transport.net.NetworkThreads;
import io.lockstep.engine.transport.net.NetworkTransport;
import io.lockstep.engine.transport.net.Resolution;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import java.io.IOException;

/**
 * Runs the engine for a moment against a socket of this process before a live run begins. Loading
 * classes and compiling the hottest of them takes some hundred milliseconds, which would otherwise
 * be measured as lateness of the first requests. The target is not asked, nothing is recorded.
 */
final class WarmUp {
  private static final String NAME = "warm-up";
  private static final String SCENARIO =
      """
      name: warm-up
      target: http://127.0.0.1
      timeout: 200ms
      scenarios:
        all:
          load: {executor: per-vu-iterations, vus: 4, iterations: 250, max_duration: 400ms, graceful_stop: 0s}
          think: {distribution: uniform, min: 0s, max: 100us}
          requests:
            - {name: a, path: /}
            - {name: b, method: POST, path: /, body: warm}
      """;

  private WarmUp() {}

  /** Takes less than a second, whatever happens. */
  static void run(final Backend backend, final RunOptions options) {
    try (WarmUpServer server = WarmUpServer.start()) {
      final Plan plan =
          ScenarioFile.parse(NAME, SCENARIO)
              .withTarget(new Target(false, server.host(), server.port(), ""));
      final Resolution resolution = Resolution.resolve(plan.target());
      new Runner(
              new RunContext(
                  plan,
                  TransportKind.NETWORK,
                  new RunOptions(
                      1, RunOptions.Threading.SHARED, options.idle(), options.cpus(), 0),
                  NetworkThreads.factory(),
                  (shard, clock) ->
                      NetworkTransport.create(plan, shard, 1, clock, backend, resolution),
                  shard ->
                      ShardJournal.inline(
                          new InlineBlockSink(NAME, shard, new DiscardingStore()))))
          .run();
    } catch (final ScenarioException e) {
      throw new IllegalStateException("the warm-up's own scenario is wrong: " + e.render(), e);
    } catch (final IOException e) {
      // No socket to be had on loopback: then the first requests pay for the warming up, which
      // their lateness shows.
    }
  }
}
