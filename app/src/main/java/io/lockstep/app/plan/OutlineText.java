package io.lockstep.app.plan;

import io.lockstep.app.run.LoadText;
import io.lockstep.app.run.PlanText;
import io.lockstep.engine.core.schedule.LoadOutline;
import io.lockstep.engine.core.schedule.LoadOutline.Certainty;
import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The load of a plan over time, for a terminal of 80 columns. A pure function of the plan. */
final class OutlineText {
  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";
  private static final int TABLE_ROWS = 12;
  private static final int MAX_REQUESTS = 20;
  private static final double NS_PER_SECOND = 1e9;

  private final Plan plan;
  private final LoadOutline outline;
  private final boolean colour;
  private final StringBuilder out = new StringBuilder(4096);
  private final LoadChart chart;

  private OutlineText(
      final Plan plan, final LoadOutline outline, final boolean colour, final boolean symbols) {
    this.plan = plan;
    this.outline = outline;
    this.colour = colour;
    chart = new LoadChart(symbols, out);
  }

  /**
   * The whole text.
   *
   * @param colour whether to use ANSI escapes
   * @param symbols whether to use characters beyond ASCII
   */
  static String of(
      final Plan plan, final LoadOutline outline, final boolean colour, final boolean symbols) {
    final OutlineText text = new OutlineText(plan, outline, colour, symbols);
    text.head();
    outline.scenarios().forEach(text::scenario);
    if (outline.scenarios().size() > 1) {
      text.all();
    }
    return text.out.toString();
  }

  private void head() {
    title("plan " + plan.name());
    row("seed", Long.toString(plan.seed()));
    row("plan digest", plan.digest());
    for (final FeederPlan feeder : plan.feeders()) {
      row("data", PlanText.feeder(feeder));
    }
    for (final String name : List.of(Phases.SETUP, Phases.TEARDOWN)) {
      if (plan.phases().named(name) != null) {
        row(name, PlanText.phase(plan.phases().named(name)) + "; --" + name + " shows it");
      }
    }
    for (final Threshold threshold : plan.measures().thresholds()) {
      row("threshold", threshold(threshold));
    }
  }

  static String threshold(final Threshold threshold) {
    final StringBuilder text = new StringBuilder();
    text.append(threshold.selector()).append("  ").append(threshold.expression().text());
    if (threshold.isWindowed()) {
      text.append("  over ").append(Durations.exact(threshold.overNs()));
    }
    if (threshold.abortOnFail()) {
      text.append("  ends the run");
      if (threshold.delayNs() > 0) {
        text.append(", after ").append(Durations.exact(threshold.delayNs()));
      }
    }
    return text.toString();
  }

  private void scenario(final LoadOutline.Row shown) {
    final ScenarioPlan scenario = plan.scenarios().get(shown.index());
    out.append('\n');
    title("scenario " + shown.name());
    final LoadText load = new LoadText(scenario, plan.tickNs());
    row("load", load.load());
    row("VUs", vus(scenario));
    row("time", time(shown));
    row("iterations", total(shown.totalArrivals(), shown.certainty()));
    load.timing().forEach(this::row);
    final List<RequestShare> shares = RequestShare.of(plan, scenario);
    shares.stream().limit(MAX_REQUESTS).forEach(share -> row("request", share.text(plan)));
    if (shares.size() > MAX_REQUESTS) {
      row("", String.format(Locale.ROOT, "and %,d more", shares.size() - MAX_REQUESTS));
    }
    out.append('\n');
    final long[] values = shown.vus().toArray();
    final int warmFrom = column(shown.startNs());
    final int warm = column(shown.startNs() + scenario.warmupTicks() * plan.tickNs());
    if (shown.arrivals().length() > 0) {
      final long[] arrivals = shown.arrivals().toArray();
      final double perSecond = NS_PER_SECOND / outline.intervalNs();
      chart.draw("arrivals per second", arrivals, perSecond, warmFrom, warm, outline.intervalNs());
      table(values, arrivals, warmFrom, warm);
    } else {
      chart.draw("VUs", values, 1, warmFrom, warm, outline.intervalNs());
      table(values, new long[0], warmFrom, warm);
    }
  }

  private static String vus(final ScenarioPlan scenario) {
    final int last = scenario.firstVu() + scenario.vus() - 1;
    return scenario.vus() == 1
        ? "1, number " + last
        : String.format(
            Locale.ROOT,
            "%,d%s, numbers %d to %d",
            scenario.vus(),
            scenario.load().isOpen() ? " at most" : "",
            scenario.firstVu(),
            last);
  }

  private static String time(final LoadOutline.Row shown) {
    final String start = "from " + Durations.rounded(shown.startNs());
    if (shown.stopNs() == Load.UNLIMITED) {
      return start + " until its work is done";
    }
    return start
        + " to "
        + Durations.exact(shown.stopNs())
        + ", over by "
        + Durations.rounded(shown.endNs());
  }

  static String total(final long total, final Certainty certainty) {
    return switch (certainty) {
      case EXACT -> String.format(Locale.ROOT, "%,d exactly", total);
      case EXPECTED -> String.format(Locale.ROOT, "%,d expected", total);
      case AT_MOST -> String.format(Locale.ROOT, "%,d at most", total);
      case OPEN -> "open: responses decide how many";
    };
  }

  /** All scenarios of a plan together. */
  private void all() {
    out.append('\n');
    title("all scenarios");
    final int columns = PlanningSession.INTERVALS;
    final long[] vus = new long[columns];
    final long[] arrivals = new long[columns];
    long total = 0;
    Certainty certainty = Certainty.EXACT;
    boolean open = false;
    for (final LoadOutline.Row row : outline.scenarios()) {
      open |= row.arrivals().length() > 0;
      for (int i = 0; i < columns; i++) {
        vus[i] += row.vus().get(i);
        arrivals[i] += row.arrivals().length() > 0 ? row.arrivals().get(i) : 0;
      }
      certainty = row.certainty().compareTo(certainty) > 0 ? row.certainty() : certainty;
      total = certainty == Certainty.OPEN ? total : Math.addExact(total, row.totalArrivals());
    }
    row("VUs", String.format(Locale.ROOT, "%,d", plan.vus()));
    row("iterations", total(total, certainty));
    out.append('\n');
    chart.draw("VUs", vus, 1, 0, 0, outline.intervalNs());
    if (open) {
      final double perSecond = NS_PER_SECOND / outline.intervalNs();
      chart.draw("arrivals per second", arrivals, perSecond, 0, 0, outline.intervalNs());
    }
    table(vus, open ? arrivals : new long[0], 0, 0);
  }

  /**
   * Some intervals are one row. What has no arrivals of its own has no column for them, and a row
   * only where something changes.
   */
  private void table(final long[] vus, final long[] arrivals, final int warmFrom, final int warm) {
    final boolean open = arrivals.length > 0;
    out.append(
        open
            ? String.format(Locale.ROOT, "%n%14s %14s %14s%n", "from", "VUs", "arrivals")
            : String.format(Locale.ROOT, "%n%14s %14s%n", "from", "VUs"));
    final int step = vus.length / TABLE_ROWS;
    String before = "";
    for (int i = 0; i < vus.length && i * outline.intervalNs() < outline.endNs(); i += step) {
      final long sum = open ? Arrays.stream(arrivals, i, i + step).sum() : 0;
      final String from = Durations.rounded(i * outline.intervalNs());
      final String line =
          (open
                  ? String.format(Locale.ROOT, "%,14d %,14d", vus[i], sum)
                  : String.format(Locale.ROOT, "%,14d", vus[i]))
              + (i >= warmFrom && i < warm ? "  warm-up" : "");
      if (open || !line.equals(before)) {
        out.append(String.format(Locale.ROOT, "%14s ", from)).append(line).append('\n');
      }
      before = line;
    }
  }

  /** The first column that begins at or after a time. */
  private int column(final long atNs) {
    return (int) Math.min(PlanningSession.INTERVALS, (atNs - 1) / outline.intervalNs() + 1);
  }

  private void title(final String text) {
    out.append(colour ? BOLD + text + RESET : text).append('\n');
  }

  private void row(final String name, final String value) {
    out.append(String.format(Locale.ROOT, "  %-14s %s%n", name, value));
  }

  /** In the order of the plan. */
  static List<String> thresholds(final Plan plan) {
    return plan.measures().thresholds().stream().map(OutlineText::threshold).toList();
  }
}
