package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Program;

/**
 * Reads the flat program: does what takes no time and waits for nothing. The rest is told by its
 * operation and is the business of the {@link VuSteps}.
 */
final class ProgramRunner {
  /** Where a VU without an iteration stands; and what comes next where a VU waits. */
  static final int NO_PC = -1;

  /**
   * Rounds of loops and iterations that a VU makes without waiting for anything. Then it goes on in
   * the next tick, so that no flow can make a tick endless.
   */
  private static final int MAX_ROUNDS = 1000;

  private final Program program;
  private final Moment moment;
  private final VuTable table;
  private final VuSlots slots;
  private final VuGroups groups;
  private final VuVisits visits;
  private final ProgramDraws draws;
  private final VuLogic logic;
  private final Flow.Loop[] loops;
  private int rounds;
  private boolean failed;

  /** Null but in a preview. */
  private StepTrace trace;

  ProgramRunner(final ShardState shard, final VuGroups groups, final VuLogic logic) {
    this.groups = groups;
    this.logic = logic;
    program = shard.plan.program();
    moment = shard.moment;
    table = shard.table;
    slots = shard.slots;
    visits = new VuVisits(shard);
    draws = new ProgramDraws(shard, visits);
    loops = shard.plan.flow().loops().toArray(Flow.Loop[]::new);
  }

  /** What is drawn for the instructions that wait. */
  ProgramDraws draws() {
    return draws;
  }

  /** What is known of the coming instruction. */
  VuVisits visits() {
    return visits;
  }

  /** Has each step noted that it does from now on. */
  void trace(final StepTrace newTrace) {
    trace = newTrace;
  }

  /** Notes what a step came to, where somebody wants to know; returns it. */
  long noted(final int pc, final long value) {
    if (trace != null) {
      trace.step(pc, value);
    }
    return value;
  }

  /** Notes why the iteration cannot go on, where somebody wants to know. */
  void notedFailure(final String why) {
    if (trace != null) {
      trace.failed(why);
    }
  }

  /** A VU begins to go on after it has waited. */
  void begin() {
    rounds = 0;
  }

  /** Counts a round; returns whether the VU has made too many without waiting. */
  boolean isTired() {
    return ++rounds > MAX_ROUNDS;
  }

  /**
   * The next instruction at or after {@code pc} that takes time or ends something. It is the end of
   * a loop's round where the VU must wait a tick before the next one, and one that computes where
   * it has failed, as {@link #isFailed} says then.
   */
  int next(final int pc, final int vu) {
    int at = pc;
    int after = after(at, vu);
    while (after >= 0) {
      at = after;
      after = after(at, vu);
    }
    failed = after == VuLogic.FAILED;
    return at;
  }

  /** Whether what {@link #next} has come to is an instruction that has failed. */
  boolean isFailed() {
    return failed;
  }

  /**
   * Does what takes no time, and returns where to go on behind it; {@link #NO_PC} for what takes
   * time, or where the VU is tired, {@link VuLogic#FAILED} for what has failed.
   */
  private int after(final int pc, final int vu) {
    final int argument = program.argument(pc);
    return switch (program.operation(pc)) {
      case Program.CHOOSE -> option(pc, argument, draws.byWeight(vu, argument));
      case Program.ROUND_ROBIN -> option(pc, argument, draws.inTurn(vu, argument));
      case Program.JUMP -> argument;
      case Program.REPEAT, Program.DURING_END -> round(pc, vu);
      case Program.UNLESS,
          Program.UNTIL,
          Program.SWITCH,
          Program.SET,
          Program.FOREACH,
          Program.MEASURE,
          Program.LOG ->
          compute(pc, vu);
      case Program.FOREACH_END -> item(pc, vu);
      case Program.VISIT,
          Program.ATTEMPT,
          Program.CLEAR,
          Program.FAILURE,
          Program.TRIED,
          Program.DURING,
          Program.GROUP,
          Program.GROUP_END -> {
        mark(pc, vu);
        yield pc + 1;
      }
      default -> NO_PC;
    };
  }

  private int option(final int pc, final int choice, final int picked) {
    noted(pc, picked);
    return draws.target(choice, picked);
  }

  private int compute(final int pc, final int vu) {
    final int argument = program.argument(pc);
    final int after =
        logic.run(program.operation(pc), argument, pc, vu, visits.takeVisit(), moment.tick());
    if (after != VuLogic.FAILED) {
      noted(pc, after);
    }
    return after;
  }

  /** Goes on with the next item of a list, if there is one. */
  private int item(final int pc, final int vu) {
    final int walk = program.argument(pc);
    if (!logic.hasNext(walk, vu)) {
      noted(pc, StepTrace.ON);
      return pc + 1;
    }
    if (isTired()) {
      return NO_PC;
    }
    final int round = logic.next(walk, vu);
    noted(pc, round);
    return round;
  }

  /** Instructions that note something and go on behind themselves. */
  private void mark(final int pc, final int vu) {
    final int argument = program.argument(pc);
    switch (program.operation(pc)) {
      case Program.VISIT -> visits.count(vu, argument);
      case Program.ATTEMPT -> visits.attempt(vu, argument);
      case Program.CLEAR -> slots.set(vu, argument, 0);
      case Program.FAILURE -> {
        if (table.failed(vu)) {
          slots.set(vu, argument, 1);
        }
      }
      case Program.TRIED -> {
        table.failed(vu, slots.get(vu, argument) != 0);
        slots.set(vu, argument, 0);
      }
      case Program.DURING -> {
        final Flow.Loop loop = loops[argument];
        slots.set(vu, loop.slot(), moment.nowNs() + loop.limit());
      }
      case Program.GROUP -> {
        noted(pc, 0);
        groups.begin(vu, argument, moment.nowNs());
      }
      case Program.GROUP_END -> {
        noted(pc, 0);
        groups.end(vu, argument, IterationOutcome.COMPLETED, moment.nowNs());
      }
      default ->
          throw new IllegalStateException("operation " + program.operation(pc) + " at " + pc);
    }
  }

  /** Where to go at the end of a round; {@link #NO_PC} where the VU is tired. */
  private int round(final int pc, final int vu) {
    final Flow.Loop loop = loops[program.argument(pc)];
    final boolean again =
        program.operation(pc) == Program.REPEAT
            ? slots.get(vu, loop.slot()) + 1 < loop.limit()
            : moment.nowNs() < slots.get(vu, loop.slot());
    noted(pc, again ? StepTrace.AGAIN : StepTrace.ON);
    if (!again) {
      return pc + 1;
    }
    if (isTired()) {
      return NO_PC;
    }
    if (program.operation(pc) == Program.REPEAT) {
      slots.count(vu, loop.slot());
    }
    return loop.target();
  }

  int operation(final int pc) {
    return program.operation(pc);
  }

  int argument(final int pc) {
    return program.argument(pc);
  }

  boolean isEnd(final int pc) {
    return pc != NO_PC && program.operation(pc) == Program.END;
  }
}
