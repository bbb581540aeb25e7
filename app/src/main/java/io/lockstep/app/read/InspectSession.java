package io.lockstep.app.read;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.read.RunFinder.ScenarioGoneException;
import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.inspect.EventCounts;
import io.lockstep.replay.inspect.EventFilter;
import io.lockstep.replay.inspect.Inspector;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.plan.Plan;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code lockstep inspect}. */
public final class InspectSession {
  private InspectSession() {}

  /** Shows what a run's journal holds, as far as it can be read. */
  public static ExitCode run(final InspectCommandLine asked, final Console console)
      throws IOException {
    return RunFinder.read(
        asked.run(), asked.out(), console, directory -> inspect(asked, directory, console));
  }

  private static ExitCode inspect(
      final InspectCommandLine asked, final RunDirectory directory, final Console console)
      throws IOException {
    // Asked before anything is read: a run that ends meanwhile was read before its end.
    final boolean inUse = directory.inUse();
    final Plan plan = plan(directory, console);
    final Inspector inspector = new Inspector(directory, plan);
    final Writer out =
        new BufferedWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    final EventCounts counts =
        asked.wantsEvents()
            ? inspector.events(filter(asked), asked.json(), out)
            : inspector.overview(asked.json(), out);
    out.flush();
    if (asked.wantsEvents()) {
      if (counts.shown() == 0) {
        console.err().println("lockstep: no event matches" + reason(asked, plan));
      }
      complain(counts, inUse, console);
    }
    return counts.damages().isEmpty() && (counts.complete() || inUse)
        ? ExitCode.FINE
        : ExitCode.DIVERGED;
  }

  /** Why nothing can match, where that is known. */
  private static String reason(final InspectCommandLine asked, final Plan plan) {
    if (asked.vu() == null || plan == null || asked.vu() < plan.vus()) {
      return "";
    }
    return plan.vus() == 1
        ? ": the run has one VU, number 0"
        : ": the run has " + plan.vus() + " VUs, 0 to " + (plan.vus() - 1);
  }

  /** The overview has all of this in it; events stand alone, so that programs can read them. */
  private static void complain(
      final EventCounts counts, final boolean inUse, final Console console) {
    counts.absences().forEach(absence -> console.err().println("lockstep: " + absence));
    counts.damages().forEach(damage -> console.err().println("lockstep: " + damage));
    if (!counts.complete() && counts.damages().isEmpty()) {
      console
          .err()
          .println(
              "lockstep: "
                  + (inUse
                      ? "the run is still being written"
                      : "the run was not written to its end")
                  + "; these are the events until then");
    }
  }

  private static EventFilter filter(final InspectCommandLine asked) {
    return new EventFilter(
        asked.vu() == null ? EventFilter.ANY : asked.vu().intValue(),
        asked.iteration() == null ? EventFilter.ANY : asked.iteration(),
        asked.failed());
  }

  /** Names that the run did not have would be worse than numbers. */
  private static Plan plan(final RunDirectory directory, final Console console) {
    String reason;
    try {
      return plan(directory, directory.manifest());
    } catch (final DamagedJournalException e) {
      reason = "without a manifest nothing vouches for the scenario";
    } catch (final ScenarioGoneException | ScenarioException e) {
      reason = e.getMessage();
    }
    console.err().println("lockstep: numbers stand for names: " + reason);
    return null;
  }

  private static Plan plan(final RunDirectory directory, final Manifest manifest)
      throws ScenarioException {
    final Optional<Path> damaged = RunFinder.damagedScenario(directory, manifest);
    if (damaged.isPresent()) {
      throw new ScenarioGoneException(
          damaged.get()
              + (Files.exists(damaged.get()) ? " is not what the run wrote" : " is missing"));
    }
    return RunFinder.load(directory, manifest).plan();
  }
}
