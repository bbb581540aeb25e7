package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Measurable;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Takes the samples that one selector selects. What it selects by request, scenario, check or group
 * is decided before the run, by where it is put in {@link Meters}; what only a response tells is
 * decided here.
 */
final class Meter {
  private static final int ANY = -1;
  private static final int NO = 0;
  private static final int YES = 1;

  /** No request ends so. */
  private static final int NEVER = -2;

  final Measurable metric;
  final Selector selector;
  final Samples total;

  /** Of which scenarios it selects something; none where that is not known before the run. */
  final BitSet scenarios = new BitSet();

  /** VUs in an iteration now, of those selected. */
  private long active;

  /** Those of {@link #scenarios} whose load has not ended yet. */
  private BitSet loading;

  private boolean over;

  private final int status;
  private final int outcome;
  private final int stage;
  private final int expected;
  private Window[] windows = new Window[0];

  /**
   * @param aggregations what is asked of it
   */
  Meter(final Measurable metric, final Selector selector, final List<Aggregation> aggregations) {
    this.metric = metric;
    this.selector = selector;
    total = new Samples(metric.kind(), aggregations.stream().anyMatch(Aggregation::isQuantile));
    status = tag(Tag.STATUS).isEmpty() ? ANY : Integer.parseInt(tag(Tag.STATUS));
    outcome = outcome(tag(Tag.ERROR));
    stage = stage(tag(Tag.STAGE));
    final String expectation = tag(Tag.EXPECTED_RESPONSE);
    expected = expectation.isEmpty() ? ANY : expectation.equals("true") ? YES : NO;
  }

  private String tag(final String name) {
    return selector.tags().stream()
        .filter(tag -> tag.name().equals(name))
        .map(Tag::value)
        .findFirst()
        .orElse("");
  }

  private static int outcome(final String key) {
    return key.isEmpty()
        ? ANY
        : Arrays.stream(RequestOutcome.values())
            .filter(value -> value.key().equals(key.toLowerCase(Locale.ROOT)))
            .findFirst()
            .map(RequestOutcome::code)
            .orElse(NEVER);
  }

  private static int stage(final String key) {
    return key.isEmpty()
        ? ANY
        : Arrays.stream(FailureStage.values())
            .filter(value -> value.key().equals(key.toLowerCase(Locale.ROOT)))
            .findFirst()
            .map(FailureStage::code)
            .orElse(NEVER);
  }

  /** A window over the same samples. */
  Window add(final Window window) {
    windows = Arrays.copyOf(windows, windows.length + 1);
    windows[windows.length - 1] = window;
    return window;
  }

  /** Whether a request that ended so is selected. */
  boolean accepts(final Completion completion, final boolean failed) {
    return (status == ANY || (status == completion.status && isResponse(completion)))
        && (outcome == ANY || outcome == completion.outcome.code())
        && (stage == ANY || (completion.stage != null && stage == completion.stage.code()))
        && (expected == ANY || expected == (failed ? NO : YES));
  }

  private static boolean isResponse(final Completion completion) {
    return completion.outcome == RequestOutcome.RESPONSE;
  }

  /** An iteration began or ended. */
  void onActive(final int change) {
    active += change;
  }

  /** VUs in an iteration now, of those selected. */
  long active() {
    return active;
  }

  /**
   * Whether its samples are not what happens but what is at certain moments: only so do those of
   * several shards add up.
   */
  boolean isSampled() {
    return metric == Metric.VUS;
  }

  void record(final long value) {
    total.record(value);
    for (final Window window : windows) {
      window.current().record(value);
    }
  }

  /** The new value of a gauge that VUs set. */
  void record(final long value, final long atNs) {
    total.record(value, atNs);
    for (final Window window : windows) {
      window.current().record(value, atNs);
    }
  }

  void record(final boolean value) {
    total.record(value);
    for (final Window window : windows) {
      window.current().record(value);
    }
  }

  void increase(final long by) {
    increase(total, by);
    for (final Window window : windows) {
      increase(window.current(), by);
    }
  }

  private void increase(final Samples samples, final long by) {
    if (over) {
      samples.increaseLate(by);
    } else {
      samples.increase(by);
    }
  }

  /** A scenario begins nothing more. */
  void onLoadEnded(final int scenario) {
    if (loading == null) {
      loading = (BitSet) scenarios.clone();
    }
    loading.clear(scenario);
    over = loading.isEmpty() && !scenarios.isEmpty();
  }

  /** Whether none of the scenarios that it selects something of begins anything more. */
  boolean isOver() {
    return over;
  }
}
