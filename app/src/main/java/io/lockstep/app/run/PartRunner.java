package io.lockstep.app.run;

import io.lockstep.app.console.Console;
import io.lockstep.app.host.SystemProbe;
import io.lockstep.engine.content.ContentTools;
import io.lockstep.engine.core.agent.RunContext;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.agent.RunResult;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.agent.SetupResult;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.replay.event.Durations;
import io.lockstep.replay.summary.PhaseEnd;
import io.lockstep.replay.summary.PhaseRow;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;

/**
 * Runs the parts of an order one after the other, each with machines, transports and journals of
 * its own: the setup in one shard, the load, the teardown in one shard. Where the setup does not
 * come to its end the load's machines are made all the same, and told to end before anything else;
 * so a run has all its journals, whatever came of it. The teardown runs in any case, unless the
 * operator wants all to end at once.
 */
final class PartRunner {
  private final RunOrder order;
  private final TransportChoice transports;
  private final RunRecord record;
  private final OperatorSignals signals;
  private final Console console;
  private final Operator operator;
  private long wallNs;

  PartRunner(
      final RunOrder order,
      final TransportChoice transports,
      final RunRecord record,
      final OperatorSignals signals,
      final Console console,
      final Operator operator) {
    this.order = order;
    this.transports = transports;
    this.record = record;
    this.signals = signals;
    this.console = console;
    this.operator = operator;
  }

  /** Runs them all; returns the real time that they took. */
  long run() {
    final Phases phases = order.plan().phases();
    final SetupResult setup = phases.setup() == null ? SetupResult.NONE : setup(phases.setup());
    load(setup);
    if (phases.teardown() != null && !signals.isAborted()) {
      teardown(phases.teardown(), setup);
    }
    return wallNs;
  }

  private SetupResult setup(final Plan plan) {
    final PartRecord part = record.begin(Phases.SETUP, plan, once());
    final Runner runner = runner(part, SetupResult.NONE);
    run(runner, part, () -> signals.attach(runner, console.err()::println));
    return new SetupResult(runner.values(), part.row().end() == PhaseEnd.COMPLETED);
  }

  private void load(final SetupResult setup) {
    final PartRecord part = record.begin(Phases.LOAD, order.plan(), order.options());
    final Runner runner = runner(part, setup);
    try (LiveDisplay display = new LiveDisplay(runner::live, LiveWaits.of(order.plan()), console)) {
      signals.attach(runner, display::say);
      if (order.progress() && setup.goesAhead()) {
        display.start();
      }
      operator.attend(runner, display::say);
      try {
        end(part, runner.run());
      } finally {
        operator.leave();
      }
    }
  }

  /** What the setup has left is known whether or not it came to its end. */
  private void teardown(final Plan plan, final SetupResult setup) {
    final PartRecord part = record.begin(Phases.TEARDOWN, plan, once());
    final Runner runner = runner(part, new SetupResult(setup.values(), true));
    run(runner, part, () -> signals.attachLast(runner, console.err()::println));
  }

  private void run(final Runner runner, final PartRecord part, final Runnable attach) {
    if (order.progress()) {
      console.err().println(part.name() + " begins");
    }
    attach.run();
    end(part, runner.run());
    if (order.progress()) {
      final PhaseRow row = part.row();
      console
          .err()
          .println(
              part.name() + " " + row.end().words() + " after " + Durations.rounded(row.endedNs()));
    }
  }

  private void end(final PartRecord part, final RunResult result) {
    part.end(result);
    wallNs += result.wallNs();
  }

  private Runner runner(final PartRecord part, final SetupResult setup) {
    return new Runner(
        new RunContext(
            part.plan(),
            order.kind(),
            part.options(),
            transports.threads(),
            transports.factories().of(part.plan(), part.options().shards(), record.sentFiles()),
            part::journal,
            new Surroundings(record.feeders(), order.secrets(), part::startNs, new ContentTools()),
            setup,
            new SystemProbe()));
  }

  /** One VU needs one thread. */
  private RunOptions once() {
    final RunOptions options = order.options();
    return new RunOptions(
        1, Threading.SHARED, options.idle(), options.cpus(), options.flushIntervalNs());
  }
}
