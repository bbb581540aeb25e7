package io.lockstep.app.run;

import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Stages;
import io.lockstep.scenario.plan.Timing;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Says in words who starts the iterations of a scenario, and when. A pure function of the plan. */
public final class LoadText {
  private static final int MAX_STAGES = 6;
  private static final int PERCENT_SCALE = 7;

  private final ScenarioPlan scenario;
  private final long tickNs;

  public LoadText(final ScenarioPlan scenario, final long tickNs) {
    this.scenario = scenario;
    this.tickNs = tickNs;
  }

  /** The load in a line. */
  public String load() {
    final Load load = scenario.load();
    if (load instanceof Load.Closed l) {
      return closed(l);
    }
    if (load instanceof Load.RampingVus l) {
      return format("closed: %,d VUs", l.startVus())
          + stages(l.stages())
          + ", ramp-down within "
          + ticks(l.gracefulRampDownTicks());
    }
    if (load instanceof Load.SharedIterations l) {
      return format("closed: %,d VUs, %,d iterations together", scenario.vus(), l.iterations())
          + atMost(l.durationTicks());
    }
    if (load instanceof Load.Open l) {
      return format(
          "open: %,d iterations per %s (%s) for %s%s",
          l.arrivals(),
          Durations.exact(l.periodNs()),
          process(l.process()),
          ticks(l.durationTicks()),
          busy());
    }
    if (load instanceof Load.RampingRate l) {
      return format(
          "open: %,d iterations per %s (%s)%s%s",
          l.startRate(),
          Durations.exact(l.periodNs()),
          process(l.process()),
          stages(l.stages()),
          busy());
    }
    if (load instanceof Load.Controlled l) {
      return controlled(l);
    }
    return capacity((Load.Capacity) load);
  }

  /** What is not plain of its timing, by name. */
  public Map<String, String> timing() {
    final Timing timing = scenario.timing();
    final Map<String, String> rows = new LinkedHashMap<>();
    if (timing.startTicks() > 0) {
      rows.put("starts", "after " + ticks(timing.startTicks()));
    }
    if (timing.warmupTicks() > 0) {
      rows.put("warm-up", ticks(timing.warmupTicks()) + ", not part of the results");
    }
    if (timing.pacingTicks() > 0) {
      rows.put("pacing", "an iteration each " + ticks(timing.pacingTicks()) + " per VU at most");
    }
    if (timing.isThrottled()) {
      rows.put(
          "throttle",
          format(
              "%,d requests per second at most, %,d at once",
              timing.requestsPerSecond(), timing.burst()));
    }
    return rows;
  }

  private String closed(final Load.Closed closed) {
    final String vus = format("closed: %,d VU%s", scenario.vus(), plural(scenario.vus()));
    return closed.iterations() == Load.UNLIMITED
        ? vus + " for " + ticks(closed.durationTicks())
        : vus
            + format(", %,d iteration%s each", closed.iterations(), plural(closed.iterations()))
            + atMost(closed.durationTicks());
  }

  private static String plural(final long count) {
    return count == 1 ? "" : "s";
  }

  private String controlled(final Load.Controlled l) {
    final String vus =
        format("%,d of %,d VUs for %s", l.startVus(), scenario.vus(), ticks(l.durationTicks()));
    return l.isOpen()
        ? format(
            "open, externally controlled: %,d iterations per %s, %s",
            l.rate(), Durations.exact(l.periodNs()), vus)
        : "closed, externally controlled: " + vus;
  }

  private String capacity(final Load.Capacity l) {
    final StringBuilder text = new StringBuilder();
    text.append(
        format(
            "open, capacity: %,d to %,d iterations per %s (%s) by %,d, each for %s",
            l.startRate(),
            l.maxRate(),
            Durations.exact(l.periodNs()),
            process(l.process()),
            l.stepRate(),
            ticks(l.stepTicks())));
    text.append(busy());
    if (l.objective().p99Ns() != Load.UNLIMITED) {
      text.append(", while p99 <= ").append(Durations.exact(l.objective().p99Ns()));
    }
    if (l.objective().errorsPerBillion() != Load.UNLIMITED) {
      final BigDecimal percent =
          BigDecimal.valueOf(l.objective().errorsPerBillion(), PERCENT_SCALE).stripTrailingZeros();
      text.append(", while errors <= ").append(percent.toPlainString()).append('%');
    }
    return text.toString();
  }

  private String stages(final Stages stages) {
    final StringBuilder text = new StringBuilder();
    final int shown = Math.min(MAX_STAGES, stages.count());
    for (int i = 0; i < shown; i++) {
      text.append(format(", in %s to %,d", ticks(stages.ticks().get(i)), stages.targets().get(i)));
    }
    if (shown < stages.count()) {
      text.append(format(", and %,d stages more", stages.count() - shown));
    }
    return text.toString();
  }

  private String busy() {
    return format(", at most %,d VUs", scenario.vus());
  }

  private String atMost(final long durationTicks) {
    return durationTicks == Load.UNLIMITED ? "" : ", at most " + ticks(durationTicks);
  }

  private static String process(final Load.ArrivalProcess process) {
    return process.name().toLowerCase(Locale.ROOT);
  }

  private String ticks(final long ticks) {
    return Durations.exact(Math.multiplyExact(ticks, tickNs));
  }

  private static String format(final String format, final Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
