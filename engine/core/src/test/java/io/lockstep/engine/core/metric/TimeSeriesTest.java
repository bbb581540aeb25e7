package io.lockstep.engine.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimeSeriesTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int ROWS = 4096;

  @Test
  void shouldCountInTheRowOfTheSecond() {
    final TimeSeries series = new TimeSeries();
    series.recordIssued(0);
    series.recordIssued(SECOND_NS - 1);
    series.recordIssued(SECOND_NS);
    series.recordEnd(2 * SECOND_NS, true, false);
    series.recordEnd(SECOND_NS / 2, false, true); // inputs can lie a little before timers
    assertEquals(3, series.rows());
    assertEquals(2, series.issued(0));
    assertEquals(1, series.issued(1));
    assertEquals(1, series.responses(2));
    assertEquals(1, series.errors(0));
  }

  @Test
  void shouldCarryActiveVusThroughSecondsInWhichNothingHappens() {
    final TimeSeries series = new TimeSeries();
    series.recordActive(0, 10);
    series.recordActive(3 * SECOND_NS + 1, 4);
    series.recordActive(4 * SECOND_NS, 5);
    final long[] expected = {10, 10, 10, 10, 5};
    for (int row = 0; row < expected.length; row++) {
      assertEquals(expected[row], series.activeVus(row), "row " + row);
    }
  }

  @Test
  void shouldDoubleItsRowsAndLoseNothing() {
    final TimeSeries series = new TimeSeries();
    for (int second = 0; second < 5 * ROWS; second++) {
      series.recordIssued(second * SECOND_NS);
      series.recordActive(second * SECOND_NS, second % 7);
    }
    assertEquals(8, series.secondsPerRow());
    assertEquals(5 * ROWS / 8, series.rows());
    for (int row = 0; row < series.rows(); row++) {
      assertEquals(8, series.issued(row), "row " + row);
      assertEquals(6, series.activeVus(row), "row " + row);
    }
  }

  @Test
  void shouldAddShardsOfDifferentWidthsAlike() {
    for (int trial = 0; trial < 50; trial++) {
      final Random random = new Random(trial);
      final TimeSeries whole = new TimeSeries();
      final TimeSeries[] parts = {new TimeSeries(), new TimeSeries()};
      final int[] seconds = {1 + random.nextInt(3 * ROWS), 1 + random.nextInt(3 * ROWS)};
      for (int i = 0; i < 1000; i++) {
        final int part = random.nextInt(2);
        final long atNs = random.nextInt(seconds[part]) * SECOND_NS;
        final boolean error = random.nextBoolean();
        whole.recordIssued(atNs);
        parts[part].recordIssued(atNs);
        whole.recordEnd(atNs, !error, error);
        parts[part].recordEnd(atNs, !error, error);
      }
      final TimeSeries sum = new TimeSeries();
      sum.add(parts[0]);
      sum.add(parts[1]);
      assertEquals(whole.secondsPerRow(), sum.secondsPerRow());
      assertEquals(whole.rows(), sum.rows());
      for (int row = 0; row < whole.rows(); row++) {
        assertEquals(whole.issued(row), sum.issued(row));
        assertEquals(whole.responses(row), sum.responses(row));
        assertEquals(whole.errors(row), sum.errors(row));
      }
    }
  }

  @Test
  void shouldAddTrackersLikeOneThatSawAll() {
    final MetricsTracker whole = new MetricsTracker(2);
    final MetricsTracker[] parts = {new MetricsTracker(2), new MetricsTracker(2)};
    final Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      event(random.nextLong(), whole, parts[i % 2]);
    }
    final MetricsTracker sum = new MetricsTracker(2);
    sum.add(parts[0]);
    sum.add(parts[1]);
    assertEquals(whole.counts().issued(), sum.counts().issued());
    assertEquals(whole.counts().responses(), sum.counts().responses());
    assertEquals(whole.counts().errors(), sum.counts().errors());
    assertEquals(whole.counts().connects(), sum.counts().connects());
    assertEquals(whole.counts().owedArrivals(), sum.counts().owedArrivals());
    assertEquals(whole.counts().droppedArrivals(), sum.counts().droppedArrivals());
    assertEquals(whole.counts().completedIterations(), sum.counts().completedIterations());
    assertEquals(whole.figures().lateness(), sum.figures().lateness());
    for (int request = 0; request < 2; request++) {
      final RequestMetrics expected = whole.figures().request(request);
      final RequestMetrics found = sum.figures().request(request);
      assertEquals(expected.service(), found.service());
      assertEquals(expected.response(), found.response());
      assertEquals(expected.failures(), found.failures());
      assertEquals(expected.badStatuses(), found.badStatuses());
      assertEquals(expected.bytesReceived(), found.bytesReceived());
      assertEquals(expected.bytesSent(), found.bytesSent());
    }
    assertEquals(
        whole.counts().errors(),
        whole.figures().request(0).failures()
            + whole.figures().request(0).badStatuses()
            + whole.figures().request(1).failures()
            + whole.figures().request(1).badStatuses());
  }

  private static void event(final long seed, final MetricsTracker... trackers) {
    for (final MetricsTracker tracker : trackers) {
      final Random random = new Random(seed);
      final int request = random.nextInt(2);
      final long atNs = random.nextInt(1_000_000_000);
      final Completion completion = new Completion();
      completion.outcome = random.nextInt(5) == 0 ? RequestOutcome.RESET : RequestOutcome.RESPONSE;
      completion.status = completion.outcome.isFailure() ? 0 : 200 + random.nextInt(400);
      completion.connectNs = random.nextInt(2);
      completion.sentNs = atNs + random.nextInt(1000);
      completion.lastByteNs = completion.sentNs + random.nextInt(1_000_000);
      completion.bytesSent = random.nextInt(100);
      completion.bytesReceived = random.nextInt(1000);
      tracker.onIterationStarted(0, atNs);
      tracker.onIssued(request, atNs);
      tracker.onCompleted(request, completion, atNs);
      tracker.onIterationEnded(0, true, atNs, completion.lastByteNs);
      if (random.nextBoolean()) {
        tracker.onArrivalStarted(0, atNs);
      } else {
        tracker.onArrivalDropped(0, atNs);
      }
    }
  }
}
