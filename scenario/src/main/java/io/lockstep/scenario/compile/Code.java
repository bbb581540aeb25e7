package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Program;
import java.util.Arrays;

/** Instructions in the making. */
final class Code {
  /** Pairs of operation and argument. */
  private int[] code = new int[32];

  private int length;

  /** Where the next instruction comes. */
  int pc() {
    return length / 2;
  }

  /** Adds an instruction; returns where it is. */
  int emit(final int operation, final int argument) {
    if (length == code.length) {
      code = Arrays.copyOf(code, length * 2);
    }
    code[length++] = operation;
    code[length++] = argument;
    return pc() - 1;
  }

  /** Gives an instruction another argument. */
  void patch(final int pc, final int argument) {
    code[2 * pc + 1] = argument;
  }

  Program program() {
    return Program.of(Arrays.copyOf(code, length));
  }
}
