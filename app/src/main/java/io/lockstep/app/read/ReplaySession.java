package io.lockstep.app.read;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.console.Version;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.ReplayContext;
import io.lockstep.replay.ReplayResult;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.Replayer;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;

/** {@code lockstep replay}. */
public final class ReplaySession {
  private ReplaySession() {}

  /** Replays a run and tells what came of it. */
  public static ExitCode run(
      final String run, final String out, final boolean json, final Console console)
      throws IOException {
    return RunFinder.read(
        run,
        out,
        console,
        directory -> {
          final ReplayResult result = replay(directory);
          console
              .out()
              .print(
                  json
                      ? ReplayJson.of(directory.path(), result)
                      : ReplayText.of(result, console.colour()));
          return result.verdict() == ReplayVerdict.IDENTICAL ? ExitCode.FINE : ExitCode.DIVERGED;
        });
  }

  /**
   * Replays the run of a directory.
   *
   * @throws CommandException if the scenario that it keeps cannot be read.
   */
  public static ReplayResult replay(final RunDirectory directory) {
    // A damaged manifest says less about a damaged scenario file than its own error does, so first.
    return new Replayer(
            new ReplayContext(
                directory,
                plan(directory),
                Version.number(),
                Runtime.getRuntime().availableProcessors(),
                System::nanoTime))
        .replay();
  }

  private static Plan plan(final RunDirectory directory) {
    try {
      return RunFinder.plan(directory);
    } catch (final IOException | ScenarioException e) {
      throw new CommandException(
          ExitCode.DIVERGED,
          directory.path()
              + " is damaged: its scenario cannot be read, so nothing can be replayed: "
              + e.getMessage()
              + ". 'lockstep inspect' still shows the journal.",
          e);
    }
  }
}
