package io.lockstep.app.plan;

import io.lockstep.engine.core.machine.Preview;
import io.lockstep.replay.event.Durations;
import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Site;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What one iteration does and sends, for a person. A pure function of the plan. */
final class PreviewText {
  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";
  private static final String MARGIN = " ".repeat(17);

  private final Plan plan;
  private final StringBuilder out = new StringBuilder(4096);

  private PreviewText(final Plan plan) {
    this.plan = plan;
  }

  static String of(
      final Plan plan, final Preview preview, final List<Table> tables, final boolean colour) {
    final PreviewText text = new PreviewText(plan);
    final String title = title(plan, preview.identity());
    text.out.append(colour ? BOLD + title + RESET : title).append('\n');
    text.row("seed", Long.toString(plan.seed()));
    text.row("starts", text.start(preview.identity()));
    preview.rows().forEach(use -> text.row(use, tables.get(use.feeder())));
    text.out.append('\n');
    if (!preview.note().isEmpty()) {
      text.out.append(preview.note()).append("\n\n");
    }
    preview.steps().forEach(text::step);
    text.end(preview);
    return text.out.toString();
  }

  private static String title(final Plan plan, final Preview.Identity identity) {
    final ScenarioPlan scenario = plan.scenarios().get(identity.scenario());
    if (isPhase(scenario)) {
      return scenario.name() + " of plan " + plan.name();
    }
    final String what =
        identity.vu() != Preview.Identity.NO_VU
            ? "VU " + identity.vu() + ", " + what(identity.iteration())
            : (scenario.load().isOpen() ? "arrival " : "shared iteration ") + identity.iteration();
    return what + " of scenario " + scenario.name();
  }

  private static String what(final long iteration) {
    return iteration >= 0 ? "iteration " + iteration : IdentityFinder.word(iteration);
  }

  /** The name decides nothing: a scenario that is called so begins as it does. */
  private static boolean isPhase(final ScenarioPlan scenario) {
    return scenario.key() == Site.of(Phases.SETUP) || scenario.key() == Site.of(Phases.TEARDOWN);
  }

  private String start(final Preview.Identity identity) {
    final ScenarioPlan scenario = plan.scenarios().get(identity.scenario());
    if (isPhase(scenario)) {
      return scenario.key() == Site.of(Phases.SETUP) ? "before the load" : "after the load";
    }
    return scenario.load().isOpen()
        ? Durations.exact(IdentityFinder.startNs(plan, identity))
            + " after the run's start, if a VU is free"
        : isFirst(identity) && scenario.load().vusLast()
            ? "when the VU does"
            : "when what comes before it has ended";
  }

  /** Whether a VU of its own does nothing before. */
  private boolean isFirst(final Preview.Identity identity) {
    return identity.iteration() == Preview.Identity.START
        || (identity.iteration() == 0 && plan.flow().of(identity.scenario()).start() == Flow.NONE);
  }

  private void step(final Preview.Step step) {
    switch (step.kind()) {
      case REQUEST -> request(step);
      case CHOICE -> line(step, "choose", choice(step));
      case PAUSE -> line(step, "pause", Durations.exact(step.value()));
      case PACE ->
          line(
              step,
              "pace",
              "until "
                  + Durations.exact(step.value())
                  + " after the last pace or the start, however long answers take");
      case PAGE -> line(step, "page", page(step));
      case GROUP -> line(step, "group", group(step));
      case GROUP_END -> line(step, "end group", group(step));
      case ROUND -> line(step, "again", "from the first step of the loop");
      case TIMED_ROUND ->
          line(step, "again", "as time is left: slower answers would leave fewer rounds");
      case TIMED_END -> line(step, "loop ends", "as its time is over");
      case TRIED -> line(step, "no retry", "as nothing failed; else its steps come again");
      case MEETING -> line(step, "rendezvous", "goes on once the others have come");
      case CONDITION ->
          line(
              step,
              "condition",
              (step.value() == 1 ? "true: " : "false: ") + condition(step) + decided(step));
      case SWITCH -> line(step, "switch", switched(step) + decided(step));
      case SET -> line(step, "set", step.text());
      case ITEM -> line(step, "item", step.text());
      case NO_ITEM -> line(step, "foreach", items(step));
      case MEASURE -> line(step, "measure", measured(step));
      case LOG -> line(step, "log", log(step));
      default -> line(step, "stop", stopped(step));
    }
  }

  private String measured(final Preview.Step step) {
    final int argument = plan.program().argument(step.pc());
    return step.text() + " = " + plan.logic().measurements().get(argument).value().text();
  }

  private String choice(final Preview.Step step) {
    final int argument = plan.program().argument(step.pc());
    final Choice choice = plan.choices().get(argument);
    final int option = (int) step.value();
    final String of =
        String.format(Locale.ROOT, "option %d of %d", option + 1, choice.targets().length());
    return plan.program().operation(step.pc()) == Program.ROUND_ROBIN
        ? of + ", in turn"
        : of + ", weight " + choice.weights().get(option);
  }

  private String page(final Preview.Step step) {
    final Flow.Page page = plan.flow().pages().get(plan.program().argument(step.pc()));
    return String.format(
        Locale.ROOT, "%d requests, at most %d at once", page.requests(), page.max());
  }

  private String group(final Preview.Step step) {
    return plan.flow().groups().get(plan.program().argument(step.pc())).name();
  }

  private String condition(final Preview.Step step) {
    return plan.logic().branches().get(plan.program().argument(step.pc())).condition().text();
  }

  private String switched(final Preview.Step step) {
    final Logic.Cases cases = plan.logic().cases().get(plan.program().argument(step.pc()));
    for (int i = 0; i < cases.texts().size(); i++) {
      if (cases.targets().get(i) == step.value()) {
        return cases.subject().text() + " is " + cases.texts().get(i);
      }
    }
    return cases.subject().text() + " is none of its cases";
  }

  private String items(final Preview.Step step) {
    final Logic.Walk walk = plan.logic().walks().get(plan.program().argument(step.pc()));
    return walk.items().text() + (step.open() ? ": a response decides" : ": no items");
  }

  private static String decided(final Preview.Step step) {
    return step.open() ? " (a response decides)" : "";
  }

  private String log(final Preview.Step step) {
    return plan.logic().logs().get(plan.program().argument(step.pc())).text().text();
  }

  private void row(final Preview.RowUse use, final Table table) {
    final FeederPlan feeder = plan.feeders().get(use.feeder());
    final StringBuilder values = new StringBuilder();
    for (int i = 0; i < feeder.columns().size(); i++) {
      values.append(i == 0 ? "" : ", ").append(feeder.columns().get(i)).append('=');
      values.append(table.text(use.row(), i));
    }
    row("data", feeder.name() + ", row " + use.row() + ": " + values);
  }

  private static String stopped(final Preview.Step step) {
    return step.value() == Program.ITERATION
        ? "the iteration"
        : step.value() == Program.VU ? "the VU" : "the test";
  }

  private void request(final Preview.Step step) {
    final Preview.Sent sent = step.sent();
    final byte[] body = sent.body().getBytes(StandardCharsets.UTF_8);
    line(
        step,
        "request",
        plan.requests().get(sent.request()).name()
            + "  digest "
            + HexFormat.of().toHexDigits(sent.digest()));
    out.append(MARGIN).append(sent.method()).append(' ').append(sent.path()).append('\n');
    for (final Header header : sent.headers()) {
      out.append(MARGIN).append(header.name()).append(": ").append(header.value()).append('\n');
    }
    if (body.length > 0) {
      out.append(MARGIN).append(String.format(Locale.ROOT, "(%,d bytes of body)%n", body.length));
      sent.body().lines().forEach(l -> out.append(MARGIN).append(l).append('\n'));
    }
  }

  private void end(final Preview preview) {
    final String at = Durations.rounded(preview.lastNs());
    if (preview.ending() == Preview.Ending.CUT) {
      out.append(
          String.format(
              Locale.ROOT,
              "%n%d steps are shown, and there are more: --steps N shows more of them.%n",
              preview.steps().size()));
    } else if (preview.ending() == Preview.Ending.NEVER) {
      out.append("The VU ends itself, or has no row of data left, before it comes to this.\n");
    } else if (preview.ending() == Preview.Ending.OPEN) {
      out.append(String.format(Locale.ROOT, "%12s *ends here: %s%n", at, preview.failure()));
    } else if (preview.ending() == Preview.Ending.FAILED) {
      out.append(String.format(Locale.ROOT, "%12s *fails      %s%n", at, preview.failure()));
    } else {
      out.append(String.format(Locale.ROOT, "%12s  end%n", at));
    }
    out.append(
        "\nTimes count from the start of the iteration, and answers that take no time. All of it\n"
            + "follows from the seed; it holds in a run as long as every request is answered "
            + (plan.simulation() == null
                ? "well.\n"
                : "as\n`simulate` says, without its errors.\n"));
    if (preview.ending() == Preview.Ending.FAILED
        || preview.ending() == Preview.Ending.OPEN
        || preview.steps().stream().anyMatch(Preview.Step::open)) {
      out.append("What a response, or another VU, can change begins at the first line with a *.\n");
    }
  }

  private void line(final Preview.Step step, final String what, final String value) {
    out.append(
        String.format(
            Locale.ROOT,
            "%12s %s%-10s %s%n",
            Durations.rounded(step.atNs()),
            step.open() ? "*" : " ",
            what,
            value));
  }

  private void row(final String name, final String value) {
    out.append(String.format(Locale.ROOT, "  %-14s %s%n", name, value));
  }
}
