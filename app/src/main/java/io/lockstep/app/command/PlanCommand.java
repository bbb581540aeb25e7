package io.lockstep.app.command;

import static io.lockstep.app.command.Options.flag;
import static io.lockstep.app.command.Options.number;
import static io.lockstep.app.command.Options.parameter;
import static io.lockstep.app.command.Options.text;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.plan.PlanCommandLine;
import io.lockstep.app.plan.PlanningSession;
import io.lockstep.engine.core.machine.Preview;
import io.lockstep.scenario.plan.Phases;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lockstep plan}. */
final class PlanCommand implements Command {
  private static final long MOST_STEPS = 1_000_000;
  private static final long STEPS = 1_000;

  @Override
  public CommandSpec spec() {
    final CommandSpec spec =
        Options.command(
            "plan",
            "Shows what a run will do, without running it.",
            "Draws the load over time: VUs and arrivals, totals and how certain they are. With",
            "--vu or --arrival it tells what one iteration does and sends, to the byte: choices,",
            "pauses and requests follow from the seed alone, until a response decides. Every",
            "request is taken to be answered at once, with status 200 and no body.");
    spec.addPositional(parameter("FILE", "the scenario, YAML or JSON"));
    Options.loading(spec);
    spec.addOption(
            number(
                "--seed",
                "N",
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                "seed of all that is random (default: the file's)"))
        .addOption(text("--scenario", "NAME", "show this scenario alone"))
        .addOption(
            number(
                "--vu",
                "N",
                0,
                Integer.MAX_VALUE,
                "show what this VU does; its number is the one that inspect shows"))
        .addOption(number("--iteration", "N", 0, Long.MAX_VALUE, "of that VU, from 0 (default: 0)"))
        .addOption(flag("--start", "show what that VU does before its first iteration"))
        .addOption(
            flag(
                "--stop",
                "show what it does after its last one, taken to be --iteration (default: 0)"))
        .addOption(
            number(
                "--arrival",
                "N",
                0,
                Long.MAX_VALUE,
                "show this arrival of an open scenario, or this shared iteration, from 0"))
        .addOption(flag("--setup", "show what the setup does"))
        .addOption(flag("--teardown", "show what the teardown does"))
        .addOption(
            number("--steps", "N", 1, MOST_STEPS, "most steps that are shown (default: 1000)"))
        .addOption(flag("--json", "print it as JSON, for programs"));
    Options.common(spec);
    Options.exitCodes(spec, ExitCode.FINE, ExitCode.FAILED, ExitCode.USAGE);
    Options.examples(
        spec,
        "lockstep plan shop.yaml",
        "lockstep plan shop.yaml --vu 17 --iteration 3",
        "lockstep plan shop.yaml --vu 17 --start",
        "lockstep plan shop.yaml --scenario visit --arrival 1000 --seed 7");
    return spec;
  }

  @Override
  public ExitCode run(final ParseResult arguments, final Console console) throws IOException {
    return PlanningSession.run(
        new PlanCommandLine(
            arguments.matchedPositionalValue(0, ""),
            Options.loading(arguments),
            arguments.matchedOptionValue("--seed", (Long) null),
            arguments.matchedOptionValue("--scenario", (String) null),
            arguments.matchedOptionValue("--vu", (Long) null),
            arguments.matchedOptionValue("--iteration", (Long) null),
            arguments.matchedOptionValue("--arrival", (Long) null),
            once(arguments),
            phase(arguments),
            arguments.matchedOptionValue("--steps", STEPS).intValue(),
            arguments.hasMatchedOption("--json")),
        console);
  }

  private static Long once(final ParseResult arguments) {
    if (arguments.hasMatchedOption("--start") && arguments.hasMatchedOption("--stop")) {
      throw CommandException.usage("--start and --stop: ask for one of them");
    }
    return arguments.hasMatchedOption("--start")
        ? (Long) Preview.Identity.START
        : arguments.hasMatchedOption("--stop") ? (Long) Preview.Identity.STOP : null;
  }

  private static String phase(final ParseResult arguments) {
    return arguments.hasMatchedOption("--setup")
        ? Phases.SETUP
        : arguments.hasMatchedOption("--teardown") ? Phases.TEARDOWN : null;
  }
}
