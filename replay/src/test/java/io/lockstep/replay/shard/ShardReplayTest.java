package io.lockstep.replay.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.metric.FailureMetrics;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.testing.FlowPlans;
import io.lockstep.replay.RandomPlans;
import io.lockstep.replay.RecordedRun;
import io.lockstep.replay.event.EventKind;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ShardReplayTest {
  private static final int TRIES = 60;

  /** Where a content's event says how many bytes follow. */
  private static final int CONTENT_LENGTH = 48;

  @Property(tries = TRIES)
  void replayOfAnyRunEqualsItsRecording(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Plan plan = RandomPlans.draw(seed, 40);
    final int shards = 1 + random.nextInt(3);
    final int shard = random.nextInt(shards);
    final RecordedRun run = new RecordedRun(plan, shard, shards, random);

    final ShardResult result = replay(plan, shard, run.source(), random.nextBoolean());

    assertEquals(ReplayVerdict.IDENTICAL, result.verdict(), () -> "" + result.mismatch());
    assertEquals(run.events(), result.events());
    assertEquals(run.blocks().stream().mapToLong(block -> block.length).sum(), result.bytes());
    assertEquals(run.machine().generationDigest(), result.generation());
    assertEqualMetrics(run.machine().metrics(), result.metrics());
  }

  @Property(tries = 2 * TRIES)
  void replayOfAnyLoadEqualsItsRecording(@ForAll final long seed) {
    final Random random = new Random(seed);
    final int shards = 1 + random.nextInt(3);
    final int shard = random.nextInt(shards);
    final Plan plan = RandomPlans.drawAny(seed, 40, shards);
    final RecordedRun run = new RecordedRun(plan, shard, shards, random);

    final ShardResult result = replay(plan, shard, run.source(), random.nextBoolean());

    assertEquals(ReplayVerdict.IDENTICAL, result.verdict(), () -> "" + result.mismatch());
    assertEquals(run.machine().generationDigest(), result.generation());
    assertEqualMetrics(run.machine().metrics(), result.metrics());
    assertEquals(run.machine().metrics().capacitySteps(), result.metrics().capacitySteps());
  }

  @Property(tries = TRIES)
  void replayOfAnyRunWithReasonsEqualsItsRecording(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Plan plan = RandomPlans.draw(seed, 40);
    final RecordedRun run = new RecordedRun(plan, 0, 1, random, true);

    final ShardResult result = replay(plan, 0, run.source(), random.nextBoolean());

    assertEquals(ReplayVerdict.IDENTICAL, result.verdict(), () -> "" + result.mismatch());
    assertEquals(run.events(), result.events());
    assertEqualMetrics(run.machine().metrics(), result.metrics());
    final FailureMetrics failures = run.machine().metrics().handshaking().failures();
    assertEquals(failures.rows(), result.metrics().handshaking().failures().rows());
    assertEquals(failures.isJournaled(), result.metrics().handshaking().failures().isJournaled());
    Statistics.collect(failures.isJournaled());
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
  }

  @Property(tries = TRIES)
  void replayOfAnyFlowEqualsItsRecording(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Plan plan = FlowPlans.any(seed);
    final RecordedRun run = new RecordedRun(plan, 0, 1, random);

    final ShardResult result = replay(plan, 0, run.source(), random.nextBoolean());

    assertEquals(ReplayVerdict.IDENTICAL, result.verdict(), () -> "" + result.mismatch());
    assertEquals(run.events(), result.events());
    assertEquals(run.machine().generationDigest(), result.generation());
  }

  @Property(tries = TRIES)
  void replayOfAnyRunWithContentsEqualsItsRecording(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Plan plan = RandomPlans.drawWithContents(seed, 20);
    final int shards = 1 + random.nextInt(3);
    final int shard = random.nextInt(shards);
    final RecordedRun run = new RecordedRun(plan, shard, shards, random);

    final ShardResult result = replay(plan, shard, run.source(), random.nextBoolean());

    assertEquals(ReplayVerdict.IDENTICAL, result.verdict(), () -> "" + result.mismatch());
    assertEquals(run.events(), result.events());
    assertEquals(run.machine().generationDigest(), result.generation());
    assertEqualMetrics(run.machine().metrics(), result.metrics());
  }

  @Property(tries = TRIES)
  void anyFlippedBitOfAContentsBytesIsFound(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Plan plan = withBodies(RandomPlans.draw(seed, 5), 1 + random.nextInt(20_000));
    final RecordedRun run = new RecordedRun(plan, 0, 1, random);
    final List<int[]> contents = new ArrayList<>();
    for (int block = 0; block < run.blocks().size(); block++) {
      for (final int offset : RecordedRun.offsets(run.blocks().get(block))) {
        if (offset < run.blocks().get(block).length
            && EventKind.of(run.blocks().get(block)[offset + 1]) == EventKind.CONTENT_RECORDED) {
          contents.add(new int[] {block, offset});
        }
      }
    }
    Assume.that(!contents.isEmpty());
    final int[] place = contents.get(random.nextInt(contents.size()));
    final byte[] events = run.blocks().get(place[0]);
    final int length =
        new UnsafeBuffer(events).getInt(place[1] + CONTENT_LENGTH, ByteOrder.LITTLE_ENDIAN);
    events[place[1] + CONTENT_LENGTH + 4 + random.nextInt(length)] ^=
        (byte) (1 << random.nextInt(8));

    final ShardResult result = replay(plan, 0, run.source(), random.nextBoolean());

    assertEquals(ReplayVerdict.DIVERGED, result.verdict());
    assertTrue(
        result.mismatch().replayed().contains("is not what its hash says"),
        result.mismatch().replayed());
  }

  @Property(tries = TRIES)
  void anyCutOfARunWithContentsIsTruncatedAndVerifiedUpToThere(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Plan plan = RandomPlans.drawWithContents(seed, 20);
    final RecordedRun run = new RecordedRun(plan, 0, 1, random);
    final List<byte[]> blocks = new ArrayList<>(run.blocks());
    blocks.subList(random.nextInt(blocks.size()), blocks.size()).clear();
    final long left =
        blocks.stream().mapToLong(block -> RecordedRun.offsets(block).size() - 1L).sum();

    final ShardResult result =
        replay(plan, 0, RecordedRun.source(blocks, null), random.nextBoolean());

    assertEquals(ReplayVerdict.TRUNCATED, result.verdict(), () -> "" + result.mismatch());
    assertEquals(left, result.events());
  }

  /** One response fills more blocks than the window holds; distinct ones fill a generation. */
  @Test
  void shouldHoldTheWindowWhereOneContentFillsManyBlocks() {
    final Plan plan = withBodies(RandomPlans.draw(11, 10), 16_000_000);
    final RecordedRun run = new RecordedRun(plan, 0, 1, new Random(11));
    assertTrue(run.blocks().size() > 4 * BlockFeed.BLOCKS, "too small: " + run.blocks().size());

    for (final boolean prefetch : new boolean[] {false, true}) {
      final ShardResult result = replay(plan, 0, run.source(), prefetch);
      assertEquals(ReplayVerdict.IDENTICAL, result.verdict(), () -> "" + result.mismatch());
    }
  }

  /** Each request's body is another one, and all are kept. */
  private static Plan withBodies(final Plan plan, final int length) {
    return RandomPlans.withContents(
        plan,
        new Recording(Recording.Bodies.ALL, Recording.MAX_BODY_BYTES),
        plan.simulation().responses().stream()
            .map(r -> r.with(List.of(), (r.errorSite() + "-").repeat(length / 20 + 1), 0))
            .toList());
  }

  @Property(tries = TRIES)
  void anyFlippedBitOfAnEventIsItsFirstDivergence(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Plan plan = RandomPlans.draw(seed, 10);
    final RecordedRun run = new RecordedRun(plan, 0, 1, random);
    final int block = random.nextInt(run.blocks().size());
    final byte[] events = run.blocks().get(block);
    final List<Integer> offsets = RecordedRun.offsets(events);
    int event = random.nextInt(offsets.size() - 1);
    // A changed input is another input: only the chain of the blocks' digests can tell.
    while (EventKind.of(events[offsets.get(event) + 1]).isInput()) {
      event = event == 0 ? offsets.size() - 2 : event - 1;
    }
    // Not its header: what is no event any more is for the block's checksum to find.
    final int start = offsets.get(event) + 4;
    events[start + random.nextInt(offsets.get(event + 1) - start)] ^=
        (byte) (1 << random.nextInt(8));
    long index = event;
    for (final byte[] before : run.blocks().subList(0, block)) {
      index += RecordedRun.offsets(before).size() - 1;
    }

    final ShardResult result = replay(plan, 0, run.source(), random.nextBoolean());

    assertEquals(ReplayVerdict.DIVERGED, result.verdict());
    assertEquals(index, result.mismatch().eventIndex());
    assertEquals(index, result.events());
    assertNotEquals(result.mismatch().recorded(), result.mismatch().replayed());
  }

  /** A bit of this run's tick length that its rounded text does not show. */
  @Example
  void shouldShowADifferenceThatRoundedTextHides() {
    anyFlippedBitOfAnEventIsItsFirstDivergence(566624074698920000L);
  }

  @Property(tries = TRIES)
  void anyCutBetweenBlocksIsTruncatedAndVerifiedUpToThere(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Plan plan = RandomPlans.draw(seed, 40);
    final RecordedRun run = new RecordedRun(plan, 0, 1, random);
    final List<byte[]> blocks = new ArrayList<>(run.blocks());
    blocks.subList(random.nextInt(blocks.size()), blocks.size()).clear();
    final long left =
        blocks.stream().mapToLong(block -> RecordedRun.offsets(block).size() - 1L).sum();

    final ShardResult result =
        replay(plan, 0, RecordedRun.source(blocks, null), random.nextBoolean());

    assertEquals(ReplayVerdict.TRUNCATED, result.verdict(), () -> "" + result.mismatch());
    assertEquals(left, result.events());
    assertNull(result.outcome());
    assertTrue(
        result.note().contains(left == 0 ? "holds no event" : "without run_ended"), result.note());
  }

  @Test
  void shouldHoldTheWindowWhereOneTickFillsManyBlocks() {
    final Plan plan = RandomPlans.draw(5, 60_000);
    final RecordedRun run = new RecordedRun(plan, 0, 1, new Random(5));
    assertTrue(run.blocks().size() > 4 * BlockFeed.BLOCKS, "too small: " + run.blocks().size());

    assertEquals(ReplayVerdict.IDENTICAL, replay(plan, 0, run.source(), false).verdict());
  }

  @Test
  void shouldSayWhatIsDamagedAfterVerifyingWhatPrecedesIt() {
    final Plan plan = RandomPlans.draw(11, 10);
    final RecordedRun run = new RecordedRun(plan, 0, 1, new Random(11));
    final List<byte[]> blocks = run.blocks().subList(0, run.blocks().size() - 1);

    final ShardResult result =
        replay(plan, 0, RecordedRun.source(blocks, "block 1 is damaged"), true);

    assertEquals(ReplayVerdict.DAMAGED, result.verdict());
    assertEquals("block 1 is damaged", result.note());
  }

  @Test
  void shouldShowBothEventsWhereTheSeedIsAnother() {
    final Plan plan = RandomPlans.draw(11, 10);
    final RecordedRun run = new RecordedRun(plan, 0, 1, new Random(11));

    final Mismatch mismatch = replay(plan.withSeed(12), 0, run.source(), false).mismatch();

    assertEquals(0, mismatch.eventIndex());
    assertTrue(mismatch.runStarted());
    assertTrue(mismatch.recorded().contains(" seed=11 "), mismatch.recorded());
    assertTrue(mismatch.replayed().contains(" seed=12 "), mismatch.replayed());
  }

  @Test
  void shouldReportWhatIsRecordedBehindTheEnd() {
    final Plan plan = RandomPlans.draw(11, 10);
    final RecordedRun run = new RecordedRun(plan, 0, 1, new Random(11));
    final byte[] last = run.blocks().get(run.blocks().size() - 1);
    final List<Integer> offsets = RecordedRun.offsets(last);
    final int end = offsets.get(offsets.size() - 2);
    run.blocks().add(Arrays.copyOfRange(last, end, last.length));

    final ShardResult result = replay(plan, 0, run.source(), false);

    assertEquals(ReplayVerdict.DIVERGED, result.verdict());
    assertEquals(run.events() - 1, result.mismatch().eventIndex());
    assertEquals(Mismatch.NOTHING_MORE, result.mismatch().replayed());
  }

  static ShardResult replay(
      final Plan plan, final int shard, final BlockSource source, final boolean prefetch) {
    try (ShardReplay replay = new ShardReplay(plan, shard, source, prefetch)) {
      return replay.run();
    }
  }

  private static void assertEqualMetrics(final MetricsTracker expected, final MetricsTracker is) {
    assertEquals(expected.figures().lateness(), is.figures().lateness());
    assertEquals(expected.endedNs(), is.endedNs());
    assertEquals(expected.counts().owedArrivals(), is.counts().owedArrivals());
    for (int i = 0; i < expected.figures().requestCount(); i++) {
      assertEquals(expected.figures().request(i).issued(), is.figures().request(i).issued());
      assertEquals(expected.figures().request(i).service(), is.figures().request(i).service());
      assertEquals(expected.figures().request(i).response(), is.figures().request(i).response());
    }
  }
}
