package io.lockstep.app.command;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.run.SchemaSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code lockstep schema}. */
final class SchemaCommand implements Command {
  @Override
  public CommandSpec spec() {
    final CommandSpec spec =
        Options.command(
            "schema",
            "Prints the JSON Schema of scenario files.",
            "With it an editor completes keys, explains them and marks what is wrong. It is made",
            "from the same declarations that read the files, so it is of this version.");
    spec.addOption(
            OptionSpec.builder("-o", "--output")
                .paramLabel("FILE")
                .type(String.class)
                .description("write it there instead of to stdout")
                .build())
        .addOption(
            Options.flag("--part", "the schema of a file that others include: no key is required"));
    Options.common(spec);
    Options.exitCodes(spec, ExitCode.FINE, ExitCode.FAILED, ExitCode.USAGE);
    Options.examples(spec, "lockstep schema -o lockstep.schema.json");
    return spec;
  }

  @Override
  public ExitCode run(final ParseResult arguments, final Console console) {
    return SchemaSession.run(
        arguments.hasMatchedOption("--part"),
        arguments.matchedOptionValue("--output", (String) null),
        console);
  }
}
