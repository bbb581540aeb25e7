package io.lockstep.replay.summary;

import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.List;

/** How requests failed, for a terminal: a table by stage and kind, under each row its reasons. */
final class FailuresText {
  private static final int MOST_REASONS = 4;
  private static final String LIST = Style.INDENT + Style.INDENT + Style.INDENT;

  private final RunSummary summary;
  private final Style style;
  private final StringBuilder out;

  private FailuresText(final RunSummary summary, final Style style, final StringBuilder out) {
    this.summary = summary;
    this.style = style;
    this.out = out;
  }

  /** Appends the table and an empty line; nothing where no request failed. */
  static void append(final RunSummary summary, final Style style, final StringBuilder out) {
    if (!summary.handshaking().failures().isEmpty()) {
      new FailuresText(summary, style, out).table();
    }
  }

  private void table() {
    final List<FailureRow> rows = summary.handshaking().failures();
    final Grid grid = new Grid();
    grid.add(List.of("failed at", "as", "count", "share", "first", "last"));
    final long issued = summary.totals().issued();
    final int kindWidth = rows.stream().mapToInt(row -> row.kind().length()).max().orElse(0);
    for (final FailureRow row : rows) {
      grid.add(
          List.of(
              row.stage(),
              row.kind() + " ".repeat(kindWidth - row.kind().length()),
              Cells.count(row.count()),
              Cells.percent(row.count(), issued),
              Durations.rounded(row.firstNs()),
              Durations.rounded(row.lastNs())));
    }
    final List<String> lines = grid.lines();
    out.append(Style.INDENT).append(style.paint(Style.BOLD, lines.get(0))).append('\n');
    for (int i = 0; i < rows.size(); i++) {
      out.append(Style.INDENT).append(style.paint(Style.RED, lines.get(i + 1))).append('\n');
      reasons(rows.get(i));
    }
    if (rows.stream().anyMatch(row -> row.kind().equals(RequestOutcome.INVALID_REQUEST.key()))) {
      out.append(LIST).append("use urlencode(...) for values that go into a path or a query\n");
    }
    out.append('\n');
  }

  private void reasons(final FailureRow row) {
    final List<Counted> reasons = row.reasons();
    for (final Counted reason : reasons.subList(0, Math.min(MOST_REASONS, reasons.size()))) {
      out.append(LIST);
      out.append(Cells.count(reason.count())).append(' ').append(reason.name()).append('\n');
    }
    if (reasons.size() > MOST_REASONS) {
      out.append(LIST).append("and ").append(reasons.size() - MOST_REASONS);
      out.append(" more reasons, in summary.json\n");
    }
  }
}
