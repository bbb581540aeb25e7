package io.lockstep.scenario.plan;

import java.util.Arrays;

/**
 * The flat instruction array that all scenarios of a plan share. Each instruction is an operation
 * and one argument; a program counter counts instructions.
 */
public final class Program {
  /** Goes to a target of the {@link Choice} that the argument indexes. */
  public static final int CHOOSE = 1;

  /** Issues the {@link RequestPlan} that the argument indexes and waits for its end. */
  public static final int REQUEST = 2;

  /** Pauses for the {@link Think} that the argument indexes. */
  public static final int THINK = 3;

  /** Goes to the program counter in the argument. */
  public static final int JUMP = 4;

  /** Ends the iteration. */
  public static final int END = 5;

  /**
   * Counts one more visit in the slot in the argument; the instruction that follows draws for that
   * visit, where it would draw for the first.
   */
  public static final int VISIT = 6;

  /** The requests that follow say that they are the next try of the slot in the argument. */
  public static final int ATTEMPT = 7;

  /** Goes to the targets of the {@link Choice} that the argument indexes, one after the other. */
  public static final int ROUND_ROBIN = 8;

  /** Pauses for the {@link Flow.Pace} that the argument indexes. */
  public static final int PACE = 9;

  /** Begins the {@link Flow.Group} that the argument indexes. */
  public static final int GROUP = 10;

  /** Ends the {@link Flow.Group} that the argument indexes. */
  public static final int GROUP_END = 11;

  /** Makes the slot in the argument zero. */
  public static final int CLEAR = 12;

  /** Ends a round of the {@link Flow.Loop} that the argument indexes, whose limit is a number. */
  public static final int REPEAT = 13;

  /** Begins the {@link Flow.Loop} that the argument indexes, whose limit is a time. */
  public static final int DURING = 14;

  /** Ends a round of the {@link Flow.Loop} that the argument indexes, whose limit is a time. */
  public static final int DURING_END = 15;

  /** Ends a try of the {@link Flow.Retry} that the argument indexes. */
  public static final int RETRY = 16;

  /** Issues the requests of the {@link Flow.Page} that the argument indexes. */
  public static final int PARALLEL = 17;

  /** Waits at the {@link Flow.Meeting} that the argument indexes. */
  public static final int RENDEZVOUS = 18;

  /** Ends what the argument says: {@link #ITERATION}, {@link #VU} or {@link #TEST}. */
  public static final int STOP = 19;

  /** Goes on where the {@link Logic.Branch} that the argument indexes says no, else behind it. */
  public static final int UNLESS = 20;

  /** Goes to a target of the {@link Logic.Cases} that the argument indexes. */
  public static final int SWITCH = 21;

  /** Does the {@link Logic.Assignment} that the argument indexes. */
  public static final int SET = 22;

  /** Begins the {@link Logic.Walk} that the argument indexes. */
  public static final int FOREACH = 23;

  /** Ends a round of the {@link Logic.Walk} that the argument indexes. */
  public static final int FOREACH_END = 24;

  /** Logs the {@link Logic.Log} that the argument indexes. */
  public static final int LOG = 25;

  /** A try has failed where the {@link Logic.Branch} that the argument indexes says no. */
  public static final int UNTIL = 26;

  /** Takes the {@link Logic.Measurement} that the argument indexes. */
  public static final int MEASURE = 27;

  /** Remembers in the slot in the argument that a request of a try has failed, if the last has. */
  public static final int FAILURE = 28;

  /** A try has failed where the slot in the argument remembers a failure, which it then forgets. */
  public static final int TRIED = 29;

  /** Argument of {@link #STOP}: this iteration. */
  public static final int ITERATION = 1;

  /** Argument of {@link #STOP}: this VU. */
  public static final int VU = 2;

  /** Argument of {@link #STOP}: the whole test. */
  public static final int TEST = 3;

  private final int[] code;

  private Program(final int[] code) {
    this.code = code;
  }

  /** A program from pairs of operation and argument. */
  public static Program of(final int... code) {
    if (code.length % 2 != 0) {
      throw new IllegalArgumentException("code must be pairs, got length " + code.length);
    }
    return new Program(code.clone());
  }

  /** Number of instructions. */
  public int length() {
    return code.length / 2;
  }

  public int operation(final int pc) {
    return code[pc << 1];
  }

  public int argument(final int pc) {
    return code[(pc << 1) + 1];
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof Program that && Arrays.equals(code, that.code);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(code);
  }

  @Override
  public String toString() {
    return "Program" + Arrays.toString(code);
  }
}
