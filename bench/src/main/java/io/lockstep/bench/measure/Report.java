package io.lockstep.bench.measure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints figures as they come and keeps what was demanded of them for the end. Single-threaded. */
public final class Report {
  private static final int NAME_WIDTH = 46;

  private final PrintStream out;
  private final boolean judging;
  private final List<String> verdicts = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();

  /**
   * An empty report.
   *
   * @param out gets it, line by line
   * @param judging whether figures are held against what is demanded of them
   */
  public Report(final PrintStream out, final boolean judging) {
    this.out = out;
    this.judging = judging;
  }

  /** Begins a bench or a part of it. */
  public void section(final String title) {
    out.printf(Locale.ROOT, "%n== %s%n", title);
  }

  /** A sentence. */
  public void note(final String text) {
    out.println("   " + text);
    out.flush();
  }

  /** A figure over all rounds. */
  public void figure(
      final String name, final Spread spread, final int decimals, final String unit) {
    figure(name, spread.text(decimals), unit);
  }

  /** A figure that is one number. */
  public void figure(final String name, final String value, final String unit) {
    out.printf(Locale.ROOT, "   %-" + NAME_WIDTH + "s %s %s%n", name, value, unit);
    out.flush();
  }

  /** What came out, so that nobody makes it fast by making it wrong. */
  public void digest(final String name, final String value) {
    figure(name, value, "");
    digests.add(name + " " + value);
  }

  /** A figure that must be at least so large. */
  public void atLeast(final String name, final double value, final double limit) {
    verdict(name, value, ">=", limit, value >= limit);
  }

  /** A figure that must be at most so large. */
  public void atMost(final String name, final double value, final double limit) {
    verdict(name, value, "<=", limit, value <= limit);
  }

  /** A bench, or a part, that cannot run here. */
  public void skipped(final String name, final String reason) {
    final String line = String.format(Locale.ROOT, "SKIPPED  %s: %s", name, reason);
    note(line);
    verdicts.add(line);
  }

  /** All that was demanded, and whether it was met. */
  public void conclude() {
    if (!verdicts.isEmpty()) {
      section("demanded of these figures");
      verdicts.forEach(this::note);
    }
  }

  /** What came out, in order. */
  public List<String> digests() {
    return List.copyOf(digests);
  }

  /** What was demanded, met, missed or skipped, in order. */
  public List<String> verdicts() {
    return List.copyOf(verdicts);
  }

  private void verdict(
      final String name,
      final double value,
      final String relation,
      final double limit,
      final boolean met) {
    if (!judging) {
      return;
    }
    verdicts.add(
        String.format(
            Locale.ROOT,
            "%-8s %-50s %,.3f %s %,.3f",
            met ? "MET" : "MISSED",
            name,
            value,
            relation,
            limit));
  }
}
