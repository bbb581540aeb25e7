package io.lockstep.engine.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.HostProbe;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens before a run's clock starts is in no figure, and by no clock of the run. */
final class StartGateTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int SHARDS = 2;

  /** So long the first shard alone is busy before the start. */
  private static final long BUSY_NS = 400_000_000;

  private final Busy[] transports = new Busy[SHARDS];

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldPollNothingBeforeTheClockStartsAndNeverTurnItBack(final Threading threading) {
    run(threading, SetupResult.NONE);
    for (final Busy transport : transports) {
      assertTrue(transport.polls > 0);
      assertEquals(0, transport.longestBeforeNs, "the clock ran before the start");
      assertTrue(transport.firstPollNs < BUSY_NS / 2, "first poll at " + transport.firstPollNs);
      assertEquals(0, transport.turnedBack);
    }
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldCountNothingThatWasUsedBeforeTheStart(final Threading threading) {
    final MetricsTracker metrics = run(threading, SetupResult.NONE).metrics();
    final Resources used = metrics.samples().resources();
    assertTrue(used.wallNs() < BUSY_NS / 2, "took " + used.wallNs());
    assertTrue(used.busiestCpuNs() < BUSY_NS / 2, used::toString);
    final int threads = threading == Threading.SHARED ? 1 : 2;
    assertEquals(SHARDS * threads, metrics.samples().threads().size());
    for (final ThreadUse use : metrics.samples().threads()) {
      assertTrue(use.cpuNs() < BUSY_NS / 2, use::toString);
    }
    assertNotNull(metrics.samples().generator());
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldDoNothingAheadOfALoadThatDoesNotBegin(final Threading threading) {
    final RunResult result = run(threading, new SetupResult(List.of(), false));
    for (final Busy transport : transports) {
      assertEquals(1, transport.prepared);
      assertTrue(transport.enough);
    }
    assertNull(result.metrics().samples().resources());
    assertEquals(List.of(), result.metrics().samples().threads());
  }

  private RunResult run(final Threading threading, final SetupResult setup) {
    final Runner runner =
        new Runner(
            new RunContext(
                Plans.of(Group.duration("a", 2, 50).graceful(1)),
                TransportKind.NETWORK,
                new RunOptions(SHARDS, threading, Idle.BACKOFF, List.of(), 0),
                Thread::new,
                (shard, clock) -> transports[shard] = new Busy(clock, shard == 0 ? BUSY_NS : 0),
                shard ->
                    ShardJournal.inline(
                        new InlineBlockSink("origin", shard, new DiscardingStore())),
                Surroundings.NONE,
                setup,
                HostProbe.NONE));
    return assertTimeoutPreemptively(BOUND, runner::run);
  }

  /** Computes before the start, then answers nothing. */
  private static final class Busy implements Transport {
    private final Clock clock;
    private final long busyNs;
    private long fromNs;
    private int prepared;
    private boolean enough;
    private long longestBeforeNs;
    private long firstPollNs;
    private long lastPollNs;
    private int polls;
    private int turnedBack;

    Busy(final Clock clock, final long busyNs) {
      this.clock = clock;
      this.busyNs = busyNs;
    }

    @Override
    public boolean prepare(final long nowNs, final boolean newEnough) {
      if (prepared++ == 0) {
        fromNs = nowNs;
      }
      enough = newEnough;
      longestBeforeNs = Math.max(longestBeforeNs, clock.nanoTime());
      return enough || nowNs - fromNs >= busyNs;
    }

    @Override
    public int poll(final long tick, final CompletionHandler handler, final int limit) {
      final long nowNs = clock.nanoTime();
      if (polls++ == 0) {
        firstPollNs = nowNs;
      }
      turnedBack += nowNs < lastPollNs ? 1 : 0;
      lastPollNs = nowNs;
      return 0;
    }

    @Override
    public void send(
        final int vu,
        final int request,
        final int requestSeq,
        final long streamKey,
        final long tick,
        final long intendedNs,
        final RenderedRequest rendered) {
      // Never answered.
    }

    @Override
    public void cancel(final int vu, final int requestSeq) {
      // Nothing was sent.
    }

    @Override
    public long nextTick() {
      return NULL_TICK;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
