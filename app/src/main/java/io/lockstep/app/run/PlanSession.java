package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostic.Severity;
import io.lockstep.scenario.document.LoadOptions;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Scenario files from the command line: reads them and tells what is wrong with them, or what they
 * mean.
 */
public final class PlanSession {
  /** Name of the target among a manifest's options. */
  public static final String TARGET = "target";

  private PlanSession() {}

  /** Says what a file means. */
  public static ExitCode validate(
      final String file, final LoadOptions options, final Console console) throws IOException {
    final Loaded loaded = load(file, options, console);
    final int warnings = loaded.warnings().size();
    console
        .out()
        .printf(
            Locale.ROOT,
            "%s is a valid scenario%s%n",
            file,
            warnings == 0 ? "" : ", with " + warnings + (warnings == 1 ? " warning" : " warnings"));
    console.out().print(PlanText.of(loaded.plan()));
    return ExitCode.FINE;
  }

  /**
   * Reads a file and prints its warnings.
   *
   * @throws CommandException with everything that is wrong with it.
   */
  public static Loaded load(final String file, final LoadOptions options, final Console console)
      throws IOException {
    final Path path = console.path(file);
    if (!Files.exists(path)) {
      throw CommandException.usage("there is no scenario file " + file);
    }
    if (Files.isDirectory(path)) {
      throw CommandException.usage(file + " is a directory; name a scenario file in it");
    }
    try {
      final Loaded loaded = ScenarioFile.load(path, options);
      loaded.warnings().forEach(warning -> console.err().print(warning.render()));
      return loaded;
    } catch (final AccessDeniedException e) {
      throw CommandException.usage("no permission to read " + file, e);
    } catch (final ScenarioException e) {
      throw CommandException.usage(explain(file, e) + KeptScenario.hint(file, path), e);
    }
  }

  /** The plan with what the command line says in place of the file's. */
  public static Plan adapt(final Plan plan, final Long seed, final String target) {
    final Plan seeded = seed == null ? plan : plan.withSeed(seed);
    return target == null ? seeded : seeded.withTarget(target(target));
  }

  private static Target target(final String url) {
    try {
      return ScenarioFile.parseTarget("--target", url);
    } catch (final ScenarioException e) {
      final Diagnostic first = e.diagnostics().get(0);
      throw CommandException.usage(
          "--target "
              + url
              + ": "
              + first.message()
              + first.notes().stream().map(note -> "; " + note).collect(Collectors.joining()),
          e);
    }
  }

  private static String explain(final String file, final ScenarioException e) {
    final List<Diagnostic> all = e.diagnostics();
    final long errors =
        e.omitted() + all.stream().filter(one -> one.kind().severity() == Severity.ERROR).count();
    return file
        + " has "
        + errors
        + (errors == 1 ? " error" : " errors")
        + System.lineSeparator()
        + e.render().stripTrailing();
  }
}
