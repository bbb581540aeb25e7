package io.lockstep.app.plan;

import io.lockstep.app.console.CommandException;
import io.lockstep.engine.core.machine.Preview;
import io.lockstep.engine.core.schedule.ArrivalSchedule;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.List;
import java.util.Locale;

/** Finds the iteration that the command line means, or says why there is none. */
final class IdentityFinder {
  private final Plan plan;
  private final ScenarioPlan asked;

  /**
   * @param asked the scenario that was named; null if none was
   */
  IdentityFinder(final Plan plan, final ScenarioPlan asked) {
    this.plan = plan;
    this.asked = asked;
  }

  /** Whose iteration it is. */
  Preview.Identity find(final PlanCommandLine line) {
    if (line.arrival() != null) {
      if (line.vu() != null || line.iteration() != null || line.once() != null) {
        throw CommandException.usage(
            "--arrival stands for itself: leave out --vu and the like, as any free VU serves it");
      }
      return arrival(line.arrival());
    }
    if (line.vu() == null) {
      throw CommandException.usage(
          (line.once() == null ? "--iteration " + line.iteration() : "--" + word(line.once()))
              + " of whom? Add --vu N");
    }
    final Preview.Identity last =
        iteration(line.vu(), line.iteration() == null ? 0 : line.iteration());
    return line.once() == null ? last : once(line, last);
  }

  /** What a VU does once. */
  private Preview.Identity once(final PlanCommandLine line, final Preview.Identity last) {
    final boolean start = line.once() == Preview.Identity.START;
    if (start && line.iteration() != null) {
      throw CommandException.usage("--start comes before every iteration: leave out --iteration");
    }
    final Flow.ScenarioFlow flow = plan.flow().of(last.scenario());
    if ((start ? flow.start() : flow.stop()) == Flow.NONE) {
      throw CommandException.usage(
          format(
              "scenario %s has no `%s`",
              plan.scenarios().get(last.scenario()).name(), word(line.once())));
    }
    return new Preview.Identity(last.scenario(), last.vu(), line.once());
  }

  /** How the file calls what a VU does once. */
  static String word(final long once) {
    return once == Preview.Identity.START ? "start" : "stop";
  }

  /**
   * When it starts: an arrival by the schedule; for others the start of their scenario stands, as
   * responses decide.
   */
  static long startNs(final Plan plan, final Preview.Identity identity) {
    final ScenarioPlan scenario = plan.scenarios().get(identity.scenario());
    return scenario.load().isOpen()
        ? Preview.arrivalNs(plan, identity.scenario(), identity.iteration())
        : scenario.startTick() * plan.tickNs();
  }

  private Preview.Identity iteration(final long vu, final long iteration) {
    if (vu >= plan.vus()) {
      throw CommandException.usage(
          format("there is no VU %d: the plan has %s", vu, range(0, plan.vus())));
    }
    final ScenarioPlan scenario =
        plan.scenarios().stream()
            .filter(one -> vu >= one.firstVu() && vu < (long) one.firstVu() + one.vus())
            .findFirst()
            .orElseThrow();
    if (asked != null && asked.index() != scenario.index()) {
      throw CommandException.usage(
          format(
              "VU %d is not of scenario %s, which has %s, but of %s",
              vu, asked.name(), range(asked.firstVu(), asked.vus()), scenario.name()));
    }
    if (!scenario.load().vusLast()) {
      throw CommandException.usage(
          format(
              "VU %d is of scenario %s, whose iterations do not depend on the VU that is free for"
                  + " them: ask for --scenario %s --arrival N",
              vu, scenario.name(), scenario.name()));
    }
    if (scenario.load() instanceof Load.Closed closed && iteration >= closed.iterations()) {
      throw CommandException.usage(
          format(
              "a VU of scenario %s makes %,d iterations: 0 to %d",
              scenario.name(), closed.iterations(), closed.iterations() - 1));
    }
    return new Preview.Identity(scenario.index(), (int) vu, iteration);
  }

  private Preview.Identity arrival(final long index) {
    final ScenarioPlan scenario = asked == null ? onlyOne() : asked;
    if (scenario.load().vusLast()) {
      throw CommandException.usage(
          format(
              "scenario %s has no arrivals: its VUs start their own iterations. Ask for --vu N"
                  + " --iteration M, with %s",
              scenario.name(), range(scenario.firstVu(), scenario.vus())));
    }
    final boolean exists =
        scenario.load() instanceof Load.SharedIterations shared
            ? index < shared.iterations()
            : Preview.arrivalNs(plan, scenario.index(), index) != ArrivalSchedule.NULL_TICK;
    if (!exists) {
      throw CommandException.usage(
          format("scenario %s ends before %,d, counted from 0", scenario.name(), index));
    }
    return new Preview.Identity(scenario.index(), Preview.Identity.NO_VU, index);
  }

  private ScenarioPlan onlyOne() {
    final List<ScenarioPlan> open =
        plan.scenarios().stream().filter(scenario -> !scenario.load().vusLast()).toList();
    if (open.isEmpty()) {
      throw CommandException.usage(
          "no scenario has arrivals: their VUs start their own iterations. Ask for --vu N"
              + " --iteration M");
    }
    if (open.size() > 1) {
      throw CommandException.usage(
          "several scenarios have arrivals: add --scenario and one of "
              + String.join(", ", open.stream().map(ScenarioPlan::name).toList()));
    }
    return open.get(0);
  }

  private static String range(final int first, final int count) {
    return count == 1 ? "VU " + first : format("VUs %d to %d", first, first + count - 1);
  }

  private static String format(final String format, final Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
