package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Scenarios;
import io.lockstep.engine.core.agent.RunContext;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.agent.RunResult;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.transport.net.Backend;
import io.lockstep.engine.transport.net.NetworkThreads;
import io.lockstep.engine.transport.net.NetworkTransport;
import io.lockstep.engine.transport.net.Resolution;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.journal.sink.BlockStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.journal.sink.QueuedBlockSink;
import io.lockstep.replay.summary.RunFacts;
import io.lockstep.replay.summary.RunSummary;
import io.lockstep.replay.summary.Validity.Grade;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live runs over a disk that takes its time: a store that holds each block for as long as a slow
 * disk would. The disk itself is the only thing that is not real.
 */
final class SlowJournalTest {
  private static final long SLOW_NS = 40_000_000;

  /** So often are blocks cut, full or not. */
  private static final long FLUSH_NS = 50_000_000;

  @TempDir private Path directory;

  @Test
  void shouldCallARunInvalidWhoseEngineWaitsForItsOwnDisk() throws Exception {
    assertInvalid(
        Threading.SHARED,
        shard -> ShardJournal.inline(new InlineBlockSink("slow", shard, new SlowStore())));
  }

  @Test
  void shouldCallARunInvalidWhoseEngineWaitsForTheJournalsThread() throws Exception {
    assertInvalid(
        Threading.DEDICATED,
        shard ->
            ShardJournal.queued(
                new QueuedBlockSink(
                    "slow",
                    shard,
                    new SlowStore(),
                    2,
                    new YieldingIdleStrategy(),
                    SystemNanoClock.INSTANCE)));
  }

  private void assertInvalid(final Threading threading, final IntFunction<ShardJournal> journals)
      throws Exception {
    final RunSummary summary = run(threading, journals);
    assertEquals(Grade.INVALID, summary.validity().grade(), summary.validity()::toString);
    assertTrue(
        summary.validity().findings().stream()
            .anyMatch(
                finding ->
                    finding.code().equals("journal_stall") && finding.grade() == Grade.INVALID),
        summary.validity()::toString);
  }

  private RunSummary run(final Threading threading, final IntFunction<ShardJournal> journals)
      throws Exception {
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final String text =
          Scenarios.SHOP
              .replace("http://127.0.0.1:8080", target.url())
              .replace("duration: 2s", "duration: 1s");
      final Plan plan = ScenarioFile.load(Scenarios.write(directory, "shop.yaml", text)).plan();
      final Resolution resolution = Resolution.resolve(plan.target());
      final long flushNs = threading == Threading.SHARED ? FLUSH_NS : FLUSH_NS / 10;
      final RunResult result =
          new Runner(
                  new RunContext(
                      plan,
                      TransportKind.NETWORK,
                      new RunOptions(1, threading, Idle.BACKOFF, List.of(), flushNs),
                      NetworkThreads.factory(),
                      (shard, clock) ->
                          NetworkTransport.create(
                              plan, shard, 1, clock, Backend.AUTO.concrete(), resolution),
                      journals))
              .run();
      final RunFacts facts =
          new RunFacts(
              TransportKind.NETWORK,
              result.outcome(),
              result.digest(),
              "",
              1,
              result.events(),
              result.eventBytes());
      return RunSummary.of(plan, facts, result.metrics());
    }
  }

  private static final class SlowStore implements BlockStore {
    @Override
    public void append(final byte[] bytes, final int length) {
      final long until = System.nanoTime() + SLOW_NS;
      while (System.nanoTime() - until < 0) {
        LockSupport.parkNanos(SLOW_NS);
      }
    }

    @Override
    public String close() {
      return "";
    }
  }
}
