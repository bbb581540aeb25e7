package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.Transport;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the threads of a run meet before its clock starts: each once it and its transport are
 * ready, so that neither the start of threads nor what transports open ahead is measured. Open for
 * all as soon as one does not come, or somebody wants the run to end.
 */
final class StartGate {
  private final AtomicInteger missing;
  private final boolean ahead;
  private final Clock clock;
  private final Runnable start;
  private final AtomicBoolean open = new AtomicBoolean();
  private final CountDownLatch opened = new CountDownLatch(1);

  /**
   * @param threads that meet here
   * @param ahead whether transports may do anything before the start: there will be load
   * @param clock by which they do it, which is not the run's
   * @param start starts the run's clock
   */
  StartGate(final int threads, final boolean ahead, final Clock clock, final Runnable start) {
    missing = new AtomicInteger(threads);
    this.ahead = ahead;
    this.clock = clock;
    this.start = start;
  }

  /** Prepares a transport on its thread, then comes to the gate. */
  void prepare(final Transport transport) {
    while (!transport.prepare(clock.nanoTime(), !ahead || open.get())) {
      Thread.onSpinWait();
    }
    if (missing.decrementAndGet() == 0) {
      open();
    }
  }

  /** Waits until all have come. */
  void await() {
    boolean interrupted = false;
    while (true) {
      try {
        opened.await();
        break;
      } catch (final InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for nobody any more; any thread. Idempotent. */
  void open() {
    if (open.compareAndSet(false, true)) {
      try {
        start.run();
      } finally {
        opened.countDown();
      }
    }
  }
}
