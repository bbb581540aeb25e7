package io.lockstep.app.read;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.block.NewerFormatException;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.RunException;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the run that a user means, and the plan that was run. */
public final class RunFinder {
  private static final List<String> SCENARIO_FILES = List.of("scenario.yaml", "scenario.json");

  private RunFinder() {}

  /** Work on a run that was found. */
  @FunctionalInterface
  interface Reading {
    ExitCode read(RunDirectory run) throws IOException;
  }

  /**
   * Finds a run and reads it, with what can be wrong with it turned into messages.
   *
   * @param run directory or id
   * @param out directory of runs
   */
  static ExitCode read(
      final String run, final String out, final Console console, final Reading reading)
      throws IOException {
    try (RunDirectory directory = find(run, out, console)) {
      return reading.read(directory);
    } catch (final RunException e) {
      throw e.kind() == RunException.Kind.INPUT
          ? CommandException.usage(e.getMessage(), e)
          : CommandException.failed(e.getMessage(), e);
    } catch (final NewerFormatException e) {
      throw CommandException.usage(e.getMessage(), e);
    } catch (final JournalException e) {
      throw CommandException.failed(e.getMessage(), e);
    }
  }

  /** A run's plan, from the scenario file that it keeps. */
  public static Plan plan(final RunDirectory run) throws IOException, ScenarioException {
    for (final String name : SCENARIO_FILES) {
      if (Files.isRegularFile(run.file(name))) {
        return ScenarioFile.load(run.file(name)).plan();
      }
    }
    throw new IOException("the run has no " + String.join(" or ", SCENARIO_FILES));
  }

  private static RunDirectory find(final String run, final String out, final Console console) {
    final Path given = console.path(run);
    final Path runs = console.path(out);
    final boolean here = Files.isDirectory(given) && !Files.isDirectory(runs.resolve(run));
    return RunDirectory.open(runs, here ? given.toString() : run);
  }
}
