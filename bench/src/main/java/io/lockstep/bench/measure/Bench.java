package io.lockstep.bench.measure;

import java.io.IOException;

/** One bench: prints its figures, and the reference of the same run, into a report. */
public interface Bench {
  /** As the command line names it. */
  String name();

  /** One sentence: what it measures against what. */
  String purpose();

  /**
   * Runs it.
   *
   * @throws WrongResultException if what was measured did not do its work.
   * @throws IOException if scratch files cannot be written.
   */
  void run(BenchOptions options, Report report) throws IOException;
}
