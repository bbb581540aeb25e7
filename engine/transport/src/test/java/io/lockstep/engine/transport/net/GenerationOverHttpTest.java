package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.core.agent.RunContext;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.agent.RunResult;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.journal.sink.QueuedBlockSink;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;

/** The whole path, from the plan over real threads and HTTP to the digest. */
class GenerationOverHttpTest {
  private static final int VUS = 7;
  private static final int ITERATIONS = 20;
  private static final long FLUSH_NS = 10_000_000;

  @Test
  void shouldAskTheSameOverHttpWhateverTheBackendShardsAndThreads() throws IOException {
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final Plan plan = plan(target.address().getPort());
      final GenerationDigest expected = run(plan, Threading.SHARED, 1, Backend.NIO).digest();
      int runs = 1;
      for (final Backend backend : Backends.available()) {
        for (final Threading threading : Threading.values()) {
          for (final int shards : new int[] {1, 2}) {
            final RunResult result = run(plan, threading, shards, backend);
            assertEquals(
                expected, result.digest(), () -> backend + " " + threading + ", shards: " + shards);
            assertEquals(VUS * ITERATIONS, result.metrics().counts().responses());
            runs++;
          }
        }
      }
      assertEquals((long) runs * VUS * ITERATIONS, target.requests());
    }
  }

  private static RunResult run(
      final Plan plan, final Threading threading, final int shards, final Backend backend) {
    final Resolution resolution = Resolution.resolve(plan.target());
    final RunOptions options = new RunOptions(shards, threading, Idle.BACKOFF, List.of(), FLUSH_NS);
    return new Runner(
            new RunContext(
                plan,
                TransportKind.NETWORK,
                options,
                NetworkThreads.factory(),
                (shard, clock) ->
                    NetworkTransport.create(plan, shard, shards, clock, backend, resolution),
                shard -> journal(threading, shard)))
        .run();
  }

  private static ShardJournal journal(final Threading threading, final int shard) {
    final DiscardingStore store = new DiscardingStore();
    return threading == Threading.SHARED
        ? ShardJournal.inline(new InlineBlockSink("run", shard, store))
        : ShardJournal.queued(
            new QueuedBlockSink(
                "run", shard, store, 4, new YieldingIdleStrategy(), SystemNanoClock.INSTANCE));
  }

  private static Plan plan(final int port) {
    final Plan plan =
        Plans.of(
            Group.iterations("a", VUS, ITERATIONS)
                .asks(Ask.of("x").weight(3), Ask.of("y"))
                .think(new Distribution.Exponential(300_000)));
    return new Plan(
        plan.name(),
        plan.seed(),
        plan.tickNs(),
        new Target(false, "127.0.0.1", port, ""),
        new Connections(Connections.PER_VU, 10_000_000_000L, 8 * 1024, 1 << 20),
        plan.scenarios(),
        plan.requests(),
        plan.program(),
        plan.choices(),
        plan.thinks(),
        plan.simulation(),
        plan.digest());
  }
}
