package io.lockstep.app.command;

import static io.lockstep.app.command.Options.flag;
import static io.lockstep.app.command.Options.number;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.read.InspectCommandLine;
import io.lockstep.app.read.InspectSession;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lockstep inspect}. */
final class InspectCommand implements Command {
  @Override
  public CommandSpec spec() {
    final CommandSpec spec =
        Options.command(
            "inspect",
            "Shows what a run's journal holds.",
            "Without options: the manifest and how many events of each kind there are. Each of the",
            "options below asks for events; together they narrow each other.");
    spec.addPositional(Options.parameter("RUN", "directory of a run, or its id"))
        .addOption(flag("--events", "all events, decoded, one per line"))
        .addOption(number("--vu", "N", 0, Integer.MAX_VALUE, "only events of this virtual user"))
        .addOption(
            Options.iteration(
                "--iteration", "only events of this iteration, or of what VUs do once"))
        .addOption(
            flag("--failed", "only what failed: requests, checks, iterations; with responses"))
        .addOption(flag("--json", "print JSON, one object per line"))
        .addOption(Options.out("where to look for an id"));
    Options.common(spec);
    Options.exitCodes(spec, ExitCode.FINE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.DIVERGED);
    Options.examples(
        spec,
        "lockstep inspect before-the-change",
        "lockstep inspect before-the-change --vu 7 --iteration 3",
        "lockstep inspect before-the-change --iteration start --failed",
        "lockstep inspect before-the-change --failed --json");
    return spec;
  }

  @Override
  public ExitCode run(final ParseResult arguments, final Console console) throws IOException {
    return InspectSession.run(
        new InspectCommandLine(
            arguments.matchedPositionalValue(0, ""),
            arguments.matchedOptionValue(Options.OUT, Options.DEFAULT_OUT),
            arguments.hasMatchedOption("--events"),
            arguments.matchedOptionValue("--vu", (Long) null),
            arguments.matchedOptionValue("--iteration", (Long) null),
            arguments.hasMatchedOption("--failed"),
            arguments.hasMatchedOption("--json")),
        console);
  }
}
