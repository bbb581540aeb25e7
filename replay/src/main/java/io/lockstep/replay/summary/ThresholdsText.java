package io.lockstep.replay.summary;

import io.lockstep.replay.event.Durations;
import java.util.List;

/** What came of the thresholds, for a terminal. */
final class ThresholdsText {
  private ThresholdsText() {}

  static void append(final RunSummary summary, final Style style, final StringBuilder out) {
    final long failed = summary.failedThresholds();
    final int all = summary.thresholds().size();
    out.append(
        failed == 0
            ? style.paint(Style.GREEN, "PASSED")
                + Style.INDENT
                + (all == 1 ? "the threshold" : "all " + all + " thresholds")
            : style.paint(Style.RED, "FAILED")
                + Style.INDENT
                + failed
                + " of "
                + all
                + (all == 1 ? " threshold" : " thresholds"));
    out.append('\n');
    final Grid grid = new Grid();
    final int width =
        summary.thresholds().stream().mapToInt(row -> row.metric().length()).max().orElse(0);
    for (final ThresholdRow row : summary.thresholds()) {
      final String pad = " ".repeat(width - row.metric().length());
      grid.add(
          List.of(row.metric() + pad + Style.INDENT + row.expression() + over(row), row.text()));
    }
    final List<String> lines = grid.lines();
    for (int i = 0; i < lines.size(); i++) {
      final ThresholdRow row = summary.thresholds().get(i);
      out.append(Style.INDENT).append(style.mark(row.passed())).append(' ').append(lines.get(i));
      out.append(row.aborted() ? Style.INDENT + "ended the run" : "").append('\n');
    }
    out.append('\n');
  }

  private static String over(final ThresholdRow row) {
    return row.overNs() == 0 ? "" : " over " + Durations.exact(row.overNs());
  }
}
