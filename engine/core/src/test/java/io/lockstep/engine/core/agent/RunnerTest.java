package io.lockstep.engine.core.agent;

import static io.lockstep.engine.core.testing.Plans.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.agent.RunContext.TransportFactory;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.testing.EchoTransport;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.Recording;
import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.sink.BlockStore;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.journal.sink.QueuedBlockSink;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real threads and real time against a target in memory. Whatever happens, all threads end. */
final class RunnerTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final long FLUSH_NS = 10_000_000;

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Thread> watchers = new CopyOnWriteArrayList<>();

  @AfterEach
  void shouldLeaveNoThread() throws InterruptedException {
    for (final Thread watcher : watchers) {
      watcher.interrupt(); // where the run ended before it was ever busy
      watcher.join();
    }
    assertFalse(threads.isEmpty());
    for (final Thread thread : threads) {
      assertFalse(thread.isAlive(), thread.getName());
    }
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldAskTheSameOverAnyShardsAndThreads(final Threading threading) {
    final Group group =
        Group.iterations("a", 7, 30)
            .asks(Ask.of("x").weight(3), Ask.of("y"))
            .think(new Distribution.Exponential(300_000));
    final Plan plan = Plans.of(group, Group.rate("o", 50, 1000, 300));
    final GenerationDigest expected = run(plan, Threading.SHARED, 1).digest();
    for (final int shards : new int[] {1, 2, 5}) {
      final RunResult result = run(plan, threading, shards);
      assertEquals(RunOutcome.COMPLETED, result.outcome());
      assertEquals(expected, result.digest(), shards + " shards");
      assertEquals(7 * 30 + 30, result.metrics().counts().responses());
      assertEquals(0, result.metrics().counts().droppedArrivals());
      assertTrue(result.events() > 5L * result.metrics().counts().responses());
      assertTrue(result.metrics().samples().resources().wallNs() > 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldJournalLiveRunsThatKeepTheLaws(final Threading threading) {
    final Plan plan =
        Plans.of(
            Group.duration("a", 4, 400).asks(Ask.of("a").timeout(1000)).graceful(100),
            Group.rate("o", 2, 3000, 400));
    final Recording[] recordings = {new Recording(), new Recording(), new Recording()};
    final TransportFactory echo = (shard, clock) -> new EchoTransport(plan.vus(), 3, 20, clock);
    run(plan, threading, 3, echo, shard -> ShardJournal.inline(recordings[shard]));
    for (int shard = 0; shard < 3; shard++) {
      JournalLaws.check(plan, shard, 3, recordings[shard].events());
    }
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldStopGracefullyOnRequestOfAnotherThread(final Threading threading) {
    final Plan plan = Plans.of(Group.duration("a", 5, 3600 * SECOND));
    final Runner runner = runner(plan, threading, 2, echo(plan, 2, 3), this::discarding);
    final Thread other = whenBusy(runner, runner::stop);
    final RunResult result = assertTimeoutPreemptively(BOUND, runner::run);
    assertEquals(RunOutcome.STOPPED, result.outcome());
    assertEquals(0, result.metrics().counts().interruptedIterations());
    assertTrue(result.metrics().counts().completedIterations() > 0);
    assertFalse(other.isInterrupted());
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldAbortThoughTheTargetNeverAnswers(final Threading threading) {
    final Plan plan = Plans.of(Group.iterations("a", 5, 10).graceful(3600 * SECOND));
    final Runner runner =
        runner(plan, threading, 2, echo(plan, 2, Integer.MAX_VALUE), this::discarding);
    whenBusy(runner, runner::abort);
    final RunResult result = assertTimeoutPreemptively(BOUND, runner::run);
    assertEquals(RunOutcome.STOPPED, result.outcome());
    assertEquals(5, result.metrics().counts().interruptedIterations());
  }

  /** More requests in one tick than a ring holds: the engine waits, nothing is lost. */
  @Test
  void shouldWaitForAFullQueueToTheTransport() {
    final int vus = 120_000;
    final RunResult result = run(Plans.of(Group.iterations("a", vus, 2)), Threading.DEDICATED, 1);
    assertEquals(2 * vus, result.metrics().counts().responses());
    assertEquals(0, result.metrics().counts().errors());
  }

  @Test
  void shouldEndThoughItCompletesLateWithTimersStillDue() {
    final Plan plan =
        Plans.of(Group.duration("a", 1, 20).graceful(1).asks(Ask.of("a").timeout(30)));
    final TransportFactory slow =
        (shard, clock) ->
            new BrokenTransport(clock::nanoTime) {
              @Override
              void onPoll() {
                final long untilNs = nanoTime() + 20_000_000;
                while (nanoTime() < untilNs) {
                  Thread.onSpinWait();
                }
              }
            };
    final RunResult result = run(plan, Threading.SHARED, 1, slow, this::discarding);
    assertEquals(1, result.metrics().counts().interruptedIterations());
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldOweAllArrivalsThoughSomeShardsHaveNoVu(final Threading threading) {
    final Plan plan = Plans.of(Group.rate("o", 1, 1000, 500));
    final RunResult result = run(plan, threading, 3);
    assertEquals(50, result.metrics().counts().owedArrivals());
    assertTrue(result.metrics().counts().droppedArrivals() >= 33, "two shards have no VU");
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldEndAllThreadsAndSayWhyWhenATransportThrows(final Threading threading) {
    final Plan plan = Plans.of(Group.duration("a", 4, 3600 * SECOND));
    final IllegalArgumentException cause = new IllegalArgumentException("on purpose");
    final TransportFactory broken =
        (shard, clock) ->
            shard == 0
                ? new EchoTransport(plan.vus(), 2, 3, clock)
                : new BrokenTransport(clock::nanoTime) {
                  @Override
                  void onPoll() {
                    throw cause;
                  }
                };
    final Runner runner = runner(plan, threading, 2, broken, this::discarding);
    final IllegalStateException failure =
        assertThrows(
            IllegalStateException.class, () -> assertTimeoutPreemptively(BOUND, runner::run));
    assertSame(cause, failure.getCause());
    assertTrue(failure.getMessage().contains("on purpose"), failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldEndAllShardsWhenTheJournalOfTheLastFails(final Threading threading) {
    final Plan plan = Plans.of(Group.duration("a", 4, 3600 * SECOND));
    final JournalException cause = new JournalException("disk full, on purpose");
    final IntFunction<ShardJournal> journals =
        shard -> shard == 0 ? discarding(shard) : journal(threading, shard, new FullStore(cause));
    final Runner runner = runner(plan, threading, 2, echo(plan, 2, 3), journals);
    final JournalException failure =
        assertThrows(JournalException.class, () -> assertTimeoutPreemptively(BOUND, runner::run));
    assertEquals("disk full, on purpose", failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldEndWhatRunsWhenAThreadCannotBeStarted(final Threading threading) {
    final Plan plan = Plans.of(Group.duration("a", 4, 3600 * SECOND));
    final OutOfMemoryError cause = new OutOfMemoryError("no thread, on purpose");
    final List<Integer> closed = new CopyOnWriteArrayList<>();
    final ThreadFactory failing =
        work -> {
          final boolean last = threads.size() == (threading == Threading.SHARED ? 1 : 3);
          final Thread thread =
              new Thread(work) {
                @Override
                public synchronized void start() {
                  if (last) {
                    throw cause;
                  }
                  super.start();
                }
              };
          threads.add(thread);
          return thread;
        };
    final Runner runner =
        runner(plan, threading, 3, failing, closing(closed), shard -> journal(threading, shard));
    final OutOfMemoryError failure =
        assertThrows(OutOfMemoryError.class, () -> assertTimeoutPreemptively(BOUND, runner::run));
    assertSame(cause, failure);
    assertEquals(List.of(0, 1, 2), closed.stream().sorted().toList());
    assertEquals(0, failure.getSuppressed().length);
  }

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldCloseTheTransportsThatWereMadeBeforeOneCouldNotBe(final Threading threading) {
    final Plan plan = Plans.of(Group.duration("a", 4, SECOND));
    final IllegalArgumentException cause = new IllegalArgumentException("on purpose");
    final List<Integer> closed = new CopyOnWriteArrayList<>();
    final TransportFactory failing =
        (shard, clock) -> {
          if (shard == 2) {
            throw cause;
          }
          return closing(closed).create(shard, clock);
        };
    final IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> runner(plan, threading, 3, failing, shard -> journal(threading, shard)));
    assertSame(cause, failure);
    assertEquals(List.of(0, 1), closed);
  }

  @Test
  void shouldCloseTheTransportOfAShardThatCannotBeMade() {
    final Plan plan = Plans.of(Group.duration("a", 4, SECOND));
    final OutOfMemoryError cause = new OutOfMemoryError("no memory, on purpose");
    final List<Integer> closed = new CopyOnWriteArrayList<>();
    final ThreadFactory failing =
        work -> {
          if (threads.size() == 1) {
            throw cause;
          }
          return thread(work);
        };
    assertSame(
        cause,
        assertThrows(
            OutOfMemoryError.class,
            () -> runner(plan, Threading.SHARED, 3, failing, closing(closed), this::discarding)));
    assertEquals(List.of(1, 0), closed);
  }

  /** A transport on a thread of its own can be what is busy, while the engine sleeps. */
  @Test
  void shouldSampleTheBusiestThreadThoughItIsNotTheEngine() {
    final Plan plan = Plans.of(Group.duration("a", 1, 3000).graceful(1));
    final TransportFactory busy =
        (shard, clock) ->
            new BrokenTransport(clock::nanoTime) {
              @Override
              void onPoll() {
                final long untilNs = nanoTime() + 1_000_000;
                while (nanoTime() < untilNs) {
                  Thread.onSpinWait();
                }
              }
            };
    final Resources used =
        run(plan, Threading.DEDICATED, 1, busy, shard -> journal(Threading.DEDICATED, shard))
            .metrics()
            .samples()
            .resources();
    assertTrue(used.engineCpuNs() > 0);
    assertTrue(used.busiestCpuNs() > used.engineCpuNs(), used.toString());
  }

  @Test
  void shouldShowWhatHappensWhileItHappens() {
    final Plan plan = Plans.of(Group.duration("a", 5, 3600 * SECOND));
    final Runner runner = runner(plan, Threading.SHARED, 1, echo(plan, 1, 3), this::discarding);
    final LiveMetrics[] seen = new LiveMetrics[1];
    whenBusy(
        runner,
        () -> {
          seen[0] = runner.live();
          runner.stop();
        });
    final RunResult result = assertTimeoutPreemptively(BOUND, runner::run);
    assertEquals(5, seen[0].activeVus());
    assertTrue(seen[0].issued() > 0 && seen[0].issued() <= result.metrics().counts().issued());
    assertEquals(3600L * 1_000_000_000, seen[0].totalNs());
    assertTrue(seen[0].progress() >= 0 && seen[0].progress() < 1);
  }

  private RunResult run(final Plan plan, final Threading threading, final int shards) {
    return run(
        plan,
        threading,
        shards,
        echo(plan, shards, 2),
        shard -> journal(threading, shard, new DiscardingStore()));
  }

  private RunResult run(
      final Plan plan,
      final Threading threading,
      final int shards,
      final TransportFactory transports,
      final IntFunction<ShardJournal> journals) {
    final Runner runner = runner(plan, threading, shards, transports, journals);
    return assertTimeoutPreemptively(BOUND, runner::run);
  }

  private Runner runner(
      final Plan plan,
      final Threading threading,
      final int shards,
      final TransportFactory transports,
      final IntFunction<ShardJournal> journals) {
    return runner(plan, threading, shards, this::thread, transports, journals);
  }

  private static Runner runner(
      final Plan plan,
      final Threading threading,
      final int shards,
      final ThreadFactory factory,
      final TransportFactory transports,
      final IntFunction<ShardJournal> journals) {
    final RunOptions options = new RunOptions(shards, threading, Idle.BACKOFF, List.of(), FLUSH_NS);
    return new Runner(
        new RunContext(plan, TransportKind.NETWORK, options, factory, transports, journals));
  }

  private Thread thread(final Runnable work) {
    final Thread thread = new Thread(work);
    threads.add(thread);
    return thread;
  }

  /**
   * Does something on another thread once iterations have ended or requests wait; nothing if the
   * run ends before that.
   */
  private Thread whenBusy(final Runner runner, final Runnable act) {
    final Thread thread =
        new Thread(
            () -> {
              while (runner.live().issued() < 5) {
                if (Thread.currentThread().isInterrupted()) {
                  return;
                }
                Thread.onSpinWait();
              }
              act.run();
            });
    thread.setDaemon(true);
    watchers.add(thread);
    thread.start();
    return thread;
  }

  /** Transports that never answer and say when they are closed. */
  private static TransportFactory closing(final List<Integer> closed) {
    return (shard, clock) ->
        new BrokenTransport(clock::nanoTime) {
          @Override
          void onPoll() {
            // Nothing comes.
          }

          @Override
          public void close() {
            closed.add(shard);
          }
        };
  }

  private static TransportFactory echo(final Plan plan, final int shards, final int polls) {
    return (shard, clock) -> new EchoTransport(plan.vus(), shards, polls, clock);
  }

  private ShardJournal discarding(final int shard) {
    return journal(Threading.SHARED, shard, new DiscardingStore());
  }

  private static ShardJournal journal(final Threading threading, final int shard) {
    return journal(threading, shard, new DiscardingStore());
  }

  private static ShardJournal journal(
      final Threading threading, final int shard, final BlockStore store) {
    return threading == Threading.SHARED
        ? ShardJournal.inline(new InlineBlockSink("run", shard, store))
        : ShardJournal.queued(
            new QueuedBlockSink(
                "run", shard, store, 4, new YieldingIdleStrategy(), SystemNanoClock.INSTANCE));
  }

  /** Takes three blocks, then fails, always with the same exception. */
  private static final class FullStore implements BlockStore {
    private final JournalException failure;
    private int blocks;

    FullStore(final JournalException failure) {
      this.failure = failure;
    }

    @Override
    public void append(final byte[] bytes, final int length) {
      assertTrue(length <= Block.CAPACITY);
      if (++blocks > 3) {
        throw failure;
      }
    }

    @Override
    public String close() {
      return "";
    }
  }

  /** Never answers; what a poll does is up to the test. */
  private abstract static class BrokenTransport implements Transport {
    private final LongSupplier clock;

    BrokenTransport(final LongSupplier clock) {
      this.clock = clock;
    }

    abstract void onPoll();

    final long nanoTime() {
      return clock.getAsLong();
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
    public int poll(final long tick, final CompletionHandler handler, final int limit) {
      onPoll();
      return 0;
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
