package io.lockstep.app.run;

import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Route;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Says in words what a plan does. A pure function of the plan. */
public final class PlanText {
  private final Plan plan;
  private final StringBuilder out = new StringBuilder();

  private PlanText(final Plan plan) {
    this.plan = plan;
  }

  /** Several lines, each ended. */
  static String of(final Plan plan) {
    final PlanText text = new PlanText(plan);
    text.head();
    text.phase(Phases.SETUP);
    plan.scenarios().forEach(text::scenario);
    text.phase(Phases.TEARDOWN);
    text.thresholds();
    return text.out.toString();
  }

  /** Where requests go. */
  static String target(final Target target) {
    return (target.secure() ? "https://" : "http://") + target.authority() + target.basePath();
  }

  private void head() {
    row("name", plan.name());
    row("seed", Long.toString(plan.seed()));
    row("tick", Durations.exact(plan.tickNs()));
    row("target", plan.target() == null ? "none: it can only be simulated" : target(plan.target()));
    row("connections", connections(plan.connections()));
    final Route route = plan.connections().opening().route();
    if (route.proxy() != null) {
      row(
          "proxy",
          route.proxy().isOfEnvironment()
              ? "what the environment of the run says"
              : route.proxy().server().url());
    }
    if (!route.resolver().isEmpty()) {
      row("resolver", route.resolver());
    }
    row("simulation", simulation(plan.simulation()));
    if (!plan.secrets().isEmpty()) {
      row("secrets", String.join(", ", plan.secrets()));
    }
    plan.feeders().forEach(feeder -> row("data", feeder(feeder)));
    row("plan digest", plan.digest());
  }

  /** A feeder in a line. */
  public static String feeder(final FeederPlan feeder) {
    final boolean ends = feeder.mode() != FeederPlan.Mode.RANDOM;
    return String.format(
        Locale.ROOT,
        "%s  %,d %s of %d %s, %s per %s%s",
        feeder.name(),
        feeder.rows(),
        feeder.rows() == 1 ? "row" : "rows",
        feeder.columns().size(),
        feeder.columns().size() == 1 ? "column" : "columns",
        feeder.mode().name().toLowerCase(Locale.ROOT),
        feeder.per().name().toLowerCase(Locale.ROOT),
        ends ? ", then " + feeder.atEnd().name().toLowerCase(Locale.ROOT).replace('_', '-') : "");
  }

  /** What is done once, if there is anything. */
  private void phase(final String name) {
    final Plan phase = plan.phases().named(name);
    if (phase == null) {
      return;
    }
    out.append(String.format(Locale.ROOT, "%n%s%n", name));
    row("once", phase(phase));
    if (name.equals(Phases.SETUP) && !plan.phases().values().isEmpty()) {
      row("leaves", "setup." + String.join(", setup.", plan.phases().values()));
    }
    new FlowText(phase, phase.scenarios().get(0)).steps(this::row);
  }

  /** A phase in a line. */
  public static String phase(final Plan phase) {
    final int requests = phase.requests().size();
    return String.format(
        Locale.ROOT,
        "%s by one VU, for %s at most",
        requests == 1 ? "1 request" : requests + " requests",
        Durations.exact(
            Math.multiplyExact(phase.scenarios().get(0).load().durationTicks(), phase.tickNs())));
  }

  private void scenario(final ScenarioPlan scenario) {
    out.append(String.format(Locale.ROOT, "%nscenario %s%n", scenario.name()));
    final LoadText load = new LoadText(scenario, plan.tickNs());
    row("load", load.load());
    row("graceful stop", ticks(scenario.gracefulStopTicks()));
    load.timing().forEach(this::row);
    final FlowText flow = new FlowText(plan, scenario);
    if (!flow.isShort()) {
      flow.rows(this::row);
      return;
    }
    final Map<Integer, Long> weightByPc = new TreeMap<>();
    walk(scenario.entry(), 1, weightByPc);
    final long sum =
        weightByPc.entrySet().stream()
            .filter(step -> plan.program().operation(step.getKey()) == Program.REQUEST)
            .mapToLong(Map.Entry::getValue)
            .sum();
    weightByPc.forEach((pc, weight) -> step(pc, 100.0 * weight / sum));
  }

  /** Notes each instruction that can be reached, with the weight of the choice that leads to it. */
  private void walk(final int entry, final long weight, final Map<Integer, Long> weightByPc) {
    int pc = entry;
    while (!weightByPc.containsKey(pc)) {
      weightByPc.put(pc, weight);
      switch (plan.program().operation(pc)) {
        case Program.CHOOSE -> {
          final Choice choice = plan.choices().get(plan.program().argument(pc));
          for (int i = 0; i < choice.targets().length(); i++) {
            walk((int) choice.targets().get(i), choice.weights().get(i), weightByPc);
          }
          return;
        }
        case Program.JUMP -> pc = plan.program().argument(pc);
        case Program.END -> {
          return;
        }
        default -> pc++;
      }
    }
  }

  private void step(final int pc, final double percent) {
    final int argument = plan.program().argument(pc);
    switch (plan.program().operation(pc)) {
      case Program.REQUEST -> request(plan.requests().get(argument), percent);
      case Program.THINK -> row("think", distribution(plan.thinks().get(argument).duration()));
      default -> {
        // Where the flow goes is said by the shares of the requests.
      }
    }
  }

  private void request(final RequestPlan request, final double percent) {
    row(
        "request",
        String.format(
            Locale.ROOT,
            "%s  %.1f%%  %s %s  timeout %s",
            request.name(),
            percent,
            request.method(),
            request.path(),
            ticks(request.timeoutTicks())));
  }

  private void thresholds() {
    final List<Threshold> thresholds = plan.measures().thresholds();
    if (!thresholds.isEmpty()) {
      out.append(String.format(Locale.ROOT, "%nthresholds%n"));
      thresholds.forEach(
          threshold ->
              out.append(
                  String.format(
                      Locale.ROOT,
                      "  %s  %s%s%s%n",
                      threshold.selector(),
                      threshold.expression().text(),
                      threshold.isWindowed() ? " over " + Durations.exact(threshold.overNs()) : "",
                      threshold.abortOnFail() ? ends(threshold) : "")));
    }
  }

  private static String ends(final Threshold threshold) {
    return ", ends the run where it fails"
        + (threshold.delayNs() > 0 ? " after " + Durations.exact(threshold.delayNs()) : "");
  }

  private String ticks(final long ticks) {
    return Durations.exact(Math.multiplyExact(ticks, plan.tickNs()));
  }

  private static String connections(final Connections connections) {
    final String sharing =
        connections.isShared()
            ? String.format(Locale.ROOT, "%,d, shared by all VUs", connections.pool())
            : connections.pool() == Connections.PER_VU ? "one per VU" : "one per request";
    final int ahead = connections.opening().ahead();
    return ahead == 0 ? sharing : sharing + String.format(Locale.ROOT, ", %,d opened ahead", ahead);
  }

  private static String simulation(final Simulation simulation) {
    if (simulation == null) {
      return "none: it cannot be run with --simulate";
    }
    return simulation.servers() == Simulation.UNLIMITED
        ? "no queue"
        : String.format(Locale.ROOT, "%,d servers with one queue", simulation.servers());
  }

  static String distribution(final Distribution distribution) {
    if (distribution instanceof Distribution.Constant constant) {
      return Durations.exact(constant.valueNs());
    }
    if (distribution instanceof Distribution.Uniform uniform) {
      return "uniform, "
          + Durations.exact(uniform.minNs())
          + " to "
          + Durations.exact(uniform.maxNs());
    }
    if (distribution instanceof Distribution.Normal normal) {
      return "normal, mean "
          + Durations.exact(normal.meanNs())
          + ", deviation "
          + Durations.exact(normal.stdDevNs());
    }
    if (distribution instanceof Distribution.LogNormal logNormal) {
      return "lognormal, median "
          + Durations.exact(logNormal.medianNs())
          + ", sigma "
          + logNormal.sigma();
    }
    if (distribution instanceof Distribution.Exponential exponential) {
      return "exponential, mean " + Durations.exact(exponential.meanNs());
    }
    return ((Distribution.Empirical) distribution).valuesNs().length() + " given values";
  }

  private void row(final String name, final String value) {
    out.append(String.format(Locale.ROOT, "  %-14s %s%n", name, value));
  }
}
