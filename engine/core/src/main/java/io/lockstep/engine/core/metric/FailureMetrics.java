package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How requests failed: by stage and kind how often, from when to when, and why. Of the measured
 * phase. Allocates with the first failure of a kind in a stage, and with reasons that are new.
 */
public final class FailureMetrics {
  private static final int CODES = 256;
  private static final int STAGES = FailureStage.values().length + 1;

  /** By codes of kind and stage; {@code null} where there was none. */
  private final Tally[] tallies = new Tally[CODES * STAGES];

  private boolean isNumbered;

  /**
   * Failures of one kind in one stage.
   *
   * @param stage how far the requests had come
   * @param outcome the kind
   * @param count of requests
   * @param firstNs when the first was seen, nanoseconds since run start
   * @param lastNs when the last was
   * @param countByReason the reasons that are known, in the order in which they first came
   */
  public record Row(
      FailureStage stage,
      RequestOutcome outcome,
      long count,
      long firstNs,
      long lastNs,
      Map<String, Long> countByReason) {
    public Row {
      countByReason = Collections.unmodifiableMap(new LinkedHashMap<>(countByReason));
    }
  }

  private static final class Tally {
    private final ReasonCounts reasons = new ReasonCounts();
    private long count;
    private long firstNs = Long.MAX_VALUE;
    private long lastNs = Long.MIN_VALUE;

    private void add(final Tally other) {
      reasons.add(other.reasons);
      count += other.count;
      firstNs = Math.min(firstNs, other.firstNs);
      lastNs = Math.max(lastNs, other.lastNs);
    }
  }

  FailureMetrics() {}

  /** Whether the journal has the stages and reasons of them, as it does of live runs. */
  public boolean isJournaled() {
    return isNumbered;
  }

  /** By stage, then by the codes of the kinds; only those that were. */
  public List<Row> rows() {
    final List<Row> rows = new ArrayList<>();
    for (final FailureStage stage : FailureStage.values()) {
      for (final RequestOutcome outcome : RequestOutcome.values()) {
        final Tally tally = tallies[index(outcome, stage)];
        if (tally != null && tally.count > 0) {
          rows.add(
              new Row(
                  stage,
                  outcome,
                  tally.count,
                  tally.firstNs,
                  tally.lastNs,
                  tally.reasons.byText()));
        }
      }
    }
    return rows;
  }

  /** Why requests failed, by kind; empty for one of which nothing is known. */
  Map<String, Long> reasons(final RequestOutcome outcome) {
    final ReasonCounts all = new ReasonCounts();
    for (final FailureStage stage : FailureStage.values()) {
      final Tally tally = tallies[index(outcome, stage)];
      if (tally != null) {
        all.add(tally.reasons);
      }
    }
    return all.byText();
  }

  void onCompleted(final Completion completion) {
    if (completion.stage == null) {
      return;
    }
    final Tally tally = tally(completion.outcome, completion.stage);
    tally.count++;
    tally.firstNs = Math.min(tally.firstNs, completion.lastByteNs);
    tally.lastNs = Math.max(tally.lastNs, completion.lastByteNs);
    if (completion.reason != null) {
      tally.reasons.add(completion.reason, 1);
    }
    isNumbered |= completion.reasonNumber != FailureReason.NO_NUMBER;
  }

  /** Why a request is not sent, whose completion comes by itself. */
  void onInvalidRequest(final String reason) {
    tally(RequestOutcome.INVALID_REQUEST, FailureStage.SEND).reasons.add(reason, 1);
  }

  /** Adds another shard's. */
  void add(final FailureMetrics other) {
    for (final RequestOutcome outcome : RequestOutcome.values()) {
      for (final FailureStage stage : FailureStage.values()) {
        final Tally more = other.tallies[index(outcome, stage)];
        if (more != null) {
          tally(outcome, stage).add(more);
        }
      }
    }
    isNumbered |= other.isNumbered;
  }

  private Tally tally(final RequestOutcome outcome, final FailureStage stage) {
    final int index = index(outcome, stage);
    if (tallies[index] == null) {
      tallies[index] = new Tally();
    }
    return tallies[index];
  }

  private static int index(final RequestOutcome outcome, final FailureStage stage) {
    return outcome.code() * STAGES + stage.code();
  }
}
