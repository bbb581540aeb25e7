package io.lockstep.replay.summary;

import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.replay.event.Durations;
import io.lockstep.replay.summary.RunSummary.Head;
import io.lockstep.replay.summary.Validity.Finding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A summary for a terminal: thresholds, outcome and validity first, then the totals, then one row
 * per request in one column grid. Lines end in line feeds; the locale plays no part.
 */
public final class SummaryText {
  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[1;32m";
  private static final String RED = "\u001b[1;31m";
  private static final String INDENT = "  ";
  private static final String NO_SAMPLE = "-";

  private final boolean colour;
  private final boolean symbols;
  private final StringBuilder out = new StringBuilder(2048);

  private SummaryText(final boolean colour, final boolean symbols) {
    this.colour = colour;
    this.symbols = symbols;
  }

  /**
   * The whole text.
   *
   * @param colour whether to use ANSI escapes
   * @param symbols whether to use characters beyond ASCII
   */
  public static String of(final RunSummary summary, final boolean colour, final boolean symbols) {
    final SummaryText text = new SummaryText(colour, symbols);
    if (!summary.thresholds().isEmpty()) {
      text.thresholds(summary);
    }
    text.verdict(summary);
    text.totals(summary);
    text.requests(summary);
    text.groups(summary);
    text.checks(summary);
    text.responses(summary);
    text.digests(summary.head());
    return text.out.toString();
  }

  private void verdict(final RunSummary summary) {
    final Head head = summary.head();
    final Validity.Grade grade = summary.validity().grade();
    out.append(paint(ansi(grade), grade.name())).append(INDENT);
    out.append(outcome(head.facts().outcome()));
    out.append(" after ").append(Durations.rounded(head.endedNs()));
    out.append(head.facts().kind() == TransportKind.SIMULATED ? " of virtual time: " : ": ");
    out.append(head.name()).append(", seed ").append(head.seed()).append('\n');
    for (final Finding finding : summary.validity().findings()) {
      out.append(INDENT).append(paint(ansi(finding.grade()), finding.grade().key()));
      out.append(": ").append(finding.text()).append('\n');
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

  private void thresholds(final RunSummary summary) {
    final long failed = summary.failedThresholds();
    final int all = summary.thresholds().size();
    out.append(
        failed == 0
            ? paint(GREEN, "PASSED")
                + INDENT
                + (all == 1 ? "the threshold" : "all " + all + " thresholds")
            : paint(RED, "FAILED")
                + INDENT
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
      grid.add(List.of(row.metric() + pad + INDENT + row.expression() + over(row), row.text()));
    }
    final List<String> lines = grid.lines();
    for (int i = 0; i < lines.size(); i++) {
      final ThresholdRow row = summary.thresholds().get(i);
      out.append(INDENT).append(mark(row.passed())).append(' ').append(lines.get(i));
      out.append(row.aborted() ? INDENT + "ended the run" : "").append('\n');
    }
    out.append('\n');
  }

  private static String over(final ThresholdRow row) {
    return row.overNs() == 0 ? "" : " over " + Durations.exact(row.overNs());
  }

  private String mark(final boolean passed) {
    return passed
        ? paint(GREEN, symbols ? "\u2713" : "ok  ")
        : paint(RED, symbols ? "\u2717" : "FAIL");
  }

  private void totals(final RunSummary summary) {
    final Totals totals = summary.totals();
    if (summary.warmUp() != null) {
      warmUp(summary.warmUp());
    }
    item(
        "requests",
        count(totals.issued())
            + INDENT
            + rate(totals.rate())
            + INDENT
            + count(totals.responses())
            + " responses"
            + (totals.cutOff() > 0 ? ", " + count(totals.cutOff()) + " cut off by the end" : ""));
    item(
        "errors",
        errors(totals.errors(), totals.issued(), totals.failures(), totals.badStatuses()));
    item(
        "iterations",
        count(totals.iterationsCompleted())
            + " completed, "
            + count(totals.iterationsInterrupted())
            + " interrupted");
    if (totals.arrivalsOwed() > 0) {
      item(
          "arrivals",
          count(totals.arrivalsOwed())
              + " owed = "
              + count(totals.arrivalsStarted())
              + " started + "
              + count(totals.arrivalsDropped())
              + " dropped");
    }
    item(
        "bytes",
        Bytes.text(totals.bytesSent())
            + " sent, "
            + Bytes.text(totals.bytesReceived())
            + " received");
    item("active VUs", count(totals.maxActiveVus()) + " at most of " + count(summary.head().vus()));
    if (summary.head().facts().kind() == TransportKind.NETWORK) {
      live(summary);
    }
    out.append('\n');
  }

  private void warmUp(final WarmUpRow warmUp) {
    item(
        "warm-up",
        Durations.rounded(warmUp.ns())
            + ", not in these figures: "
            + count(warmUp.issued())
            + " requests, "
            + count(warmUp.errors())
            + " errors, "
            + count(warmUp.iterationsCompleted())
            + " iterations"
            + (warmUp.arrivalsDropped() > 0
                ? ", " + count(warmUp.arrivalsDropped()) + " dropped arrivals"
                : ""));
  }

  private void live(final RunSummary summary) {
    final Totals totals = summary.totals();
    item("connects", count(totals.connects()));
    final Quantiles late = totals.lateness();
    item(
        "lateness",
        late.count() == 0
            ? "nothing was sent"
            : String.join(
                ", ",
                "p50 " + Durations.rounded(late.p50()),
                "p99 " + Durations.rounded(late.p99()),
                "max " + Durations.rounded(late.max())));
    if (totals.lateCompletions() > 0) {
      item("late ends", count(totals.lateCompletions()) + " came after the request was given up");
    }
    if (summary.generator() != null) {
      item(
          "generator",
          String.join(
              ", ",
              Durations.rounded(summary.generator().processCpuNs())
                  + " CPU of "
                  + Durations.rounded(summary.generator().wallNs()),
              "gc " + Durations.rounded(summary.generator().gcNs()),
              "journal stall " + Durations.rounded(summary.generator().journalStallNs()),
              "longest cycle " + Durations.rounded(summary.generator().maxCycleNs())));
    }
  }

  private void requests(final RunSummary summary) {
    final Grid grid = new Grid();
    grid.add(List.of("", "", "", "", "service", "", "", "", "", "response", "", ""));
    grid.add(
        List.of(
            "request", "count", "rate", "errors", "p50", "p90", "p99", "p99.9", "max", "p50", "p99",
            "max"));
    for (final RequestRow row : summary.requests()) {
      final Quantiles service = row.service();
      final Quantiles response = row.response();
      grid.add(
          List.of(
              row.name(),
              count(row.issued()),
              rate(row.rate()),
              count(row.errors()),
              time(service, service.p50()),
              time(service, service.p90()),
              time(service, service.p99()),
              time(service, service.p999()),
              time(service, service.max()),
              time(response, response.p50()),
              time(response, response.p99()),
              time(response, response.max())));
    }
    final List<String> lines = grid.lines();
    for (int i = 0; i < lines.size(); i++) {
      out.append(INDENT).append(i < 2 ? paint(BOLD, lines.get(i)) : lines.get(i)).append('\n');
    }
    out.append('\n');
  }

  private void groups(final RunSummary summary) {
    if (summary.groups().isEmpty()) {
      return;
    }
    final Grid grid = new Grid();
    grid.add(List.of("group", "count", "p50", "p90", "p99", "p99.9", "max"));
    for (final GroupRow row : summary.groups()) {
      final Quantiles times = row.duration();
      grid.add(
          List.of(
              row.name(),
              count(times.count()),
              time(times, times.p50()),
              time(times, times.p90()),
              time(times, times.p99()),
              time(times, times.p999()),
              time(times, times.max())));
    }
    table(grid);
  }

  private void checks(final RunSummary summary) {
    if (summary.checks().isEmpty()) {
      return;
    }
    final Grid grid = new Grid();
    grid.add(List.of("check", "passed", "failed", "rate"));
    for (final CheckRow row : summary.checks()) {
      final long made = row.passed() + row.failed();
      grid.add(
          List.of(
              row.request() + ": " + row.name(),
              count(row.passed()),
              count(row.failed()),
              made == 0 ? NO_SAMPLE : percent(row.passed(), made)));
    }
    table(grid);
  }

  private void responses(final RunSummary summary) {
    if (summary.responses().isEmpty()) {
      return;
    }
    final Grid grid = new Grid();
    grid.add(
        List.of("responses", "redirects", "not followed", "fresh", "not modified", "not found"));
    for (final ResponseRow row : summary.responses()) {
      grid.add(
          List.of(
              row.request(),
              count(row.followed()),
              listed(row.notFollowed()),
              count(row.cacheHits()),
              count(row.notModified()),
              listed(row.missed())));
    }
    table(grid);
  }

  private static String listed(final List<Counted> counted) {
    return counted.isEmpty()
        ? "0"
        : counted.stream()
            .map(one -> one.name() + " " + count(one.count()))
            .collect(Collectors.joining(", "));
  }

  /** One line of heads. */
  private void table(final Grid grid) {
    final List<String> lines = grid.lines();
    for (int i = 0; i < lines.size(); i++) {
      out.append(INDENT).append(i == 0 ? paint(BOLD, lines.get(i)) : lines.get(i)).append('\n');
    }
    out.append('\n');
  }

  private void digests(final Head head) {
    item("generation digest", head.facts().generation().hex());
    item("journal digest", head.facts().journalDigest());
  }

  private void item(final String name, final String value) {
    out.append(INDENT).append(name);
    out.append(" ".repeat(Math.max(1, 19 - name.length()))).append(value).append('\n');
  }

  private static String errors(
      final long errors,
      final long issued,
      final List<Counted> failures,
      final List<Counted> statuses) {
    if (errors == 0) {
      return "0";
    }
    final StringBuilder text = new StringBuilder(count(errors));
    text.append(" (").append(percent(errors, issued)).append("):");
    String separator = " ";
    for (final Counted failure : failures) {
      text.append(separator).append(count(failure.count())).append(' ').append(failure.name());
      separator = ", ";
    }
    for (final Counted status : statuses) {
      text.append(separator).append(count(status.count())).append(" status ").append(status.name());
      separator = ", ";
    }
    return text.toString();
  }

  private static String percent(final long part, final long whole) {
    return BigDecimal.valueOf(part)
            .movePointRight(2)
            .divide(BigDecimal.valueOf(Math.max(1, whole)), 2, RoundingMode.HALF_UP)
        + " %";
  }

  private static String time(final Quantiles of, final long ns) {
    return of.count() == 0 ? NO_SAMPLE : Durations.rounded(ns);
  }

  private static String count(final long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String rate(final BigDecimal perSecond) {
    return String.format(Locale.ROOT, "%,.1f/s", perSecond);
  }

  private static String ansi(final Validity.Grade grade) {
    return switch (grade) {
      case VALID -> GREEN;
      case DEGRADED -> "\u001b[1;33m";
      case INVALID -> RED;
    };
  }

  private String paint(final String code, final String text) {
    return colour ? code + text + RESET : text;
  }
}
