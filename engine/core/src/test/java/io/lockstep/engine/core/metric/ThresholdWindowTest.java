package io.lockstep.engine.core.metric;

import static io.lockstep.engine.core.metric.MeasuredPlans.threshold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Timing;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Check;
import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.MetricUnit;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Windows against a list of all samples, aborts, and the measures that later steps will feed. */
class ThresholdWindowTest {
  private static final long TICK = Plans.TICK_NS;
  private static final long SECOND = 1_000_000_000L;

  /** A window of one second slides by a tenth of it. */
  private static final long SLICE = SECOND / 10;

  @Property(tries = 100)
  void everyWindowIsJudged(@ForAll final long seed) {
    final Random random = new Random(seed);
    final Aggregation aggregation =
        List.of(Aggregation.AVG, Aggregation.MAX, Aggregation.MIN).get(random.nextInt(3));
    final boolean upper = random.nextBoolean();
    final double bound = random.nextInt(1_000);
    final Threshold threshold =
        over(
            threshold(
                Metric.HTTP_REQ_DURATION,
                aggregation,
                upper ? Comparison.LESS : Comparison.MORE,
                bound),
            SECOND,
            false,
            0);
    final MetricsTracker tracker = tracker(1, threshold);
    final long[][] samples = new long[1 + random.nextInt(60)][2];
    long atNs = 0;
    for (final long[] sample : samples) {
      atNs += 1 + random.nextInt((int) SLICE * 2);
      sample[0] = atNs;
      sample[1] = random.nextInt(1_000);
      checkThrough(tracker, (atNs - 1) / TICK);
      respond(tracker, atNs - sample[1], atNs);
    }
    tracker.onEnded(atNs);

    final List<Double> windows = windows(aggregation, samples, atNs);
    final ThresholdResult result = tracker.thresholds().get(0);
    assertEquals(
        windows.stream().mapToDouble(w -> w).reduce(upper ? Math::max : Math::min).orElseThrow(),
        result.observed());
    assertEquals(windows.stream().allMatch(w -> upper ? w < bound : w > bound), result.passed());
  }

  /** The value of each window that is full and has samples, and of what the end leaves. */
  private static List<Double> windows(
      final Aggregation aggregation, final long[][] samples, final long endNs) {
    final List<Double> values = new ArrayList<>();
    long slice = 1;
    for (; slice * SLICE < endNs; slice++) {
      if (slice >= 10) {
        add(aggregation, samples, (slice - 10) * SLICE, slice * SLICE, values);
      }
    }
    add(aggregation, samples, Math.max(0, slice - 10) * SLICE, endNs, values);
    return values;
  }

  private static void add(
      final Aggregation aggregation,
      final long[][] samples,
      final long afterNs,
      final long throughNs,
      final List<Double> values) {
    final List<Long> in = new ArrayList<>();
    for (final long[] sample : samples) {
      if (sample[0] > afterNs && sample[0] <= throughNs) {
        in.add(sample[1]);
      }
    }
    if (!in.isEmpty()) {
      values.add(
          switch (aggregation) {
            case MIN -> in.stream().mapToDouble(v -> v).min().orElseThrow();
            case MAX -> in.stream().mapToDouble(v -> v).max().orElseThrow();
            default -> in.stream().mapToLong(v -> v).sum() / (double) in.size();
          });
    }
  }

  @Test
  void shouldFailAWindowThatTheWholeRunHides() {
    final Threshold whole =
        threshold(Metric.HTTP_REQ_FAILED, Aggregation.RATE, Comparison.LESS, 0.5);
    final MetricsTracker tracker = tracker(1, whole, over(whole, SECOND, false, 0));
    for (int i = 1; i <= 100; i++) {
      final long atNs = i * SLICE;
      checkThrough(tracker, atNs / TICK - 1);
      end(tracker, atNs, i > 40 && i <= 50 ? 500 : 200);
    }
    tracker.onEnded(100 * SLICE);
    assertTrue(tracker.thresholds().get(0).passed());
    assertFalse(tracker.thresholds().get(1).passed());
    assertEquals(0.1, tracker.thresholds().get(0).observed());
    assertEquals(1.0, tracker.thresholds().get(1).observed());
  }

  @Test
  void shouldEndTheRunOnceTheDelayIsOver() {
    final Threshold strict =
        threshold(Metric.HTTP_REQ_FAILED, Aggregation.RATE, Comparison.LESS, 0.01);
    final MetricsTracker tracker = tracker(1, over(strict, Threshold.WHOLE, true, 3 * SECOND));
    end(tracker, 10, 500);
    long tick = 0;
    int ending = -1;
    while (ending < 0) {
      tick = tracker.nextCheckTick();
      ending = tracker.checkThresholds(tick);
    }
    assertEquals(3 * SECOND / TICK, tick);
    assertEquals(0, ending);
    assertTrue(tracker.thresholds().get(0).aborted());
    assertFalse(tracker.thresholds().get(0).passed());
  }

  @Test
  void shouldWantNoTickWhereNothingIsWatched() {
    assertEquals(Transport.NULL_TICK, tracker(1).nextCheckTick());
    final Threshold atTheEnd = threshold(Metric.HTTP_REQS, Aggregation.COUNT, Comparison.MORE, 5);
    assertEquals(Transport.NULL_TICK, tracker(1, atTheEnd).nextCheckTick());
  }

  /** What ends in the graceful stop was asked for before, so it makes no rate; it is counted. */
  @Test
  void shouldEndRatesWithTheLoad() {
    final Threshold rate = threshold(Metric.HTTP_REQS, Aggregation.RATE, Comparison.EQUAL, 10);
    final Threshold count = threshold(Metric.HTTP_REQS, Aggregation.COUNT, Comparison.EQUAL, 25);
    final MetricsTracker tracker =
        tracker(1, rate, over(rate, SECOND, false, 0), count, over(count, SECOND, false, 0));
    for (int i = 1; i <= 25; i++) {
      checkThrough(tracker, i * SLICE / TICK - 1);
      end(tracker, i * SLICE, 200);
      if (i == 20) {
        tracker.onLoadEnded(0, true, 20 * SLICE);
      }
    }
    checkThrough(tracker, 5 * SECOND / TICK);
    tracker.onEnded(5 * SECOND);
    assertEquals(
        List.of(10.0, 10.0, 25.0, 10.0),
        tracker.thresholds().stream().map(ThresholdResult::observed).toList());
  }

  @Test
  void shouldEndRatesWithTheLastIterationWhereTheWorkRanOut() {
    final Threshold rate = threshold(Metric.HTTP_REQS, Aggregation.RATE, Comparison.EQUAL, 10);
    final MetricsTracker tracker = tracker(1, rate);
    for (int i = 0; i < 10; i++) {
      end(tracker, SECOND / 2, 200);
    }
    tracker.onIterationStarted(0, 1);
    tracker.onIterationEnded(0, true, 1, SECOND);
    tracker.onEnded(9 * SECOND);
    assertEquals(10.0, tracker.thresholds().get(0).observed());
  }

  @Test
  void shouldCountWhatAllShardsHaveInAWindow() {
    final Threshold count =
        over(
            threshold(Metric.HTTP_REQS, Aggregation.COUNT, Comparison.AT_LEAST, 40),
            SECOND,
            false,
            0);
    final MetricsTracker sum = tracker(4, count);
    for (int shard = 0; shard < 4; shard++) {
      final MetricsTracker tracker = tracker(4, count);
      for (int i = 1; i <= 30; i++) {
        checkThrough(tracker, i * SLICE / TICK - 1);
        end(tracker, i * SLICE, 200);
      }
      tracker.onEnded(30 * SLICE);
      sum.add(tracker);
    }
    assertEquals(40.0, sum.thresholds().get(0).observed());
    assertTrue(sum.thresholds().get(0).passed());
  }

  @Test
  void shouldFailWithoutSamplesButForCounters() {
    final MetricsTracker tracker =
        tracker(
            1,
            threshold(Metric.HTTP_REQ_FAILED, Aggregation.RATE, Comparison.LESS, 1),
            threshold(Metric.LATENESS, Aggregation.PERCENTILE, Comparison.LESS, 1),
            threshold(Metric.VUS, Aggregation.MAX, Comparison.LESS, 1),
            threshold(Metric.DROPPED_ITERATIONS, Aggregation.COUNT, Comparison.EQUAL, 0));
    tracker.onEnded(SECOND);
    assertEquals(
        List.of(false, false, false, true),
        tracker.thresholds().stream().map(ThresholdResult::passed).toList());
    assertEquals(
        List.of(false, false, false, true),
        tracker.thresholds().stream().map(ThresholdResult::sampled).toList());
  }

  @Test
  void shouldMeasureIterationsVusAndDrops() {
    final MetricsTracker tracker =
        tracker(
            1,
            threshold(Metric.ITERATIONS, Aggregation.COUNT, Comparison.EQUAL, 1),
            threshold(Metric.ITERATION_DURATION, Aggregation.MAX, Comparison.EQUAL, 2 * SLICE),
            threshold(Metric.VUS, Aggregation.MAX, Comparison.EQUAL, 2),
            threshold(Metric.VUS, Aggregation.VALUE, Comparison.EQUAL, 1),
            threshold(Metric.VUS, Aggregation.MIN, Comparison.EQUAL, 1),
            threshold(Metric.DROPPED_ITERATIONS, Aggregation.COUNT, Comparison.EQUAL, 1));
    tracker.onIterationStarted(0, 1);
    tracker.onIterationStarted(0, 2);
    checkThrough(tracker, SLICE / TICK);
    tracker.onIterationEnded(0, true, 1, 1 + 2 * SLICE);
    checkThrough(tracker, 3 * SLICE / TICK);
    tracker.onIterationEnded(0, false, 2, 3 * SLICE + 1);
    tracker.onArrivalDropped(0, 3 * SLICE + 1);
    tracker.onEnded(3 * SLICE + 1);
    for (final ThresholdResult result : tracker.thresholds()) {
      assertTrue(result.passed(), result::toString);
    }
  }

  @Test
  void shouldMeasureChecksGroupsAndCustomMetrics() {
    final Measures measures =
        new Measures(
            List.of(
                on("checks", List.of(new Tag("check", "b")), Aggregation.RATE, 0.5),
                on("checks", List.of(), Aggregation.RATE, 0.75),
                on("group_duration", List.of(new Tag("group", "g")), Aggregation.MAX, 30),
                on("basket", List.of(new Tag("scenario", "s")), Aggregation.AVG, 15),
                on("sold", List.of(), Aggregation.COUNT, 5)),
            List.of(new Check("a", 0), new Check("b", 0)),
            List.of(new io.lockstep.scenario.plan.metric.Group("g", 0)),
            List.of(
                new CustomMetric("basket", MetricKind.TREND, MetricUnit.NONE),
                new CustomMetric("sold", MetricKind.COUNTER, MetricUnit.NONE)),
            List.of(),
            List.of());
    final MetricsTracker tracker =
        new MetricsTracker(Plans.of(Group.iterations("s", 1, 1)).withMeasures(measures), 1);
    tracker.onCheck(0, 0, true, 5);
    tracker.onCheck(0, 0, true, 6);
    tracker.onCheck(1, 0, true, 7);
    tracker.onCheck(1, 0, false, 8);
    tracker.onGroup(0, 0, 10, 40);
    tracker.onCustom(0, 0, 10, 11);
    tracker.onCustom(0, 0, 20, 12);
    tracker.onCustom(1, 0, 2, 13);
    tracker.onCustom(1, 0, 3, 14);
    tracker.onEnded(100);
    for (final ThresholdResult result : tracker.thresholds()) {
      assertTrue(result.passed(), result::toString);
    }
    assertEquals(1, tracker.figures().check(1).failed());
    assertEquals(30, tracker.figures().group(0).getMaxValue());
  }

  @Test
  void shouldCountWarmUpsApart() {
    final Plan plan = MeasuredPlans.warmingUp(Plans.of(Group.rate("s", 1, 1, 1)), 9);
    final long fromNs = 10 * TICK;
    final MetricsTracker tracker = new MetricsTracker(plan, 1);
    for (final long intendedNs : new long[] {1, fromNs - 1, fromNs}) {
      tracker.onArrivalStarted(0, intendedNs);
      tracker.onIterationStarted(0, intendedNs);
      tracker.onIssued(0, intendedNs);
      respond(tracker, intendedNs, fromNs + 5);
      tracker.onIterationEnded(0, true, intendedNs, fromNs + 5);
      tracker.onArrivalDropped(0, intendedNs);
    }
    tracker.onEnded(fromNs + 500);
    assertEquals(3, tracker.counts().issued(), "of the whole run");
    assertEquals(1, tracker.figures().request(0).issued());
    assertEquals(1, tracker.figures().request(0).service().getTotalCount());
    assertEquals(1, tracker.figures().lateness().getTotalCount());
    assertEquals(2, tracker.warmUp().issued());
    assertEquals(2, tracker.warmUp().responses());
    assertEquals(0, tracker.warmUp().errors());
    assertEquals(2, tracker.warmUp().completedIterations());
    assertEquals(2, tracker.warmUp().startedArrivals());
    assertEquals(2, tracker.warmUp().droppedArrivals());
    assertEquals(500, tracker.measuredNs());
  }

  /** Scenario a is measured at once, b a warm-up of two seconds later. */
  @Test
  void shouldCountWindowsFromTheMeasuredPhaseOfWhatTheySelect() {
    final Threshold busy =
        over(
            threshold(Metric.HTTP_REQS, Aggregation.RATE, Comparison.AT_LEAST, 9),
            SECOND,
            true,
            SECOND);
    final long warmUp = 2 * SECOND / TICK;
    final Plan plan =
        MeasuredPlans.warmingUp(
            Plans.of(Group.iterations("a", 1, 1), Group.iterations("b", 1, 1)), 0, warmUp);
    final MetricsTracker tracker =
        new MetricsTracker(plan.withMeasures(Measures.of(List.of(of("b", busy)))), 1);
    assertEquals(
        1 + warmUp + SLICE / TICK, tracker.nextCheckTick(), "counted from the end of b's warm-up");
    for (int i = 1; i <= 30; i++) {
      final long atNs = 2 * SECOND + TICK + i * SLICE;
      checkThrough(tracker, atNs / TICK - 1);
      respond(tracker, 1, atNs - 1, atNs, 200);
    }
    tracker.onEnded(5 * SECOND);
    assertEquals(10.0, tracker.thresholds().get(0).observed());
    assertTrue(tracker.thresholds().get(0).passed());
  }

  @Test
  void shouldDivideByTheMeasuredPhaseOfWhatIsSelected() {
    final Threshold rate = threshold(Metric.HTTP_REQS, Aggregation.RATE, Comparison.AT_LEAST, 9);
    final Plan plan =
        MeasuredPlans.warmingUp(
            Plans.of(Group.iterations("a", 1, 1), Group.iterations("b", 1, 1)),
            0,
            3 * SECOND / TICK - 1);
    final MetricsTracker tracker =
        new MetricsTracker(
            plan.withMeasures(Measures.of(List.of(rate, of("a", rate), of("b", rate)))), 1);
    for (int i = 0; i < 10; i++) {
      respond(tracker, 1, 3 * SECOND + i, 3 * SECOND + 9, 200);
    }
    tracker.onEnded(4 * SECOND);
    assertEquals(
        List.of(2.5, 0.0, 10.0),
        tracker.thresholds().stream().map(ThresholdResult::observed).toList());
  }

  /** Before its start it can be sent no request, so that it had none is no failure. */
  @Test
  void shouldStartToJudgeWhenAScenarioStarts() {
    final Threshold busy =
        over(
            threshold(Metric.HTTP_REQS, Aggregation.COUNT, Comparison.AT_LEAST, 10),
            SECOND,
            false,
            0);
    final Timing later = new Timing(5 * SECOND / TICK, 0, 0, Timing.UNTHROTTLED, 0);
    final Plan plan =
        Plans.of(Group.iterations("a", 1, 1), Group.iterations("b", 1, 1).timing(later));
    final MetricsTracker tracker =
        new MetricsTracker(
            plan.withMeasures(Measures.of(List.of(of("b", busy), of("a", busy), busy))), 1);
    checkThrough(tracker, 5 * SECOND / TICK);
    for (int i = 1; i <= 20; i++) {
      final long atNs = 5 * SECOND + i * SLICE;
      checkThrough(tracker, atNs / TICK - 1);
      respond(tracker, 1, atNs - 1, atNs, 200);
    }
    tracker.onEnded(7 * SECOND);
    assertEquals(
        List.of(true, false, false),
        tracker.thresholds().stream().map(ThresholdResult::passed).toList());
    assertEquals(10.0, tracker.thresholds().get(0).observed());
  }

  /** A histogram ends at an hour; what is compared does not. */
  @Test
  void shouldNotCutTimesOfMoreThanAnHour() {
    final double bound = 2.0 * 3600 * SECOND;
    final MetricsTracker tracker =
        tracker(
            1,
            threshold(Metric.ITERATION_DURATION, Aggregation.MAX, Comparison.LESS, bound),
            threshold(Metric.ITERATION_DURATION, Aggregation.AVG, Comparison.LESS, bound),
            threshold(Metric.ITERATION_DURATION, Aggregation.PERCENTILE, Comparison.LESS, bound));
    final long threeHours = 3 * 3600 * SECOND;
    tracker.onIterationStarted(0, 1);
    tracker.onIterationEnded(0, true, 1, 1 + threeHours);
    tracker.onEnded(1 + threeHours);
    for (final ThresholdResult result : tracker.thresholds()) {
      assertEquals(threeHours, result.observed());
      assertFalse(result.passed());
    }
  }

  @Test
  void shouldKnowTheVusThatAWarmUpLeftRunning() {
    final Plan plan = MeasuredPlans.warmingUp(Plans.of(Group.iterations("s", 3, 1)), 9);
    final Threshold most = threshold(Metric.VUS, Aggregation.MAX, Comparison.EQUAL, 2);
    final MetricsTracker tracker =
        new MetricsTracker(plan.withMeasures(Measures.of(List.of(most))), 1);
    tracker.onIterationStarted(0, 1);
    tracker.onIterationStarted(0, 2);
    checkThrough(tracker, 10 + SLICE / TICK);
    tracker.onIterationEnded(0, true, 1, 2 * SLICE);
    tracker.onIterationEnded(0, true, 2, 2 * SLICE);
    tracker.onEnded(3 * SLICE);
    assertEquals(2, tracker.thresholds().get(0).observed());
  }

  private static Threshold of(final String scenario, final Threshold threshold) {
    return new Threshold(
        new Selector(threshold.selector().metric(), List.of(new Tag(Tag.SCENARIO, scenario))),
        threshold.expression(),
        threshold.overNs(),
        threshold.abortOnFail(),
        threshold.delayNs());
  }

  private static Threshold on(
      final String metric,
      final List<Tag> tags,
      final Aggregation aggregation,
      final double value) {
    final Threshold any = threshold(Metric.CHECKS, aggregation, Comparison.EQUAL, value);
    return new Threshold(new Selector(metric, tags), any.expression(), 0, false, 0);
  }

  private static Threshold over(
      final Threshold threshold, final long overNs, final boolean abort, final long delayNs) {
    return new Threshold(threshold.selector(), threshold.expression(), overNs, abort, delayNs);
  }

  private static MetricsTracker tracker(final int shards, final Threshold... thresholds) {
    final Plan plan = Plans.of(Group.iterations("s", 1, 1));
    return new MetricsTracker(plan.withMeasures(Measures.of(List.of(thresholds))), shards);
  }

  private static void checkThrough(final MetricsTracker tracker, final long tick) {
    while (tracker.nextCheckTick() <= tick) {
      assertEquals(-1, tracker.checkThresholds(tracker.nextCheckTick()));
    }
  }

  private static void end(final MetricsTracker tracker, final long atNs, final int status) {
    respond(tracker, atNs - 5, atNs, status);
  }

  private static void respond(final MetricsTracker tracker, final long sentNs, final long atNs) {
    respond(tracker, sentNs, atNs, 200);
  }

  private static void respond(
      final MetricsTracker tracker, final long sentNs, final long atNs, final int status) {
    respond(tracker, 0, sentNs, atNs, status);
  }

  private static void respond(
      final MetricsTracker tracker,
      final int request,
      final long sentNs,
      final long atNs,
      final int status) {
    final Completion completion = new Completion();
    completion.status = status;
    completion.sentNs = sentNs;
    completion.firstByteNs = atNs;
    completion.lastByteNs = atNs;
    tracker.onCompleted(request, completion, sentNs);
  }
}
