package io.lockstep.replay.summary;

import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.ConnectionMetrics.Reason;
import io.lockstep.engine.core.metric.NameCounts;
import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.List;
import java.util.stream.Collectors;

/** The totals of a run, for a terminal. */
final class TotalsText {
  private static final int MOST_REASONS = 8;

  private final StringBuilder out;

  private TotalsText(final StringBuilder out) {
    this.out = out;
  }

  /** Appends all of them, and an empty line. */
  static void append(final RunSummary summary, final StringBuilder out) {
    new TotalsText(out).totals(summary);
  }

  private void totals(final RunSummary summary) {
    final Totals totals = summary.totals();
    for (final PhaseRow phase : summary.phases()) {
      item(
          phase.name(),
          phase.end().words()
              + " after "
              + Durations.rounded(phase.endedNs())
              + ", not in these figures");
      troubles(phase.troubles());
      reasons(phase.reasons());
    }
    if (summary.warmUp() != null) {
      warmUp(summary.warmUp());
    }
    item(
        "requests",
        Cells.count(totals.issued())
            + Style.INDENT
            + Cells.rate(totals.rate())
            + Style.INDENT
            + Cells.count(totals.responses())
            + (totals.responses() == 1 ? " response" : " responses")
            + (totals.cutOff() > 0
                ? ", " + Cells.count(totals.cutOff()) + " cut off by the end"
                : ""));
    item(
        "errors",
        errors(totals.errors(), totals.issued(), totals.failures(), totals.badStatuses()));
    item(
        "iterations",
        Cells.count(totals.iterationsCompleted())
            + " completed, "
            + Cells.count(totals.iterationsInterrupted())
            + " interrupted"
            + (totals.iterationsFailed() > 0
                ? ", " + Cells.count(totals.iterationsFailed()) + " failed"
                : ""));
    iterationFailures(totals.iterationFailures());
    EndsText.append(summary.ends(), out);
    if (totals.arrivalsOwed() > 0) {
      item(
          "arrivals",
          Cells.count(totals.arrivalsOwed())
              + " owed = "
              + Cells.count(totals.arrivalsStarted())
              + " started + "
              + Cells.count(totals.arrivalsDropped())
              + " dropped");
    }
    if (totals.meetingTimeouts() > 0) {
      item(
          "rendezvous",
          Cells.count(totals.meetingTimeouts())
              + (totals.meetingTimeouts() == 1 ? " time" : " times")
              + " a VU went on alone, after its timeout");
    }
    item(
        "bytes",
        Bytes.text(totals.bytesSent())
            + " sent, "
            + Bytes.text(totals.bytesReceived())
            + " received");
    item(
        "active VUs",
        Cells.count(totals.maxActiveVus())
            // Each shard has its most at a moment of its own.
            + (summary.head().facts().shards() == 1
                ? " at most of "
                : " at most, shard by shard, of ")
            + Cells.count(summary.head().vus()));
    if (summary.head().facts().kind() == TransportKind.NETWORK) {
      live(summary);
    }
    out.append('\n');
  }

  private void troubles(final List<String> troubles) {
    troubles.subList(0, Math.min(MOST_REASONS, troubles.size())).forEach(one -> item("", one));
    if (troubles.size() > MOST_REASONS) {
      item("", "and " + (troubles.size() - MOST_REASONS) + " more requests, in summary.json");
    }
  }

  private void reasons(final List<Reason> reasons) {
    for (final Reason reason : reasons.subList(0, Math.min(MOST_REASONS, reasons.size()))) {
      item("", Cells.count(reason.count()) + ' ' + reason.outcome().key() + ": " + reason.text());
    }
    more(reasons.size());
    if (reasons.stream().anyMatch(reason -> reason.outcome() == RequestOutcome.INVALID_REQUEST)) {
      item("", "use urlencode(...) for values that go into a path or a query");
    }
  }

  private void iterationFailures(final List<Counted> reasons) {
    for (final Counted reason : reasons.subList(0, Math.min(MOST_REASONS, reasons.size()))) {
      item("", Cells.count(reason.count()) + " failed: " + reason.name());
    }
    more(reasons.size());
  }

  private void more(final int reasons) {
    if (reasons > MOST_REASONS) {
      item("", "and " + (reasons - MOST_REASONS) + " more reasons, in summary.json");
    }
  }

  private void warmUp(final WarmUpRow warmUp) {
    item(
        "warm-up",
        until(warmUp.phases())
            + ", not in these figures: "
            + Cells.count(warmUp.issued())
            + " requests, "
            + Cells.count(warmUp.errors())
            + " errors, "
            + Cells.count(warmUp.iterationsCompleted())
            + " iterations"
            + (warmUp.arrivalsDropped() > 0
                ? ", " + Cells.count(warmUp.arrivalsDropped()) + " dropped"
                : ""));
  }

  /** One moment for all scenarios where they have one. */
  private static String until(final List<WarmUpRow.Phase> phases) {
    final long firstNs = phases.get(0).untilNs();
    return phases.stream().allMatch(phase -> phase.untilNs() == firstNs)
        ? "until " + Durations.rounded(firstNs)
        : "until "
            + phases.stream()
                .map(phase -> Durations.rounded(phase.untilNs()) + " (" + phase.scenario() + ")")
                .collect(Collectors.joining(", "));
  }

  private void live(final RunSummary summary) {
    final Totals totals = summary.totals();
    item("connects", Cells.count(totals.connects()) + connections(summary.connections()));
    if (summary.proxy() != null) {
      item(
          "proxy",
          summary.proxy().url()
              + (summary.proxy().tunnels() ? ", by a tunnel" : ", which spoke to the target"));
    }
    if (summary.names() != null) {
      item("name lookups", names(summary.names()));
    }
    final Quantiles tls = summary.handshaking().handshakes();
    if (tls != null) {
      item(
          "TLS handshakes",
          Cells.count(tls.count())
              + " ("
              + Cells.count(summary.handshaking().resumed())
              + " resumed), p50 "
              + Durations.rounded(tls.p50())
              + ", p99 "
              + Durations.rounded(tls.p99())
              + ", max "
              + Durations.rounded(tls.max()));
    }
    final Quantiles late = totals.lateness();
    item(
        "lateness",
        late.count() == 0
            ? "nothing was sent"
            : String.join(
                ", ",
                "p50 " + Durations.rounded(late.p50()),
                "p99 " + Durations.rounded(late.p99()),
                "p99.9 " + Durations.rounded(late.p999()),
                "max " + Durations.rounded(late.max())));
    if (totals.lateCompletions() > 0) {
      item(
          "late ends",
          Cells.count(totals.lateCompletions()) + " came after the request was given up");
    }
    if (summary.generator() != null && summary.held() != null) {
      GeneratorText.append(summary, out);
    } else if (summary.generator() != null) {
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

  /** What no request tells of them; nothing where there is nothing to say. */
  private static String connections(final ConnectionCounts counts) {
    if (counts == null) {
      return "";
    }
    return more(counts.ahead(), "opened ahead")
        + more(counts.handshakesAhead(), "TLS handshakes with them, not timed")
        + more(counts.failedAhead(), "failed ahead")
        + more(counts.closedIdle(), "closed by the target while idle")
        + more(counts.retired(), "closed by their limits")
        + more(counts.strays(), "closed since bytes came that no request had asked for");
  }

  private static String names(final NameCounts names) {
    final String first =
        names.addresses()
            + " address"
            + (names.addresses() == 1 ? "" : "es")
            + ", first in "
            + Durations.rounded(names.firstNs());
    if (names.repeats() == 0) {
      return first;
    }
    return first
        + ", "
        + Cells.count(names.repeats())
        + " more in the run, max "
        + Durations.rounded(names.maxNs())
        + more(names.changes(), "brought other addresses")
        + more(names.failures(), "failed, so those from before stayed")
        + (names.lastFailure().isEmpty() ? "" : " (" + names.lastFailure() + ")");
  }

  private static String more(final long count, final String what) {
    return count == 0 ? "" : ", " + Cells.count(count) + " " + what;
  }

  private void item(final String name, final String value) {
    Style.item(out, name, value);
  }

  private static String errors(
      final long errors,
      final long issued,
      final List<Counted> failures,
      final List<Counted> statuses) {
    if (errors == 0) {
      return "0";
    }
    final StringBuilder text = new StringBuilder(Cells.count(errors));
    text.append(" (").append(Cells.percent(errors, issued)).append("):");
    String separator = " ";
    for (final Counted failure : failures) {
      text.append(separator)
          .append(Cells.count(failure.count()))
          .append(' ')
          .append(failure.name());
      separator = ", ";
    }
    for (final Counted status : statuses) {
      text.append(separator)
          .append(Cells.count(status.count()))
          .append(" status ")
          .append(status.name());
      separator = ", ";
    }
    return text.toString();
  }
}
