package io.lockstep.app.command;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.doctor.DoctorSession;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lockstep doctor}. */
final class DoctorCommand implements Command {
  @Override
  public CommandSpec spec() {
    final CommandSpec spec =
        Options.command(
            "doctor",
            "Looks at this machine as a load generator.",
            "Tells cores, governor, clock, limits, ports, memory and JDK, what a run would choose",
            "here, and what to change, with the commands. It changes nothing itself, and whatever",
            "it finds, it ends with exit code 0.");
    spec.addOption(Options.flag("--json", "print it as JSON, for programs"));
    Options.common(spec);
    Options.exitCodes(spec, ExitCode.FINE, ExitCode.FAILED, ExitCode.USAGE);
    Options.examples(spec, "lockstep doctor", "lockstep doctor --json");
    return spec;
  }

  @Override
  public ExitCode run(final ParseResult arguments, final Console console) throws IOException {
    return DoctorSession.run(arguments.hasMatchedOption("--json"), console);
  }
}
