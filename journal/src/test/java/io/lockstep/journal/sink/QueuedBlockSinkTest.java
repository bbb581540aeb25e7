package io.lockstep.journal.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.journal.EventStream;
import io.lockstep.journal.block.JournalException;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;

class QueuedBlockSinkTest {
  private static final String RUN_ID = "a-run";

  @Test
  void shouldWaitForTheJournalAndCountTheWait() {
    final AtomicReference<QueuedBlockSink> sink = new AtomicReference<>();
    final long[] nowNs = {0};
    final IdleStrategy journalCatchesUp =
        new IdleStrategy() {
          @Override
          public void idle(final int workCount) {
            idle();
          }

          @Override
          public void idle() {
            nowNs[0] += 1_000;
            if (nowNs[0] % 5_000 == 0) {
              sink.get().agent().doWork();
            }
          }

          @Override
          public void reset() {}
        };
    sink.set(
        new QueuedBlockSink(RUN_ID, 0, new DiscardingStore(), 2, journalCatchesUp, () -> nowNs[0]));
    final EventStream stream = new EventStream(1, sink.get(), sink.get().first());
    for (int i = 0; i < 5; i++) {
      stream.fortyEight();
      stream.writer().flush();
    }
    assertEquals(4 * 5_000, sink.get().stallNs());
    sink.get().close();
    assertEquals(5, sink.get().seal().blocks());
  }

  @Test
  void shouldTellTheMachineThatTheJournalFailed() {
    final MemoryStore store = new MemoryStore(3);
    final QueuedBlockSink sink = queued(store, 2, new SleepingIdleStrategy(1_000));
    final AgentRunner runner =
        new AgentRunner(new YieldingIdleStrategy(), e -> {}, null, sink.agent());
    AgentRunner.startOnThread(runner);
    final EventStream stream = new EventStream(1, sink, sink.first());
    final JournalException e = assertThrows(JournalException.class, () -> stream.events(100_000));
    assertEquals("disk full: test", e.getMessage());
    runner.close();
    assertThrows(JournalException.class, sink::close);
    sink.close();
    assertEquals(3, sink.seal().blocks());
    assertTrue(store.closed);
  }

  @Test
  void shouldNotWaitForAJournalThreadThatHasEnded() {
    final QueuedBlockSink sink = queued(new DiscardingStore(), 2, new SleepingIdleStrategy(1_000));
    sink.agent().onClose();
    final EventStream stream = new EventStream(1, sink, sink.first());
    final JournalException e = assertThrows(JournalException.class, () -> stream.events(100_000));
    assertTrue(e.getMessage().contains("journal thread has ended"), e.getMessage());
  }

  private static QueuedBlockSink queued(
      final BlockStore store, final int blocks, final IdleStrategy idle) {
    return new QueuedBlockSink(RUN_ID, 3, store, blocks, idle, System::nanoTime);
  }
}
