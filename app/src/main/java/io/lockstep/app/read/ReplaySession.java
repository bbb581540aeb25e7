package io.lockstep.app.read;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.console.Version;
import io.lockstep.app.data.TableSource;
import io.lockstep.app.read.RunFinder.ScenarioGoneException;
import io.lockstep.app.run.PlanSession;
import io.lockstep.engine.content.ContentTools;
import io.lockstep.engine.core.port.FeederException;
import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.ReplayContext;
import io.lockstep.replay.ReplayResult;
import io.lockstep.replay.Replayer;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

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
   * @throws CommandException if the scenario is as it was recorded and yet cannot be read.
   */
  public static ReplayResult replay(final RunDirectory directory) {
    final long startNs = System.nanoTime();
    final Loaded loaded;
    try {
      loaded = load(directory, directory.manifest());
    } catch (final DamagedJournalException | ScenarioGoneException e) {
      return ReplayResult.unreadable(e.getMessage(), System.nanoTime() - startNs);
    }
    try {
      return new Replayer(
              new ReplayContext(
                  directory,
                  atTarget(loaded.plan(), directory.manifest()),
                  TableSource.of(loaded.tables()),
                  new ContentTools(),
                  Version.number(),
                  Runtime.getRuntime().availableProcessors(),
                  System::nanoTime))
          .replay();
    } catch (final RuntimeException | Error e) {
      final Optional<FeederException> data = TableSource.explain(e, loaded.tables());
      if (data.isPresent()) {
        throw CommandException.failed(data.get().getMessage(), e);
      }
      throw e;
    }
  }

  /** The plan against the target of the run, which tells which redirects were followed. */
  private static Plan atTarget(final Plan plan, final Manifest manifest) {
    return PlanSession.adapt(plan, null, manifest.options().get(PlanSession.TARGET));
  }

  private static Loaded load(final RunDirectory directory, final Manifest manifest) {
    try {
      return RunFinder.load(directory, manifest);
    } catch (final ScenarioException e) {
      final Optional<Path> damaged = RunFinder.damagedScenario(directory, manifest);
      if (damaged.isEmpty()) {
        throw CommandException.usage(
            String.format(
                Locale.ROOT,
                "%s: its scenario is as the run wrote it, but was written for lockstep %s, and this"
                    + " is %s, which does not understand it; use the version that wrote it"
                    + " ('lockstep inspect' still shows the journal).%n%s",
                directory.path(),
                manifest.engineVersion(),
                Version.number(),
                e.render().stripTrailing()),
            e);
      }
      throw new ScenarioGoneException(
          damaged.get()
              + " is not what the run wrote, and cannot be read, so nothing can be replayed: "
              + e.getMessage()
              + " ('lockstep inspect' still shows the journal)");
    }
  }
}
