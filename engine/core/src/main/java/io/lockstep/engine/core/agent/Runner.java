package io.lockstep.engine.core.agent;

/** Runs a plan to its end on its own threads (contract stub). */
public final class Runner {
  public Runner(final RunContext context) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs to the end and returns what came of it.
   *
   * @throws io.lockstep.journal.block.JournalException if the journal could not be written; threads have ended by then.
   */
  public RunResult run() {
    throw new UnsupportedOperationException();
  }

  /** Asks for a graceful stop; returns at once; any thread. Idempotent. */
  public void stop() {}

  /** Ends all at once; any thread. Idempotent. */
  public void abort() {}

  /** A reading for people; one thread at a time. */
  public LiveMetrics live() {
    throw new UnsupportedOperationException();
  }
}
