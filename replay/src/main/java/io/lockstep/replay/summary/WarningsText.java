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

  private static final String FAILED_METRIC = Metric.ITERATIONS_FAILED.key();

  private WarningsText() {}

  /** Before all else: no request went well, or many iterations came to no end. */
  static void append(final RunSummary summary, final Style style, final StringBuilder out) {
    requests(summary, style, out);
    iterations(summary, style, out);
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
    out.append(
            "a failed iteration does no more of its steps, nor its think times, and a VU of a closed")
        .append(" load begins the next one at once:\n")
        .append(Style.INDENT)
        .append(
            "the load is not the one that was planned. Mend the expression, or give it a value where")
        .append(" there is none: default(x, ...)\n");
    if (summary.thresholds().stream().noneMatch(row -> row.metric().startsWith(FAILED_METRIC))) {
      out.append(Style.INDENT)
          .append("no threshold asks for better, so this is no failed run; one that does: ")
          .append(FAILED_METRIC)
          .append(": [\"rate<1%\"]\n");
    }
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
