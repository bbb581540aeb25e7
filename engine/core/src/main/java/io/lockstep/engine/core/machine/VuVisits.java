package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Program;

/**
 * What the marks in front of an instruction say of it: how often the VU was there in this
 * iteration, and which try it is. Holds for the one instruction that comes next.
 */
final class VuVisits {
  private final Program program;
  private final VuSlots slots;
  private long visit;
  private int attempt = 1;

  VuVisits(final ShardState shard) {
    program = shard.plan.program();
    slots = shard.slots;
  }

  /** Comes by a mark that counts how often the VU was at the coming instruction. */
  void count(final int vu, final int slot) {
    visit = slots.count(vu, slot);
  }

  /** Comes by a mark that tells which try the coming instruction is. */
  void attempt(final int vu, final int slot) {
    attempt = (int) slots.get(vu, slot) + 1;
  }

  /** How often the VU was at the coming instruction in this iteration. */
  long takeVisit() {
    final long taken = visit;
    visit = 0;
    return taken;
  }

  /** Which try the coming request is, from 1. */
  int takeAttempt() {
    final int taken = attempt;
    attempt = 1;
    return taken;
  }

  /**
   * A VU that was held in front of an instruction comes to it again: what the marks before it said
   * holds still.
   */
  void recall(final int pc, final int vu) {
    int at = pc - 1;
    while (at >= 0 && isMark(at)) {
      final long noted = slots.get(vu, program.argument(at));
      if (program.operation(at) == Program.VISIT) {
        visit = noted - 1;
      } else {
        attempt = (int) noted + 1;
      }
      at--;
    }
  }

  /** Whether it only says something of the instruction that it stands before. */
  private boolean isMark(final int pc) {
    return program.operation(pc) == Program.VISIT || program.operation(pc) == Program.ATTEMPT;
  }

  /** Forgets what the marks said, where the instruction behind them has to wait. */
  void forget() {
    visit = 0;
    attempt = 1;
  }
}
