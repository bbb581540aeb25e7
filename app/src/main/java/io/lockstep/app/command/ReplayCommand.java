package io.lockstep.app.command;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.read.ReplaySession;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lockstep replay}. */
final class ReplayCommand implements Command {
  @Override
  public CommandSpec spec() {
    final CommandSpec spec =
        Options.command(
            "replay",
            "Re-executes a run from its journal and compares every byte.",
            "Neither the target nor the network nor the clock is asked. Prints 'identical', or the",
            "first event that differs, in both versions.");
    spec.addPositional(Options.parameter("RUN", "directory of a run, or its id"))
        .addOption(Options.flag("--json", "print the result as JSON"))
        .addOption(Options.out("where to look for an id"));
    Options.common(spec);
    Options.exitCodes(
        spec, ExitCode.FINE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.DIVERGED);
    Options.examples(
        spec,
        "lockstep replay before-the-change",
        "lockstep replay /data/runs/before-the-change --json");
    return spec;
  }

  @Override
  public ExitCode run(final ParseResult arguments, final Console console) throws IOException {
    return ReplaySession.run(
        arguments.matchedPositionalValue(0, ""),
        arguments.matchedOptionValue(Options.OUT, Options.DEFAULT_OUT),
        arguments.hasMatchedOption("--json"),
        console);
  }
}
