package io.lockstep.app.read;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
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
    final Inspector inspector = new Inspector(directory, plan(directory, console));
    final Writer out =
        new BufferedWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    final EventCounts counts =
        asked.wantsEvents()
            ? inspector.events(filter(asked), asked.json(), out)
            : inspector.overview(asked.json(), out);
    out.flush();
    if (asked.wantsEvents()) {
      counts.damages().forEach(damage -> console.err().println("lockstep: " + damage));
    }
    return counts.damages().isEmpty() ? ExitCode.FINE : ExitCode.DIVERGED;
  }

  private static EventFilter filter(final InspectCommandLine asked) {
    return new EventFilter(
        asked.vu() == null ? EventFilter.ANY : asked.vu().intValue(),
        asked.iteration() == null ? EventFilter.ANY : asked.iteration(),
        asked.failed());
  }

  private static Plan plan(final RunDirectory directory, final Console console) {
    try {
      return RunFinder.plan(directory);
    } catch (final IOException | ScenarioException e) {
      console
          .err()
          .println(
              "lockstep: the run's scenario cannot be read, so numbers stand for names: "
                  + e.getMessage());
      return null;
    }
  }
}
