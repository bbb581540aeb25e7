package io.lockstep.app.demo;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.read.ReplaySession;
import io.lockstep.app.read.ReplayText;
import io.lockstep.app.run.RunExecution;
import io.lockstep.app.run.RunOrder;
import io.lockstep.app.run.RunReport;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.ReplayResult;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.summary.SummaryText;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code lockstep demo}: a real run against a target in this process, its replay, and the same seed
 * again.
 */
public final class DemoSession {
  private static final String SCENARIO = "demo.yaml";
  private static final long FLUSH_INTERVAL_NS = 100_000_000;

  private final Console console;
  private final Loaded loaded;
  private final Path out;

  private DemoSession(final Console console, final Loaded loaded, final Path out) {
    this.console = console;
    this.loaded = loaded;
    this.out = out;
  }

  /** Shows it; fine only if the replay is identical and both runs asked the same. */
  public static ExitCode run(final String out, final Console console) throws IOException {
    final DemoSession demo = new DemoSession(console, scenario(), console.path(out));
    final RunReport first;
    final RunReport second;
    final ReplayResult replay;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      demo.step(1, "A real run over HTTP, against a target in this process at " + target.url());
      first = demo.run(target);
      if (first.interrupted()) {
        return ExitCode.INTERRUPTED;
      }
      console.out().print(SummaryText.of(first.summary(), console.colour(), console.symbols()));
    }
    demo.step(2, "Its replay, bit for bit: the target is gone, and no clock is asked");
    try (RunDirectory directory = RunDirectory.open(demo.out, first.directory().toString())) {
      replay = ReplaySession.replay(directory);
    }
    console.out().print(ReplayText.of(replay, console.colour()));
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      demo.step(3, "A second run of the same seed, against a new target");
      second = demo.run(target);
      if (second.interrupted()) {
        return ExitCode.INTERRUPTED;
      }
    }
    return demo.conclude(first, replay, second);
  }

  private RunReport run(final TargetServer target) {
    final Plan plan =
        loaded.plan().withTarget(new Target(false, "127.0.0.1", target.address().getPort(), ""));
    // The target needs a core too, and this may well be a machine with two.
    final RunOptions options =
        new RunOptions(
            1, RunOptions.Threading.SHARED, RunOptions.Idle.BACKOFF, List.of(), FLUSH_INTERVAL_NS);
    return RunExecution.run(
        new RunOrder(
            plan,
            "scenario.yaml",
            loaded.text(),
            Map.of(),
            SecretSource.NONE,
            TlsCredentials.NONE,
            loaded.tables(),
            loaded.sentFiles(),
            TransportKind.NETWORK,
            options,
            "auto",
            out,
            null,
            true,
            true,
            Map.of("target", target.url())),
        console);
  }

  private ExitCode conclude(
      final RunReport first, final ReplayResult replay, final RunReport second) {
    final String before = first.summary().head().facts().generation().hex();
    final String after = second.summary().head().facts().generation().hex();
    final boolean equal = before.equals(after);
    final boolean identical = replay.verdict() == ReplayVerdict.IDENTICAL;
    console.out().println("  generation digests");
    console.out().println("    first run        " + before);
    console.out().println("    second run       " + after);
    console.out().println("  " + (equal ? "equal: both runs asked the same" : "NOT EQUAL"));
    console.out().println();
    console.out().println("Both runs lie in " + out + ". What to try next:");
    console.out().println("  lockstep inspect " + first.directory() + " --vu 7");
    console.out().println("  lockstep replay " + second.directory());
    console.out().println("  lockstep target --port 8080      # and, in another terminal,");
    console
        .out()
        .println("  lockstep run " + second.directory().resolve("scenario.yaml") + " --seed 1");
    return identical && equal ? ExitCode.FINE : ExitCode.DIVERGED;
  }

  private void step(final int number, final String what) {
    if (number > 1) {
      console.out().println();
    }
    console.out().println(number + ". " + what);
    console.out().println();
    console.out().flush();
  }

  private static Loaded scenario() throws IOException {
    try (InputStream in = DemoSession.class.getResourceAsStream(SCENARIO)) {
      if (in == null) {
        throw new IllegalStateException("resource missing from the build: " + SCENARIO);
      }
      return ScenarioFile.load(SCENARIO, in.readAllBytes());
    } catch (final ScenarioException e) {
      throw CommandException.failed("the demo's own scenario is wrong: " + e.render(), e);
    }
  }
}
