package io.lockstep.app.command;

import static io.lockstep.app.command.Options.choice;
import static io.lockstep.app.command.Options.flag;
import static io.lockstep.app.command.Options.number;
import static io.lockstep.app.command.Options.parameter;
import static io.lockstep.app.command.Options.text;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.run.RunCommandLine;
import io.lockstep.app.run.RunSession;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lockstep run}. */
final class RunCommand implements Command {
  private static final long MAX_SHARDS = 1024;

  @Override
  public CommandSpec spec() {
    final CommandSpec spec =
        Options.command(
            "run",
            "Runs a scenario file and journals every event of it.",
            "The run lies in a directory of its own afterwards; 'lockstep replay' re-executes it",
            "from there, bit for bit, without the target. Ctrl-C stops a run in good order, and so",
            "do SIGTERM and the end of its terminal (SIGHUP, unless started by nohup); a second",
            "one ends it at once. Both leave a run that replays. A shell makes what it starts in the",
            "background with '&' ignore Ctrl-C; SIGTERM ends that too.");
    spec.addPositional(parameter("FILE", "the scenario, YAML or JSON"));
    what(spec);
    where(spec);
    how(spec);
    Options.common(spec);
    Options.exitCodes(
        spec,
        ExitCode.FINE,
        ExitCode.FAILED,
        ExitCode.USAGE,
        ExitCode.INVALID,
        ExitCode.THRESHOLDS,
        ExitCode.INTERRUPTED);
    Options.examples(
        spec,
        "lockstep run shop.yaml",
        "lockstep run shop.yaml --seed 42 --name before-the-change",
        "lockstep run shop.yaml --target http://127.0.0.1:8080 --json summary.json",
        "lockstep run shop.yaml --simulate        # virtual time, no network, same seed same bytes");
    return spec;
  }

  private static void what(final CommandSpec spec) {
    Options.loading(spec);
    spec.addOption(
            number(
                "--seed",
                "N",
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                "seed of all that is random (default: the file's)"))
        .addOption(flag("--simulate", "model the target in virtual time instead of asking it"))
        .addOption(text("--target", "URL", "base URL to ask (default: the file's)"))
        .addOption(
            text(
                "--control",
                "FILE",
                "obey the lines that come in there, such as 'browse rate=50' or 'browse vus=20':"
                    + " a file that grows, or a FIFO"));
  }

  private static void where(final CommandSpec spec) {
    spec.addOption(Options.out("directory that gets the run's directory"))
        .addOption(
            text(
                "--name",
                "ID",
                "id of the run (default: made of the time and the scenario's name)"))
        .addOption(text("--json", "FILE", "write the summary there as JSON too; - for stdout"))
        .addOption(flag("--no-journal", "keep no journal: such a run cannot be replayed"))
        .addOption(flag("--quiet", "show no progress while it runs"));
  }

  private static void how(final CommandSpec spec) {
    spec.addOption(
            number("--shards", "N", 1, MAX_SHARDS, "machines that share nothing (default: 1)"))
        .addOption(
            choice(
                "--threading",
                "one thread per shard, or three (default: by the number of cores)",
                List.of("shared", "dedicated")))
        .addOption(
            choice(
                "--idle",
                "what an idle thread does (default: spin if dedicated threads have a core each)",
                List.of("spin", "yield", "backoff")))
        .addOption(text("--cpus", "A,B,…", "pin the threads to these CPUs, in order"))
        .addOption(
            choice(
                "--network",
                "how the system is asked for events (default: auto)",
                List.of("auto", "epoll", "io_uring", "nio")));
  }

  @Override
  public ExitCode run(final ParseResult arguments, final Console console) throws IOException {
    return RunSession.run(
        new RunCommandLine(
            arguments.matchedPositionalValue(0, ""),
            Options.loading(arguments),
            arguments.matchedOptionValue("--seed", (Long) null),
            arguments.hasMatchedOption("--simulate"),
            arguments.matchedOptionValue("--target", (String) null),
            arguments.matchedOptionValue("--control", (String) null),
            arguments.matchedOptionValue(Options.OUT, Options.DEFAULT_OUT),
            arguments.matchedOptionValue("--name", (String) null),
            arguments.matchedOptionValue("--json", (String) null),
            !arguments.hasMatchedOption("--no-journal"),
            arguments.hasMatchedOption("--quiet"),
            arguments.matchedOptionValue("--shards", 1L).intValue(),
            arguments.matchedOptionValue("--threading", (String) null),
            arguments.matchedOptionValue("--idle", (String) null),
            arguments.matchedOptionValue("--cpus", (String) null),
            arguments.matchedOptionValue("--network", "auto")),
        console);
  }
}
