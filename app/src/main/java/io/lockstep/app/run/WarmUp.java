package io.lockstep.app.run;

import io.lockstep.engine.core.agent.RunContext;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import io.lockstep.engine.transport.net.Backend;
import io.lockstep.engine.transport.net.NetworkThreads;
import io.lockstep.engine.transport.net.NetworkTransport;
import io.lockstep.engine.transport.net.Resolution;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.engine.transport.target.TargetTls;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.Tls;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

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

  /** Takes less than a second, whatever happens; with TLS one more. */
  static void run(final Backend backend, final RunOptions options, final Plan asked) {
    try (WarmUpServer server = WarmUpServer.start()) {
      run(backend, options, new Target(false, server.host(), server.port(), ""), Tls.DEFAULT);
      if (asked.target().secure()) {
        secured(backend, options, asked.tls());
      }
    } catch (final ScenarioException e) {
      throw new IllegalStateException("the warm-up's own scenario is wrong: " + e.render(), e);
    } catch (final IOException e) {
      // No socket to be had on loopback: then the first requests pay for the warming up, which
      // their lateness shows.
    }
  }

  private static void secured(final Backend backend, final RunOptions options, final Tls asked)
      throws IOException, ScenarioException {
    final Instant now = Instant.now();
    final IssuedCertificate certificate =
        Authority.selfSigned(NAME, now, now.plusSeconds(60), List.of());
    final TargetTls shown = TargetTls.of(certificate.key(), List.of(certificate.certificate()));
    final Tls any =
        new Tls(
            asked.provider(),
            Tls.Version.TLS_1_2,
            Tls.Version.TLS_1_3,
            List.of(),
            "",
            true,
            asked.resumption(),
            null,
            null);
    try (TargetServer server = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1, shown)) {
      run(backend, options, new Target(true, "127.0.0.1", server.address().getPort(), ""), any);
    }
  }

  private static void run(
      final Backend backend, final RunOptions options, final Target target, final Tls tls)
      throws ScenarioException {
    final Plan parsed = ScenarioFile.parse(NAME, SCENARIO).withTarget(target);
    final Plan plan = parsed.withParts(parsed.parts().with(tls));
    final Resolution resolution = Resolution.resolve(plan.target());
    new Runner(
            new RunContext(
                plan,
                TransportKind.NETWORK,
                new RunOptions(1, RunOptions.Threading.SHARED, options.idle(), options.cpus(), 0),
                NetworkThreads.factory(),
                (shard, clock) ->
                    NetworkTransport.create(plan, shard, 1, clock, backend, resolution),
                shard ->
                    ShardJournal.inline(new InlineBlockSink(NAME, shard, new DiscardingStore()))))
        .run();
  }
}
