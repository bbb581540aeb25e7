package io.lockstep.journal.sink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.journal.EventStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.YieldingIdleStrategy;

/** The way of a block into the journal does not change the journal. */
class JournalModeTest {
  private static final String RUN_ID = "a-run";

  @Property(tries = 30)
  void aQueuedJournalHasTheBytesOfAnInlineOne(
      @ForAll final long seed, @ForAll @IntRange(min = 2, max = 9) final int blocks) {
    final MemoryStore inlineStore = new MemoryStore(Long.MAX_VALUE);
    final InlineBlockSink inline = new InlineBlockSink(RUN_ID, 3, inlineStore);
    new EventStream(seed, inline, inline.first()).events(20_000).end();
    inline.close();

    final MemoryStore queuedStore = new MemoryStore(Long.MAX_VALUE);
    final QueuedBlockSink queued =
        new QueuedBlockSink(
            RUN_ID, 3, queuedStore, blocks, new YieldingIdleStrategy(), System::nanoTime);
    final AgentRunner runner =
        new AgentRunner(new YieldingIdleStrategy(), e -> {}, null, queued.agent());
    AgentRunner.startOnThread(runner);
    new EventStream(seed, queued, queued.first()).events(20_000).end();
    runner.close();
    queued.close();

    assertArrayEquals(inlineStore.bytes.toByteArray(), queuedStore.bytes.toByteArray());
    assertEquals(inline.seal(), queued.seal());
  }
}
