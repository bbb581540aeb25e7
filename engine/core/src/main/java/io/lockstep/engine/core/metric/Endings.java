package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What iterations, VUs and the test were ended by, and what became of what VUs do once. Iterations
 * of a warm-up are left out; of VUs and of what they do once, which is done early, all count.
 * Written by a shard's machine alone; what a check or a step ends is counted without allocation.
 */
public final class Endings {
  private final MeasuredPhase measured;

  /** {@code null} where the plan has no thresholds. */
  private final Meters meters;

  private final Map<Ending.What, Tally> tallies = new EnumMap<>(Ending.What.class);

  /** By scenario. */
  private final OnceMetrics[] starts;

  private final OnceMetrics[] stops;
  private TestEnding test;

  Endings(
      final int checks, final int scenarios, final MeasuredPhase measured, final Meters meters) {
    this.measured = measured;
    this.meters = meters;
    for (final Ending.What what : Ending.What.values()) {
      tallies.put(what, new Tally(checks));
    }
    starts = once(scenarios);
    stops = once(scenarios);
  }

  static Endings of(final Plan plan, final MeasuredPhase measured, final Meters meters) {
    return new Endings(plan.measures().checks().size(), plan.scenarios().size(), measured, meters);
  }

  private static OnceMetrics[] once(final int scenarios) {
    return IntStream.range(0, scenarios)
        .mapToObj(i -> new OnceMetrics())
        .toArray(OnceMetrics[]::new);
  }

  /** Of a scenario's VUs, what they do before their first iteration. */
  public OnceMetrics start(final int scenario) {
    return starts[scenario];
  }

  /** The same after their last one. */
  public OnceMetrics stop(final int scenario) {
    return stops[scenario];
  }

  /** How many scenarios there are. */
  public int scenarios() {
    return starts.length;
  }

  /** Who ended the test; {@code null} where no flow did. */
  public TestEnding test() {
    return test;
  }

  /** What was ended by what, and how often: in the order of what, checks in the plan's order. */
  public List<Count> counts() {
    final List<Count> counts = new ArrayList<>();
    tallies.forEach(
        (what, tally) -> {
          for (int i = 0; i < tally.byCheck.length; i++) {
            add(counts, new Ending(what, Ending.By.CHECK, i, ""), tally.byCheck[i]);
          }
          add(counts, new Ending(what, Ending.By.STEP, Ending.NO_CHECK, ""), tally.byStep);
          tally
              .byRows
              .byText()
              .forEach(
                  (why, count) ->
                      add(counts, new Ending(what, Ending.By.ROWS, Ending.NO_CHECK, why), count));
        });
    return counts;
  }

  private static void add(final List<Count> counts, final Ending ending, final long count) {
    if (count > 0) {
      counts.add(new Count(ending, count));
    }
  }

  /**
   * How often something was ended by something.
   *
   * @param count at least 1
   */
  public record Count(Ending ending, long count) {}

  /**
   * A failed check ends something.
   *
   * @param check index in the plan's measures
   * @param startedNs when the iteration began
   */
  public void onCheck(
      final Ending.What what, final int check, final int scenario, final long startedNs) {
    if (counts(what, scenario, startedNs)) {
      tallies.get(what).byCheck[check]++;
    }
  }

  /** A step ends something. */
  public void onStep(final Ending.What what, final int scenario, final long startedNs) {
    if (counts(what, scenario, startedNs)) {
      tallies.get(what).byStep++;
    }
  }

  /** Something ends for the want of a row of data. */
  public void onRows(
      final Ending.What what, final String why, final int scenario, final long startedNs) {
    if (counts(what, scenario, startedNs)) {
      tallies.get(what).byRows.add(why, 1);
    }
  }

  private boolean counts(final Ending.What what, final int scenario, final long startedNs) {
    return what != Ending.What.ITERATION || !measured.isWarmUp(scenario, startedNs);
  }

  /** A flow has ended the test: nothing else had done so before. */
  public void onTest(final TestEnding ended) {
    test = TestEnding.first(test, ended);
  }

  /** What a VU does once went to its end. */
  public void onOnceCompleted(final int scenario, final boolean stop) {
    once(scenario, stop).completed++;
    judge(scenario, stop, false);
  }

  /** What a VU does once was cut off. */
  public void onOnceInterrupted(final int scenario, final boolean stop) {
    once(scenario, stop).interrupted++;
  }

  /** What a VU does once came to no end, since an expression came to no value. */
  public void onOnceFailed(final int scenario, final boolean stop, final String reason) {
    once(scenario, stop).failed++;
    once(scenario, stop).reasons.add(reason, 1);
    judge(scenario, stop, true);
  }

  private OnceMetrics once(final int scenario, final boolean stop) {
    return stop ? stops[scenario] : starts[scenario];
  }

  private void judge(final int scenario, final boolean stop, final boolean failed) {
    if (meters != null) {
      meters.onOnce(scenario, stop, failed);
    }
  }

  /** Adds another shard's. */
  void add(final Endings other) {
    tallies.forEach((what, tally) -> tally.add(other.tallies.get(what)));
    for (int i = 0; i < starts.length; i++) {
      starts[i].add(other.starts[i]);
      stops[i].add(other.stops[i]);
    }
    test = TestEnding.first(test, other.test);
  }

  /** What ended one kind of thing. */
  private static final class Tally {
    private final long[] byCheck;
    private long byStep;
    private final ReasonCounts byRows = new ReasonCounts();

    Tally(final int checks) {
      byCheck = new long[checks];
    }

    void add(final Tally other) {
      for (int i = 0; i < byCheck.length; i++) {
        byCheck[i] += other.byCheck[i];
      }
      byStep += other.byStep;
      byRows.add(other.byRows);
    }
  }
}
