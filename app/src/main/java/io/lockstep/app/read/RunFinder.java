package io.lockstep.app.read;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.data.KeptData;
import io.lockstep.app.run.KeptScenario;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.block.NewerFormatException;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.RunException;
import io.lockstep.journal.run.Sha256;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the run that a user means, and the plan that was run. */
public final class RunFinder {
  private static final List<String> SCENARIO_FILES = List.of("scenario.yaml", "scenario.json");

  private RunFinder() {}

  /** The run keeps no scenario. */
  static final class ScenarioGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScenarioGoneException(final String message) {
      super(message);
    }
  }

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

  /** The name of the scenario file that a run keeps. */
  static String scenarioFile(final Manifest manifest) {
    return SCENARIO_FILES.stream()
        .filter(manifest.files()::containsKey)
        .findFirst()
        .orElseThrow(
            () -> new ScenarioGoneException("run.json lists neither of " + SCENARIO_FILES));
  }

  /**
   * A run's plan and data, from the scenario and data files that it keeps, as they are now.
   *
   * @throws ScenarioGoneException if there is none, or the data is not what the run used.
   * @throws ScenarioException if it cannot be understood.
   */
  static Loaded load(final RunDirectory run, final Manifest manifest) throws ScenarioException {
    final String name = scenarioFile(manifest);
    final byte[] bytes = run.read(name);
    if (bytes == null) {
      throw new ScenarioGoneException(run.file(name) + " is missing");
    }
    final KeptData data = new KeptData(run, manifest);
    requireNone(data.absence());
    try {
      final Loaded loaded =
          ScenarioFile.load(
              run.file(name).toString(),
              bytes,
              KeptScenario.options(manifest),
              KeptScenario.files(run, manifest),
              data.locator());
      requireNone(data.difference(loaded.plan().feeders()));
      return loaded;
    } catch (final ScenarioException e) {
      requireNone(data.damage());
      throw e;
    }
  }

  private static void requireNone(final Optional<String> problem) {
    problem.ifPresent(
        message -> {
          throw new ScenarioGoneException(message);
        });
  }

  /** The file that is not what the run wrote, of those that its plan was made of; if any. */
  static Optional<Path> damagedScenario(final RunDirectory run, final Manifest manifest) {
    final List<String> names = new ArrayList<>(List.of(scenarioFile(manifest)));
    names.addAll(KeptScenario.includedNames(manifest).values());
    return names.stream().filter(name -> !isIntact(run, manifest, name)).findFirst().map(run::file);
  }

  private static boolean isIntact(
      final RunDirectory run, final Manifest manifest, final String name) {
    final byte[] bytes = run.read(name);
    return bytes != null && Sha256.hex(bytes).equals(manifest.files().get(name));
  }

  private static RunDirectory find(final String run, final String out, final Console console) {
    if (run.isBlank()) {
      throw CommandException.usage("RUN is empty; a run is named by its directory or its id");
    }
    final Path given = console.path(run);
    final Path runs = console.path(out);
    final boolean here = Files.isDirectory(given) && !Files.isDirectory(runs.resolve(run));
    return RunDirectory.open(runs, here ? given.toString() : run);
  }
}
