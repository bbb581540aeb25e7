package io.lockstep.app.command;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.scenario.diagnostic.NearestName;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: all commands, their help, and what happens to a wrong one. */
public final class CommandTree {
  private static final String NAME = "lockstep";

  private final Map<String, Command> commandByName = new LinkedHashMap<>();
  private final CommandLine line;

  public CommandTree() {
    final CommandSpec root =
        Options.command(
            NAME,
            "A load-testing engine that replays its own runs.",
            "A run is driven by a seed, every event of it is journaled, and a journal replays bit",
            "for bit without the target.");
    line = new CommandLine(root);
    add("demo", new DemoCommand());
    add("run", new RunCommand());
    add("validate", new ValidateCommand());
    add("plan", new PlanCommand());
    add("schema", new SchemaCommand());
    add("replay", new ReplayCommand());
    add("inspect", new InspectCommand());
    add("target", new TargetCommand());
    add("doctor", new DoctorCommand());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("show the version and end")
            .build());
    Options.common(root);
    Options.exitCodes(root, ExitCode.values());
    Options.examples(
        root,
        "lockstep demo                            # the two promises, in a few seconds",
        "lockstep run shop.yaml --seed 42         # a run; its last lines say where it lies",
        "lockstep replay RUN                      # the same run again, without the target",
        "lockstep run --help                      # all about one command");
  }

  private void add(final String name, final Command command) {
    commandByName.put(name, command);
    line.addSubcommand(name, new CommandLine(command.spec()));
  }

  /** Names of all commands, in the order of the help. */
  public List<String> names() {
    return List.copyOf(commandByName.keySet());
  }

  /** The help of a command, or of the whole for an empty name. */
  public String help(final String name, final boolean colour) {
    final CommandLine command = name.isEmpty() ? line : line.getSubcommands().get(name);
    return command.getUsageMessage(colour ? Ansi.ON : Ansi.OFF);
  }

  /**
   * Parses and does what is asked.
   *
   * @param version to print where it is asked for
   * @throws CommandException with a message for the user.
   */
  public ExitCode execute(final String version, final Console console, final String... arguments)
      throws IOException {
    final ParseResult parsed;
    try {
      parsed = line.parseArgs(arguments);
    } catch (final ParameterException e) {
      return explain(e, console.err());
    }
    if (parsed.isVersionHelpRequested()) {
      console.out().println(version);
      return ExitCode.FINE;
    }
    final boolean subcommand = parsed.hasSubcommand();
    final ParseResult asked = subcommand ? parsed.subcommand() : parsed;
    final String name = subcommand ? asked.commandSpec().name() : "";
    if (parsed.isUsageHelpRequested() || asked.isUsageHelpRequested()) {
      console.out().print(help(name, console.colour()));
      return ExitCode.FINE;
    }
    if (!subcommand) {
      console.err().print(help("", console.colourOfErr()));
      return ExitCode.USAGE;
    }
    return commandByName.get(name).run(asked, console);
  }

  private ExitCode explain(final ParameterException e, final PrintStream err) {
    final CommandSpec spec = e.getCommandLine().getCommandSpec();
    final boolean root = spec.parent() == null;
    if (e instanceof UnmatchedArgumentException unmatched) {
      final String given = unmatched.getUnmatched().get(0);
      final boolean option = given.startsWith("-");
      final Collection<String> known =
          option ? spec.optionsMap().keySet() : root ? names() : List.of();
      err.println(
          NAME
              + ": "
              + (option
                  ? "'" + spec.qualifiedName() + "' has no option '" + given + "'"
                  : root
                      ? "there is no command '" + given + "'"
                      : "'"
                          + spec.qualifiedName()
                          + "' does not know what to do with '"
                          + given
                          + "'")
              + NearestName.of(given, known)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("."));
    } else {
      err.println(NAME + ": " + e.getMessage());
    }
    err.println("'" + spec.qualifiedName() + " --help' tells what it takes.");
    return ExitCode.USAGE;
  }
}
