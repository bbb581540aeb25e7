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
