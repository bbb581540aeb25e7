package io.lockstep.app.target;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.console.StopSignals;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.engine.transport.target.TargetTls;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Serves the built-in target until a signal, or an interrupt of the calling thread, ends it. */
public final class TargetSession {
  private TargetSession() {}

  /** Serves and returns when told to end. */
  public static ExitCode run(final TargetCommandLine asked, final Console console) {
    final SeededBehaviour behaviour =
        new SeededBehaviour(asked.seed(), LatencyText.parse(asked.latency()), asked.errorRate());
    final CountDownLatch end = new CountDownLatch(1);
    try (TargetServer server = start(asked, behaviour, TargetCertificate.of(asked, console));
        StopSignals signals = StopSignals.open(end::countDown, end::countDown)) {
      console.out().println("Serving on " + server.url() + " (Ctrl-C ends it)");
      console.out().flush();
      awaitEnd(end, signals);
      console.out().println(String.format(Locale.ROOT, "Served %,d requests.", server.requests()));
    }
    return ExitCode.FINE;
  }

  private static TargetServer start(
      final TargetCommandLine asked, final SeededBehaviour behaviour, final TargetTls tls) {
    try {
      return TargetServer.start(
          asked.host(), asked.port(), behaviour, Runtime.getRuntime().availableProcessors(), tls);
    } catch (final IOException e) {
      throw CommandException.usage(
          "cannot listen on "
              + asked.host()
              + ":"
              + asked.port()
              + ": "
              + e.getMessage()
              + ". Choose another --port (0 for any free one) or --host.",
          e);
    }
  }

  private static void awaitEnd(final CountDownLatch end, final StopSignals signals) {
    while (!signals.received()) {
      try {
        end.await();
      } catch (final InterruptedException e) {
        return;
      }
    }
  }
}
