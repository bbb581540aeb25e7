package io.lockstep.replay.summary;

import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.replay.event.Durations;
import io.lockstep.replay.summary.RunSummary.Head;
import io.lockstep.replay.summary.Validity.Finding;
import io.lockstep.scenario.plan.Phases;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A summary for a terminal: thresholds, outcome and validity first, then the totals, then one row
 * per request in one column grid. Lines end in line feeds; the locale plays no part.
 */
public final class SummaryText {
  private final Style style;
  private final StringBuilder out = new StringBuilder(2048);

  private SummaryText(final Style style) {
    this.style = style;
  }

  /**
   * The whole text.
   *
   * @param colour whether to use ANSI escapes
   * @param symbols whether to use characters beyond ASCII
   */
  public static String of(final RunSummary summary, final boolean colour, final boolean symbols) {
    final Style style = new Style(colour, symbols);
    final SummaryText text = new SummaryText(style);
    WarningsText.append(summary, style, text.out);
    if (!summary.thresholds().isEmpty()) {
      ThresholdsText.append(summary, style, text.out);
    }
    text.verdict(summary);
    FailuresText.append(summary, style, text.out);
    summary.capacity().forEach(text::capacity);
    TotalsText.append(summary, text.out);
    text.requests(summary);
    text.groups(summary);
    text.checks(summary);
    text.custom(summary);
    text.responses(summary);
    text.digests(summary.head());
    return text.out.toString();
  }

  private void verdict(final RunSummary summary) {
    final Head head = summary.head();
    final Validity.Grade grade = summary.validity().grade();
    out.append(style.paint(ansi(grade), grade.name())).append(Style.INDENT);
    out.append(outcome(head.facts().outcome()));
    out.append(" after ").append(Durations.rounded(head.endedNs()));
    out.append(head.facts().kind() == TransportKind.SIMULATED ? " of virtual time: " : ": ");
    out.append(head.name()).append(", seed ").append(head.seed()).append('\n');
    EndsText.test(summary.ends(), out);
    for (final Finding finding : summary.validity().findings()) {
      out.append(Style.INDENT).append(style.paint(ansi(finding.grade()), finding.grade().key()));
      out.append(": ").append(finding.text()).append('\n');
    }
    final String divided = WarningsText.divided(summary);
    if (!divided.isEmpty()) {
      out.append(Style.INDENT).append("advice: ").append(divided).append('\n');
    }
    out.append('\n');
  }

  private static String outcome(final RunOutcome outcome) {
    return switch (outcome) {
      case COMPLETED -> "run completed";
      case STOPPED -> "run stopped early";
      case ABORTED -> "run ended by a threshold";
    };
  }

  private void capacity(final CapacityRow row) {
    final List<String> lines = CapacityText.lines(row);
    Style.item(out, "capacity", lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      out.append(Style.INDENT)
          .append(Style.INDENT)
          .append(i == 1 ? style.paint(Style.BOLD, lines.get(i)) : lines.get(i))
          .append('\n');
    }
    out.append('\n');
  }

  private void requests(final RunSummary summary) {
    final Grid grid = new Grid();
    grid.add(List.of("", "", "", "", "service", "", "", "", "", "", "response", "", ""));
    grid.add(
        List.of(
            "request", "count", "rate", "errors", "p50", "p90", "p95", "p99", "p99.9", "max", "p50",
            "p99", "max"));
    for (final RequestRow row : rows(summary, PhaseRow::requests, summary.requests())) {
      final Quantiles service = row.service();
      final Quantiles response = row.response();
      grid.add(
          List.of(
              row.name(),
              Cells.count(row.issued()),
              Cells.rate(row.rate()),
              Cells.count(row.errors()),
              Cells.time(service, service.p50()),
              Cells.time(service, service.p90()),
              Cells.time(service, service.p95()),
              Cells.time(service, service.p99()),
              Cells.time(service, service.p999()),
              Cells.time(service, service.max()),
              Cells.time(response, response.p50()),
              Cells.time(response, response.p99()),
              Cells.time(response, response.max())));
    }
    final List<String> lines = grid.lines();
    for (int i = 0; i < lines.size(); i++) {
      out.append(Style.INDENT)
          .append(i < 2 ? style.paint(Style.BOLD, lines.get(i)) : lines.get(i))
          .append('\n');
    }
    out.append('\n');
  }

  /** In the order of time: those of the setup, of the load, of the teardown. */
  private static <T> List<T> rows(
      final RunSummary summary, final Function<PhaseRow, List<T>> of, final List<T> load) {
    final List<T> rows = new ArrayList<>();
    phases(summary, true).forEach(phase -> rows.addAll(of.apply(phase)));
    rows.addAll(load);
    phases(summary, false).forEach(phase -> rows.addAll(of.apply(phase)));
    return rows;
  }

  private static Stream<PhaseRow> phases(final RunSummary summary, final boolean before) {
    return summary.phases().stream().filter(row -> row.name().equals(Phases.SETUP) == before);
  }

  private void groups(final RunSummary summary) {
    if (summary.groups().isEmpty()) {
      return;
    }
    final Grid grid = new Grid();
    grid.add(List.of("group", "count", "p50", "p90", "p95", "p99", "p99.9", "max"));
    for (final GroupRow row : summary.groups()) {
      final Quantiles times = row.duration();
      grid.add(
          List.of(
              row.name(),
              Cells.count(times.count()),
              Cells.time(times, times.p50()),
              Cells.time(times, times.p90()),
              Cells.time(times, times.p95()),
              Cells.time(times, times.p99()),
              Cells.time(times, times.p999()),
              Cells.time(times, times.max())));
    }
    table(grid);
  }

  private void checks(final RunSummary summary) {
    final List<CheckRow> rows = rows(summary, PhaseRow::checks, summary.checks());
    if (rows.isEmpty()) {
      return;
    }
    final Grid grid = new Grid();
    grid.add(List.of("check", "passed", "failed", "rate"));
    for (final CheckRow row : rows) {
      final long made = row.passed() + row.failed();
      grid.add(
          List.of(
              row.request() + ": " + row.name(),
              Cells.count(row.passed()),
              Cells.count(row.failed()),
              made == 0 ? Cells.NO_SAMPLE : Cells.percent(row.passed(), made)));
    }
    table(grid);
  }

  private void custom(final RunSummary summary) {
    if (summary.custom().isEmpty()) {
      return;
    }
    final Grid grid = new Grid();
    grid.add(Stream.concat(Stream.of("metric"), CustomRow.KEYS.stream()).toList());
    for (final CustomRow row : summary.custom()) {
      grid.add(
          Stream.concat(Stream.of(row.name()), CustomRow.KEYS.stream().map(row::text)).toList());
    }
    table(grid);
  }

  private void responses(final RunSummary summary) {
    if (summary.responses().isEmpty()) {
      return;
    }
    final Grid grid = new Grid();
    grid.add(
        List.of(
            "responses",
            "redirects",
            "not followed",
            "fresh",
            "not modified",
            "not decoded",
            "not found"));
    for (final ResponseRow row : summary.responses()) {
      grid.add(
          List.of(
              row.request(),
              Cells.count(row.followed()),
              listed(row.notFollowed()),
              Cells.count(row.cacheHits()),
              Cells.count(row.notModified()),
              listed(row.undecoded()),
              listed(row.missed())));
    }
    table(grid);
  }

  private static String listed(final List<Counted> counted) {
    return counted.isEmpty()
        ? "0"
        : counted.stream()
            .map(one -> one.name() + " " + Cells.count(one.count()))
            .collect(Collectors.joining(", "));
  }

  /** One line of heads. */
  private void table(final Grid grid) {
    final List<String> lines = grid.lines();
    for (int i = 0; i < lines.size(); i++) {
      out.append(Style.INDENT)
          .append(i == 0 ? style.paint(Style.BOLD, lines.get(i)) : lines.get(i))
          .append('\n');
    }
    out.append('\n');
  }

  private void digests(final Head head) {
    Style.item(out, "generation digest", head.facts().generation().hex());
    Style.item(out, "journal digest", head.facts().journalDigest());
  }

  private static String ansi(final Validity.Grade grade) {
    return switch (grade) {
      case VALID -> Style.GREEN;
      case DEGRADED -> Style.YELLOW;
      case INVALID -> Style.RED;
    };
  }
}
