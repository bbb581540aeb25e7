package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.data.TableSource;
import io.lockstep.engine.core.port.FeederException;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.run.RunException;
import io.lockstep.replay.summary.RunSummary;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Carries an order out, from the checks before it to the record after it, on the caller's thread.
 */
public final class RunExecution {
  private RunExecution() {}

  /**
   * Runs.
   *
   * @throws CommandException if the run cannot be begun, or its journal cannot be written.
   */
  public static RunReport run(final RunOrder order, final Console console) {
    return run(order, console, Operator.NOBODY);
  }

  /** The same, with somebody who asks for changes while it goes on. */
  static RunReport run(final RunOrder order, final Console console, final Operator operator) {
    try (OperatorSignals signals = new OperatorSignals(console.err()::println)) {
      Preflight.check(order, console);
      final TransportChoice transports = TransportChoice.prepare(order, console.environment());
      try (RunRecord record = RunRecord.begin(order)) {
        if (order.progress()) {
          announce(order, transports, record, console);
        }
        return execute(order, transports, record, signals, console, operator);
      }
    } catch (final RunException e) {
      throw e.kind() == RunException.Kind.INPUT
          ? CommandException.usage(e.getMessage(), e)
          : CommandException.failed(e.getMessage(), e);
    }
  }

  private static RunReport execute(
      final RunOrder order,
      final TransportChoice transports,
      final RunRecord record,
      final OperatorSignals signals,
      final Console console,
      final Operator operator) {
    try {
      final PartRunner parts =
          new PartRunner(order, transports, record, signals, console, operator);
      final long wallNs = parts.run();
      final RunSummary summary = record.end();
      final Path directory = record.directory() == null ? null : record.directory().path();
      return new RunReport(summary, directory, wallNs, signals.received());
    } catch (final JournalException e) {
      record.fail(e);
      throw CommandException.failed(
          "the journal cannot be written, the run has ended: " + e.getMessage() + kept(record), e);
    } catch (final RuntimeException | Error e) {
      record.fail(e);
      final Optional<FeederException> data = TableSource.explain(e, order.tables());
      if (data.isPresent()) {
        throw CommandException.failed(data.get().getMessage() + kept(record), e);
      }
      throw e;
    }
  }

  private static void announce(
      final RunOrder order,
      final TransportChoice transports,
      final RunRecord record,
      final Console console) {
    final int cores = Runtime.getRuntime().availableProcessors();
    console
        .err()
        .printf(
            Locale.ROOT,
            "%s  seed %d, %s%n%s%n",
            record.directory() == null ? "run without a journal" : record.directory().id(),
            order.plan().seed(),
            transports.describe(),
            RunSettings.describe(order.options(), cores));
  }

  private static String kept(final RunRecord record) {
    return record.directory() == null
        ? ""
        : System.lineSeparator()
            + "What was journaled before is readable: lockstep inspect "
            + record.directory().path();
  }
}
