package io.lockstep.engine.core.machine;

/** Is told each step that the interpreter does and what came of it: the eye of a preview. */
interface StepTrace {
  /** Value where a loop begins another round. */
  long AGAIN = 1;

  /** Value where a loop or a retry is left. */
  long ON = -1;

  /**
   * A step is done.
   *
   * @param pc its program counter
   * @param value of a choice the option, of a pause its nanoseconds, of a loop or retry that is
   *     left {@link #ON}, of what computes where it goes on, of others nothing
   */
  void step(int pc, long value);

  /** The iteration cannot go on, and ends: an expression came to no value, or there is no row. */
  void failed(String why);

  /** The iteration has ended, and what it knows is still there. */
  void ended(int vu, IterationOutcome outcome, long nowNs);
}
