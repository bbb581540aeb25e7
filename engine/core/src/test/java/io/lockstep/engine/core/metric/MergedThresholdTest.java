package io.lockstep.engine.core.metric;

import static io.lockstep.engine.core.metric.MeasuredPlans.threshold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The same samples, given to one shard and to several: what thresholds come to must agree. */
class MergedThresholdTest {
  private static final long TICK = Plans.TICK_NS;
  private static final long SECOND = 1_000_000_000L;
  private static final long SLICE = SECOND / 10;

  private static final List<Threshold> THRESHOLDS =
      List.of(
          over(threshold(Metric.HTTP_REQS, Aggregation.COUNT, Comparison.LESS, 12)),
          over(threshold(Metric.HTTP_REQS, Aggregation.RATE, Comparison.MORE, 8)),
          over(threshold(Metric.HTTP_REQ_FAILED, Aggregation.RATE, Comparison.LESS, 0.4)),
          over(threshold(Metric.HTTP_REQ_DURATION, Aggregation.PERCENTILE, Comparison.LESS, 9e8)),
          over(threshold(Metric.HTTP_REQ_DURATION, Aggregation.AVG, Comparison.MORE, 4e8)),
          over(threshold(Metric.HTTP_REQ_DURATION, Aggregation.MIN, Comparison.MORE, 1e7)),
          over(threshold(Metric.DATA_RECEIVED, Aggregation.RATE, Comparison.LESS, 6_000)),
          threshold(Metric.VUS, Aggregation.MAX, Comparison.LESS, 4),
          threshold(Metric.VUS, Aggregation.MIN, Comparison.MORE, 1),
          over(threshold(Metric.VUS, Aggregation.MAX, Comparison.LESS, 4)),
          over(threshold(Metric.VUS, Aggregation.MIN, Comparison.MORE, 0)),
          threshold(Metric.HTTP_REQ_DURATION, Aggregation.MAX, Comparison.LESS, 9e8));

  /**
   * A request.
   *
   * @param atNs when it ended
   * @param tookNs how long it took
   * @param status of the response
   * @param bytes that came
   * @param change of the number of VUs in an iteration
   */
  private record Sample(long atNs, long tookNs, int status, int bytes, int change) {}

  @Property(tries = 100)
  void verdictsDoNotDependOnShards(@ForAll final long seed) {
    final Random random = new Random(seed);
    final List<Sample> samples = samples(random);
    final long endNs = samples.get(samples.size() - 1).atNs;
    final long loadEndNs = random.nextBoolean() ? endNs / 2 : 2 * endNs;
    final List<ThresholdResult> one = results(samples, 1, endNs, loadEndNs, random);
    for (final int shards : new int[] {2, 5}) {
      assertEquals(one, results(samples, shards, endNs, loadEndNs, random), shards + " shards");
    }
  }

  /**
   * Shards end with their last sample, some of them before the run does, but neither before the
   * load has ended nor with a VU in an iteration.
   */
  private static List<ThresholdResult> results(
      final List<Sample> samples,
      final int shards,
      final long endNs,
      final long loadEndNs,
      final Random random) {
    final Plan plan = plan(THRESHOLDS);
    final MetricsTracker merged = new MetricsTracker(plan, shards);
    final boolean watched = random.nextBoolean();
    final int[] next = new int[shards];
    final MetricsTracker[] trackers =
        IntStream.range(0, shards)
            .mapToObj(i -> new MetricsTracker(plan, shards))
            .toArray(MetricsTracker[]::new);
    final List<List<Sample>> parts = parts(samples, shards, random);
    final List<Integer> running = new ArrayList<>(IntStream.range(0, shards).boxed().toList());
    while (!running.isEmpty()) {
      final int shard = running.get(random.nextInt(running.size()));
      if (next[shard] < parts.get(shard).size()) {
        final Sample sample = parts.get(shard).get(next[shard]++);
        endLoad(trackers[shard], loadEndNs, sample.atNs);
        give(trackers[shard], sample);
      } else {
        final List<Sample> part = parts.get(shard);
        final long lastNs = part.isEmpty() ? 1 : part.get(part.size() - 1).atNs;
        final boolean idle = part.stream().mapToInt(Sample::change).sum() == 0;
        final long shardEndNs =
            loadEndNs > endNs && idle ? lastNs : idle ? Math.max(lastNs, loadEndNs) : endNs;
        endLoad(trackers[shard], loadEndNs, shardEndNs + 1);
        checkThrough(trackers[shard], (shardEndNs - 1) / TICK);
        trackers[shard].onEnded(shardEndNs);
        running.remove((Integer) shard);
      }
      if (watched) {
        assertEquals(MetricsTracker.NO_THRESHOLD, merged.take(shard, trackers[shard]));
      }
    }
    for (final MetricsTracker tracker : trackers) {
      merged.add(tracker);
    }
    return merged.thresholds();
  }

  private static void endLoad(
      final MetricsTracker tracker, final long loadEndNs, final long nowNs) {
    if (nowNs > loadEndNs) {
      checkThrough(tracker, (loadEndNs - 1) / TICK);
      tracker.onLoadEnded(0, true, loadEndNs);
    }
  }

  private static List<List<Sample>> parts(
      final List<Sample> samples, final int shards, final Random random) {
    final List<List<Sample>> parts = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      parts.add(new ArrayList<>());
    }
    samples.forEach(sample -> parts.get(random.nextInt(shards)).add(sample));
    return parts;
  }

  private static List<Sample> samples(final Random random) {
    final List<Sample> samples = new ArrayList<>();
    final int pace = 1 + random.nextInt((int) SLICE * 3);
    final int count = 1 + random.nextInt(120);
    long atNs = 0;
    for (int i = 0; i < count; i++) {
      atNs += 1 + random.nextInt(pace);
      samples.add(
          new Sample(
              atNs,
              Math.min(atNs, random.nextInt((int) SECOND)),
              random.nextInt(3) == 0 ? 500 : 200,
              random.nextInt(1_000),
              random.nextInt(3) - 1));
    }
    return samples;
  }

  @Test
  void shouldEndTheRunForWhatAllShardsHaveTogether() {
    final Threshold few =
        new Threshold(
            threshold(Metric.HTTP_REQS, Aggregation.COUNT, Comparison.LESS, 10).selector(),
            threshold(Metric.HTTP_REQS, Aggregation.COUNT, Comparison.LESS, 10).expression(),
            Threshold.WHOLE,
            true,
            0);
    final Plan plan = plan(List.of(few));
    final MetricsTracker merged = new MetricsTracker(plan, 2);
    final MetricsTracker[] shards = {new MetricsTracker(plan, 2), new MetricsTracker(plan, 2)};
    for (final MetricsTracker shard : shards) {
      for (int i = 1; i <= 6; i++) {
        give(shard, new Sample(i * SLICE, 1, 200, 1, 0));
      }
      checkThrough(shard, SECOND / TICK);
    }
    assertEquals(MetricsTracker.NO_THRESHOLD, merged.take(0, shards[0]), "six are not too many");
    assertEquals(1, merged.lead(0), "it has to wait for the other one");
    assertEquals(0, merged.take(1, shards[1]), "twelve are");
    for (final MetricsTracker shard : shards) {
      shard.onAborted(0);
      shard.onEnded(2 * SECOND);
      merged.add(shard);
    }
    assertTrue(merged.thresholds().get(0).aborted());
    assertFalse(merged.thresholds().get(0).passed());
    assertEquals(12.0, merged.thresholds().get(0).observed());
  }

  @Test
  void shouldKeepNothingOfWhatIsJudged() {
    final Plan plan = plan(THRESHOLDS);
    final MetricsTracker merged = new MetricsTracker(plan, 2);
    final MetricsTracker shard = new MetricsTracker(plan, 2);
    give(shard, new Sample(SECOND, 1, 200, 1, 0));
    assertTrue(shard.hasSlices());
    merged.take(0, shard);
    assertFalse(shard.hasSlices());
    assertEquals(9, merged.lead(0));
  }

  private static void give(final MetricsTracker tracker, final Sample sample) {
    checkThrough(tracker, (sample.atNs - 1) / TICK);
    final Completion completion = new Completion();
    completion.status = sample.status;
    completion.sentNs = sample.atNs - sample.tookNs;
    completion.firstByteNs = sample.atNs;
    completion.lastByteNs = sample.atNs;
    completion.bytesReceived = sample.bytes;
    tracker.onCompleted(0, completion, completion.sentNs);
    if (sample.change > 0) {
      tracker.onIterationStarted(0, sample.atNs);
    } else if (sample.change < 0) {
      tracker.onFlowEnded(0, sample.atNs);
    }
  }

  private static void checkThrough(final MetricsTracker tracker, final long tick) {
    while (tracker.nextCheckTick() <= tick) {
      assertEquals(MetricsTracker.NO_THRESHOLD, tracker.checkThresholds(tracker.nextCheckTick()));
    }
  }

  private static Plan plan(final List<Threshold> thresholds) {
    return Plans.of(Group.iterations("s", 1, 1)).withMeasures(Measures.of(thresholds));
  }

  private static Threshold over(final Threshold threshold) {
    return new Threshold(threshold.selector(), threshold.expression(), SECOND, false, 0);
  }
}
