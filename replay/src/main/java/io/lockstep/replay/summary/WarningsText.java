package io.lockstep.replay.summary;

import io.lockstep.scenario.plan.metric.Metric;

/**
 * What must not be overlooked on a terminal, since it makes all other figures mean something else.
 */
final class WarningsText {
  /** With fewer VUs per shard than this, that they are divided can be why an arrival finds none. */
  private static final int FEW_VUS = 10;

  private static final int SHOWN_KINDS = 3;

  /** So many failed iterations may be part of a plan. */
  private static final int FEW_PERCENT = 5;

  private static final String NO_MORE =
      "does no more of its steps, nor its think times, and a VU of a closed load begins the next one"
          + " at once:\n"
          + Style.INDENT;

  private WarningsText() {}

  /**
   * Before all else: no request went well, or many iterations, or starts and stops of VUs, came to
   * no end.
   */
  static void append(final RunSummary summary, final Style style, final StringBuilder out) {
    requests(summary, style, out);
    summary.ends().once().forEach(once -> once(once, summary, style, out));
    iterations(summary, style, out);
    ended(summary, style, out);
  }

  /** Many VUs did not come to the end of their start, or of their stop. */
  private static void once(
      final Ends.Once once, final RunSummary summary, final Style style, final StringBuilder out) {
    if (once.failed() * 100 <= once.begun() * FEW_PERCENT) {
      return;
    }
    out.append(style.paint(Style.RED, "WARNING")).append(Style.INDENT).append(once.flow());
    out.append(" of ").append(once.scenario()).append(": ").append(Cells.count(once.failed()));
    out.append(" of ").append(Cells.count(once.begun())).append(" failed: ");
    out.append(once.failures().get(0).name()).append('\n').append(Style.INDENT);
    final boolean start = once.flow().equals("start");
    out.append(
        start
            ? "a VU whose start failed does nothing more: the load is smaller than the one that was"
                + " planned. Mend the\n  expression, or give it a value where there is none:"
                + " default(x, ...)\n"
            : "a stop that failed does no more of its steps. Mend the expression, or give it a value"
                + " where there is none:\n  default(x, ...)\n");
    askFor((start ? Metric.STARTS_FAILED : Metric.STOPS_FAILED).key(), summary, out);
    out.append('\n');
  }

  /** Checks ended many iterations. */
  private static void ended(final RunSummary summary, final Style style, final StringBuilder out) {
    final Totals totals = summary.totals();
    final long by = summary.ends().iterationsEndedByChecks();
    final long all = totals.iterationsFailed() + totals.iterationsCompleted();
    if (by * 100 <= all * FEW_PERCENT) {
      return;
    }
    out.append(style.paint(Style.RED, "WARNING")).append(Style.INDENT);
    out.append(Cells.count(by)).append(" of ").append(Cells.count(all));
    out.append(" iterations (").append(Cells.percent(by, all)).append(") were ended by ");
    out.append(summary.ends().firstCheck().cause().words());
    out.append(by > summary.ends().firstCheck().count() ? " and others" : "").append('\n');
    out.append(Style.INDENT)
        .append("an iteration that a check ends ")
        .append(NO_MORE)
        .append("the load is not the one that was planned\n");
    askFor(Metric.CHECKS.key(), summary, out);
    out.append('\n');
  }

  /** How to have such a run fail, where nothing says yet that it did. */
  private static void askFor(
      final String metric, final RunSummary summary, final StringBuilder out) {
    if (summary.failedThresholds() == 0
        && summary.thresholds().stream().noneMatch(row -> row.metric().startsWith(metric))) {
      out.append(Style.INDENT)
          .append("no threshold asks for better, so this is no failed run; one that does: ")
          .append(metric)
          .append(metric.equals(Metric.CHECKS.key()) ? ": [\"rate>99%\"]\n" : ": [\"rate<1%\"]\n");
    }
  }

  private static void iterations(
      final RunSummary summary, final Style style, final StringBuilder out) {
    final Totals totals = summary.totals();
    final long failed = totals.iterationsFailed();
    final long ended = failed + totals.iterationsCompleted();
    if (failed * 100 <= ended * FEW_PERCENT) {
      return;
    }
    out.append(style.paint(Style.RED, "WARNING")).append(Style.INDENT);
    if (failed == ended) {
      out.append(failed == 1 ? "the only iteration" : "all " + Cells.count(failed) + " iterations");
    } else {
      out.append(Cells.count(failed)).append(" of ").append(Cells.count(ended));
      out.append(" iterations (").append(Cells.percent(failed, ended)).append(')');
    }
    out.append(" failed");
    if (!totals.iterationFailures().isEmpty()) {
      out.append(": ").append(totals.iterationFailures().get(0).name());
    }
    out.append('\n').append(Style.INDENT);
    out.append("a failed iteration ")
        .append(NO_MORE)
        .append(
            "the load is not the one that was planned. Mend the expression, or give it a value where")
        .append(" there is none: default(x, ...)\n");
    askFor(Metric.ITERATIONS_FAILED.key(), summary, out);
    out.append('\n');
  }

  private static void requests(
      final RunSummary summary, final Style style, final StringBuilder out) {
    final Totals totals = summary.totals();
    if (totals.errors() == 0 || totals.errors() < totals.issued() - totals.cutOff()) {
      return;
    }
    out.append(style.paint(Style.RED, "WARNING")).append(Style.INDENT);
    out.append(
        totals.errors() == 1
            ? "the only request failed"
            : "all " + Cells.count(totals.errors()) + " requests failed");
    out.append(kinds(totals)).append(": is the target up, and are URLs right?\n");
    if (summary.thresholds().isEmpty()) {
      out.append(Style.INDENT)
          .append("no threshold asks for better, so this is no failed run; one that does:")
          .append(" http_req_failed: [\"rate<1%\"]\n");
    }
    out.append('\n');
  }

  private static String kinds(final Totals totals) {
    final StringBuilder text = new StringBuilder();
    int shown = 0;
    for (final Counted failure : totals.failures()) {
      if (shown++ < SHOWN_KINDS) {
        text.append(text.isEmpty() ? "" : ", ").append(failure.name());
      }
    }
    for (final Counted status : totals.badStatuses()) {
      if (shown++ < SHOWN_KINDS) {
        text.append(text.isEmpty() ? "" : ", ").append("status ").append(status.name());
      }
    }
    return " (" + text + (shown > SHOWN_KINDS ? ", ..." : "") + ")";
  }

  /**
   * What to do about dropped arrivals where the VUs are divided; empty where that plays no part. An
   * arrival belongs to one shard, and takes none of another one's VUs.
   */
  static String divided(final RunSummary summary) {
    final int shards = summary.head().facts().shards();
    final Totals totals = summary.totals();
    final int vus = summary.head().vus();
    final boolean enough = totals.maxActiveVus() < vus;
    if (shards < 2 || totals.arrivalsDropped() == 0 || (!enough && vus / shards >= FEW_VUS)) {
      return "";
    }
    return (enough
            ? "at most "
                + Cells.count(totals.maxActiveVus())
                + " of "
                + Cells.count(vus)
                + " VUs were busy at once, but they"
            : "the " + Cells.count(vus) + " VUs")
        + " are divided over "
        + shards
        + " shards, "
        + Cells.count(vus / shards)
        + (vus % shards == 0 ? "" : " or " + Cells.count(vus / shards + 1))
        + " each, and an arrival can take one of its own shard only: use --shards 1, or more VUs";
  }
}
