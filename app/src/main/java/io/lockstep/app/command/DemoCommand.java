package io.lockstep.app.command;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.demo.DemoSession;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lockstep demo}. */
final class DemoCommand implements Command {
  @Override
  public CommandSpec spec() {
    final CommandSpec spec =
        Options.command(
            "demo",
            "Shows the two promises in a few seconds, with nothing else installed.",
            "Starts a target in this process, runs a scenario against it, replays the run bit for",
            "bit, runs it again with the same seed and compares what was asked.");
    spec.addOption(Options.out("directory that gets the two runs"));
    Options.common(spec);
    Options.exitCodes(
        spec,
        ExitCode.FINE,
        ExitCode.FAILED,
        ExitCode.USAGE,
        ExitCode.DIVERGED,
        ExitCode.INTERRUPTED);
    Options.examples(spec, "lockstep demo");
    return spec;
  }

  @Override
  public ExitCode run(final ParseResult arguments, final Console console) throws IOException {
    return DemoSession.run(
        arguments.matchedOptionValue(Options.OUT, Options.DEFAULT_OUT), console);
  }
}
