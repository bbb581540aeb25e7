package io.lockstep.app.command;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.run.PlanSession;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lockstep validate}. */
final class ValidateCommand implements Command {
  @Override
  public CommandSpec spec() {
    final CommandSpec spec =
        Options.command(
            "validate",
            "Checks a scenario file and tells what it means.",
            "Prints the scenarios, virtual users, durations and requests that a run of it would",
            "have, or every mistake in the file at once, each with its line and column.");
    spec.addPositional(Options.parameter("FILE", "the scenario, YAML or JSON"));
    Options.loading(spec);
    Options.common(spec);
    Options.exitCodes(spec, ExitCode.FINE, ExitCode.FAILED, ExitCode.USAGE);
    Options.examples(
        spec,
        "lockstep validate shop.yaml",
        "lockstep validate shop.yaml --env staging --set scenarios.browse.load.vus=5");
    return spec;
  }

  @Override
  public ExitCode run(final ParseResult arguments, final Console console) throws IOException {
    return PlanSession.validate(
        arguments.matchedPositionalValue(0, ""), Options.loading(arguments), console);
  }
}
