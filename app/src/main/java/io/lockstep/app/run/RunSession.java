package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.machine.ShardRules;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.engine.transport.route.ProxyChoice;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.replay.summary.SummaryJson;
import io.lockstep.replay.summary.SummaryText;
import io.lockstep.replay.summary.Validity;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code lockstep run}: from the command line to the summary and its exit code. */
public final class RunSession {
  private static final String STDOUT = "-";
  private static final String JSON = ".json";

  private RunSession() {}

  /** Runs a scenario file. */
  public static ExitCode run(final RunCommandLine asked, final Console console) throws IOException {
    final boolean jsonToStdout = STDOUT.equals(asked.json());
    final Console text = jsonToStdout ? console.withOutOnErr() : console;
    final OutputFile json =
        asked.json() == null || jsonToStdout
            ? null
            : OutputFile.prepare("--json", console.path(asked.json()));
    final RunOrder order = order(asked, text);
    final RunReport report;
    try {
      report = run(order, asked, text);
    } finally {
      if (order.secrets() instanceof Secrets secrets) {
        secrets.close();
      }
    }
    // First, as it does not depend on anybody reading what is printed.
    if (json != null) {
      json.write(SummaryJson.text(report.summary()));
    }
    text.out().print(SummaryText.of(report.summary(), text.colour(), text.symbols()));
    text.out().println(where(report));
    if (jsonToStdout) {
      console.out().print(SummaryJson.text(report.summary()));
      console.out().flush();
    }
    return exitCode(report);
  }

  private static RunReport run(
      final RunOrder order, final RunCommandLine asked, final Console console) throws IOException {
    if (asked.control() == null) {
      return RunExecution.run(order, console);
    }
    if (asked.simulate()) {
      throw CommandException.usage(
          "--control: a simulated run has no outside, and its seed alone decides it; leave out"
              + " --simulate");
    }
    try (ControlFile control = ControlFile.open(console.path(asked.control()), order.plan())) {
      return RunExecution.run(order, console, control);
    }
  }

  /**
   * What a report means to a shell. Where several things are to be said, the first of these counts:
   * the run was interrupted, so it is not the run that was asked for; it is INVALID, so its figures
   * can be neither good nor bad; a threshold failed, or a check that ends the test.
   */
  public static ExitCode exitCode(final RunReport report) {
    if (report.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    if (report.summary().validity().grade() == Validity.Grade.INVALID) {
      return ExitCode.INVALID;
    }
    return report.summary().failedThresholds() > 0 || report.summary().ends().isTestEndedByCheck()
        ? ExitCode.THRESHOLDS
        : ExitCode.FINE;
  }

  /** The name of the scenario file in a run's directory. */
  public static String scenarioFile(final String given) {
    return given.toLowerCase(Locale.ROOT).endsWith(JSON) ? "scenario.json" : "scenario.yaml";
  }

  private static RunOrder order(final RunCommandLine asked, final Console console)
      throws IOException {
    final Loaded loaded =
        PlanSession.load(
            asked.file(),
            asked.simulate() ? asked.loading().withoutKeys() : asked.loading(),
            console);
    final Plan plan = PlanSession.adapt(loaded.plan(), asked.seed(), asked.target());
    final RunOptions options = RunSettings.of(asked, Runtime.getRuntime().availableProcessors());
    ShardRules.fault(plan, options.shards())
        .ifPresent(
            fault -> {
              throw CommandException.usage("--shards: " + fault);
            });
    final SecretSource own = secrets(asked, plan, loaded, console);
    final ProxyChoice proxy =
        asked.simulate() ? ProxyChoice.NONE : Proxying.choose(plan, own, console.environment());
    final SecretSource secrets = Secrets.with(own, proxy.confidences());
    return new RunOrder(
        plan,
        scenarioFile(asked.file()),
        loaded.text(),
        KeptScenario.includedFiles(loaded),
        secrets,
        asked.simulate()
            ? TlsCredentials.NONE
            : Credentials.read(plan, folder(asked, console), secrets),
        loaded.tables(),
        loaded.sentFiles(),
        asked.simulate() ? TransportKind.SIMULATED : TransportKind.NETWORK,
        options,
        asked.network(),
        console.path(asked.out()),
        asked.name(),
        asked.journal(),
        !asked.quiet(),
        notes(asked, plan, loaded, options, proxy.why()));
  }

  /** Only what goes over a wire needs values. */
  private static SecretSource secrets(
      final RunCommandLine asked, final Plan plan, final Loaded loaded, final Console console) {
    if (asked.simulate()) {
      return SecretSource.NONE;
    }
    final SecretSource secrets = Secrets.resolve(loaded.secrets(), folder(asked, console), console);
    SecretPlaces.check(plan, secrets);
    return secrets;
  }

  private static Path folder(final RunCommandLine asked, final Console console) {
    final Path file = console.path(asked.file());
    return file.getParent() == null ? Path.of("") : file.getParent();
  }

  private static Map<String, String> notes(
      final RunCommandLine asked,
      final Plan plan,
      final Loaded loaded,
      final RunOptions options,
      final String proxy) {
    final Map<String, String> notes = new TreeMap<>(RunSettings.notes(options));
    notes.putAll(KeptScenario.notes(asked.loading(), loaded));
    notes.put("file", asked.file());
    notes.put("seed", asked.seed() == null ? "of the file" : "of the command line");
    if (asked.control() != null) {
      notes.put("control", asked.control());
    }
    if (plan.target() != null && (!asked.simulate() || asked.target() != null)) {
      notes.put(PlanSession.TARGET, PlanText.target(plan.target()));
    }
    if (!asked.simulate()) {
      notes.put("network", TransportChoice.network(asked.network()));
    }
    if (!proxy.isEmpty()) {
      notes.put("proxy", proxy);
    }
    return notes;
  }

  private static String where(final RunReport report) {
    if (report.directory() == null) {
      return "  no journal was kept: this run cannot be replayed";
    }
    final Path directory = report.directory();
    return "  run                "
        + directory
        + System.lineSeparator()
        + "  next               lockstep replay "
        + quoted(directory.toString());
  }

  private static String quoted(final String path) {
    return path.getBytes(StandardCharsets.UTF_8).length == path.length()
            && path.matches("[\\w./-]+")
        ? path
        : "'" + path.replace("'", "'\\''") + "'";
  }
}
