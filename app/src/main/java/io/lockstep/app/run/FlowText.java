package io.lockstep.app.run;

import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Says in words what the flow of a scenario does, instruction by instruction. */
public final class FlowText {
  private final Plan plan;
  private final ScenarioPlan scenario;
  private BiConsumer<String, String> row;

  public FlowText(final Plan plan, final ScenarioPlan scenario) {
    this.plan = plan;
    this.scenario = scenario;
  }

  /** Whether an iteration makes one of some requests, and then perhaps thinks. */
  public boolean isShort() {
    final Flow.ScenarioFlow flow = plan.flow().of(scenario.index());
    int pc = scenario.entry();
    if (plan.program().operation(pc) == Program.CHOOSE) {
      pc++;
    }
    while (plan.program().operation(pc) == Program.REQUEST
        && plan.program().operation(pc + 1) == Program.JUMP) {
      pc += 2;
    }
    if (plan.program().operation(pc) == Program.REQUEST) {
      pc++;
    }
    if (plan.program().operation(pc) == Program.THINK) {
      pc++;
    }
    return plan.program().operation(pc) == Program.END
        && flow.start() == Flow.NONE
        && flow.stop() == Flow.NONE;
  }

  /** Gives a row for each instruction that does something, with its number. */
  void rows(final BiConsumer<String, String> to) {
    row = to;
    final Flow.ScenarioFlow flow = plan.flow().of(scenario.index());
    if (flow.start() != Flow.NONE) {
      row.accept("start", "each VU, before its first iteration");
      part(flow.start());
    }
    row.accept("flow", "each iteration");
    part(scenario.entry());
    if (flow.stop() != Flow.NONE) {
      row.accept("stop", "each VU, after its last iteration");
      part(flow.stop());
    }
  }

  /** The same of what is done once. */
  void steps(final BiConsumer<String, String> to) {
    row = to;
    part(scenario.entry());
  }

  private void part(final int entry) {
    int pc = entry;
    while (plan.program().operation(pc) != Program.END) {
      instruction(pc, plan.program().argument(pc));
      pc++;
    }
    row(pc, "end", "");
  }

  private void instruction(final int pc, final int argument) {
    switch (plan.program().operation(pc)) {
      case Program.REQUEST -> row(pc, "request", request(plan.requests().get(argument)));
      case Program.THINK ->
          row(pc, "think", PlanText.distribution(plan.thinks().get(argument).duration()));
      case Program.PACE ->
          row(pc, "pace", PlanText.distribution(plan.flow().paces().get(argument).interval()));
      case Program.GROUP -> row(pc, "group", plan.flow().groups().get(argument).name());
      case Program.GROUP_END -> row(pc, "end group", plan.flow().groups().get(argument).name());
      case Program.CHOOSE -> row(pc, "choose", "at random: " + options(argument, true));
      case Program.ROUND_ROBIN -> row(pc, "choose", "in turn: " + options(argument, false));
      case Program.JUMP -> row(pc, "go on", "at " + argument);
      case Program.REPEAT, Program.DURING_END -> loop(pc, plan.flow().loops().get(argument));
      case Program.RETRY -> retry(pc, plan.flow().retries().get(argument));
      case Program.PARALLEL -> page(pc, plan.flow().pages().get(argument));
      case Program.RENDEZVOUS -> meeting(pc, plan.flow().meetings().get(argument));
      case Program.STOP -> row(pc, "stop", what(argument));
      case Program.UNLESS -> {
        final Logic.Branch branch = plan.logic().branches().get(argument);
        row(pc, "if", branch.condition() + ", else at " + branch.target());
      }
      case Program.UNTIL ->
          row(pc, "until", plan.logic().branches().get(argument).condition().text());
      case Program.SWITCH -> cases(pc, plan.logic().cases().get(argument));
      case Program.SET -> row(pc, "set", assignment(plan.logic().assignments().get(argument)));
      case Program.FOREACH -> walk(pc, plan.logic().walks().get(argument));
      case Program.FOREACH_END ->
          row(pc, "again", "from " + plan.logic().walks().get(argument).target() + ", next item");
      case Program.MEASURE -> {
        final Logic.Measurement taken = plan.logic().measurements().get(argument);
        final String name = plan.measures().custom().get(taken.custom()).key();
        row(pc, "measure", name + " = " + taken.value().text());
      }
      case Program.LOG -> row(pc, "log", plan.logic().logs().get(argument).text().text());
      default -> {
        // Book-keeping of loops, which is said where they end.
      }
    }
  }

  private void cases(final int pc, final Logic.Cases cases) {
    final List<String> ways = new ArrayList<>();
    for (int i = 0; i < cases.texts().size(); i++) {
      ways.add(cases.texts().get(i) + " at " + cases.targets().get(i));
    }
    row(
        pc,
        "switch",
        cases.subject() + ": " + String.join(", ", ways) + ", else at " + cases.otherwise());
  }

  private String assignment(final Logic.Assignment assignment) {
    return variable(assignment.value()) + " = " + assignment.expression();
  }

  private void walk(final int pc, final Logic.Walk walk) {
    row(
        pc,
        "foreach",
        String.format(
            Locale.ROOT,
            "%s of %s, then at %d",
            variable(walk.itemValue()),
            walk.items(),
            walk.exit()));
  }

  private String variable(final int value) {
    return plan.flow().of(scenario.index()).memory().variables().get(value);
  }

  private void loop(final int pc, final Flow.Loop loop) {
    final boolean counted = plan.program().operation(pc) == Program.REPEAT;
    row(
        pc,
        "again",
        String.format(
            Locale.ROOT,
            "from %d, %s",
            loop.target(),
            counted
                ? String.format(Locale.ROOT, "%,d rounds in all", loop.limit())
                : "until " + Durations.exact(loop.limit()) + " are over"));
  }

  private void retry(final int pc, final Flow.Retry retry) {
    final String pause =
        retry.initialNs() == 0
            ? "at once"
            : String.format(
                Locale.ROOT,
                "after %s%s, x %s, at most %s",
                retry.jitter() ? "up to " : "",
                Durations.exact(retry.initialNs()),
                retry.factor(),
                Durations.exact(retry.maxNs()));
    row(
        pc,
        "again",
        String.format(
            Locale.ROOT,
            "from %d if that failed, %d tries in all, %s",
            retry.target(),
            retry.times(),
            pause));
  }

  private void page(final int pc, final Flow.Page page) {
    row(
        pc,
        "parallel",
        String.format(Locale.ROOT, "%d requests, at most %d at once", page.requests(), page.max()));
    for (int i = 0; i < page.requests(); i++) {
      row.accept("", "       " + request(plan.requests().get(page.firstRequest() + i)));
    }
  }

  private void meeting(final int pc, final Flow.Meeting meeting) {
    row(
        pc,
        "rendezvous",
        String.format(
            Locale.ROOT,
            "of %,d VUs, for %s at most",
            meeting.users(),
            Durations.exact(Math.multiplyExact(meeting.timeoutTicks(), plan.tickNs()))));
  }

  private String options(final int index, final boolean weighted) {
    final Choice choice = plan.choices().get(index);
    final List<String> options = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < choice.weights().length(); i++) {
      sum += choice.weights().get(i);
    }
    for (int i = 0; i < choice.targets().length(); i++) {
      final String share =
          weighted
              ? String.format(Locale.ROOT, " %.1f%%", 100.0 * choice.weights().get(i) / sum)
              : "";
      options.add(choice.targets().get(i) + share);
    }
    return String.join(", ", options);
  }

  private static String what(final int argument) {
    return switch (argument) {
      case Program.ITERATION -> "this iteration";
      case Program.VU -> "this VU";
      default -> "the test";
    };
  }

  private String request(final RequestPlan request) {
    return String.format(
        Locale.ROOT,
        "%s  %s %s  timeout %s",
        request.name(),
        request.method(),
        request.path(),
        Durations.exact(Math.multiplyExact(request.timeoutTicks(), plan.tickNs())));
  }

  private void row(final int pc, final String what, final String detail) {
    row.accept(what, String.format(Locale.ROOT, "%4d   %s", pc, detail).stripTrailing());
  }
}
