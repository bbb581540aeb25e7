package io.lockstep.app.plan;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.data.TableSource;
import io.lockstep.app.run.PlanSession;
import io.lockstep.engine.content.ContentTools;
import io.lockstep.engine.core.machine.Preview;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.engine.core.schedule.LoadOutline;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.diagnostic.NearestName;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.io.IOException;
import java.util.List;

/** {@code lockstep plan}: from the command line to the chart or to one iteration. */
public final class PlanningSession {
  /** Columns of a chart; a table has a row for some of them together. */
  static final int INTERVALS = 60;

  private PlanningSession() {}

  /** Shows what a run of a file will do. */
  public static ExitCode run(final PlanCommandLine asked, final Console console)
      throws IOException {
    final Loaded loaded = PlanSession.load(asked.file(), asked.loading().withoutKeys(), console);
    final Plan plan = PlanSession.adapt(loaded.plan(), asked.seed(), null);
    final ScenarioPlan scenario = asked.scenario() == null ? null : named(plan, asked.scenario());
    if (asked.phase() != null) {
      return phase(asked, plan, loaded, console);
    }
    if (asked.wantsPreview()) {
      final Preview.Identity identity = new IdentityFinder(plan, scenario).find(asked);
      final Preview preview =
          Preview.of(
              plan,
              around(loaded, plan),
              identity,
              IdentityFinder.startNs(plan, identity),
              asked.iteration() == null ? 0 : asked.iteration(),
              asked.most());
      print(asked, plan, preview, loaded, console);
      return ExitCode.FINE;
    }
    final LoadOutline outline = LoadOutline.of(plan, INTERVALS);
    final List<LoadOutline.Row> rows =
        outline.scenarios().stream()
            .filter(row -> scenario == null || row.index() == scenario.index())
            .toList();
    final LoadOutline shown = new LoadOutline(outline.intervalNs(), outline.endNs(), rows);
    console
        .out()
        .print(
            asked.json()
                ? OutlineJson.of(plan, shown)
                : OutlineText.of(plan, shown, console.colour(), console.symbols()));
    return ExitCode.FINE;
  }

  /** Shows what is done once before or after the load. */
  private static ExitCode phase(
      final PlanCommandLine asked, final Plan plan, final Loaded loaded, final Console console)
      throws IOException {
    if (asked.wantsPreview() || asked.scenario() != null) {
      throw CommandException.usage(
          "--" + asked.phase() + " stands for itself: leave out --scenario, --vu and the like");
    }
    if (plan.phases().named(asked.phase()) == null) {
      throw CommandException.usage(asked.file() + " has no " + asked.phase());
    }
    final Preview preview = Preview.of(plan, around(loaded, plan), asked.phase(), asked.most());
    print(asked, plan.phases().named(asked.phase()), preview, loaded, console);
    return ExitCode.FINE;
  }

  private static void print(
      final PlanCommandLine asked,
      final Plan plan,
      final Preview preview,
      final Loaded loaded,
      final Console console)
      throws IOException {
    console
        .out()
        .print(
            asked.json()
                ? PreviewJson.of(plan, preview, loaded.tables())
                : PreviewText.of(plan, preview, loaded.tables(), console.colour()));
  }

  /** The data of the plan, and no secrets: in what is told, their names stand for them. */
  private static Surroundings around(final Loaded loaded, final Plan plan) {
    return new Surroundings(
        TableSource.of(loaded.tables()),
        SecretSource.NONE,
        Surroundings.startNs(plan, null),
        new ContentTools());
  }

  private static ScenarioPlan named(final Plan plan, final String name) {
    final List<String> names = plan.scenarios().stream().map(ScenarioPlan::name).toList();
    return plan.scenarios().stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "there is no scenario '"
                        + name
                        + "'"
                        + NearestName.of(name, names)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; there is " + String.join(", ", names))));
  }
}
