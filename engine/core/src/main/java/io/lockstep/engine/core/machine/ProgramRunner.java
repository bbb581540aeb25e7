package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.random.WeightedChoice;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;

/** Reads the flat program: resolves choices and jumps, draws think times. */
final class ProgramRunner {
  /** Where a VU without an iteration stands. */
  static final int NO_PC = -1;

  /** Each site is visited once an iteration as long as the language has no loops. */
  private static final long FIRST_VISIT = 0;

  private final Program program;
  private final long[] choiceSites;
  private final long[][] choiceWeights;
  private final int[][] choiceTargets;
  private final DurationSampler[] thinks;

  ProgramRunner(final Plan plan) {
    program = plan.program();
    final int choices = plan.choices().size();
    choiceSites = new long[choices];
    choiceWeights = new long[choices][];
    choiceTargets = new int[choices][];
    for (int i = 0; i < choices; i++) {
      final Choice choice = plan.choices().get(i);
      choiceSites[i] = choice.site();
      choiceWeights[i] = WeightedChoice.cumulative(choice.weights());
      choiceTargets[i] = new int[choice.targets().length()];
      for (int j = 0; j < choiceTargets[i].length; j++) {
        choiceTargets[i][j] = Math.toIntExact(choice.targets().get(j));
      }
    }
    thinks =
        plan.thinks().stream()
            .map(think -> new DurationSampler(think.site(), think.duration()))
            .toArray(DurationSampler[]::new);
  }

  /** The next instruction at or after {@code pc} that is neither a choice nor a jump. */
  int next(final int pc, final long stream) {
    int at = pc;
    while (true) {
      switch (program.operation(at)) {
        case Program.CHOOSE:
          final int choice = program.argument(at);
          final long draw = KeyedRandom.draw(stream, choiceSites[choice], FIRST_VISIT);
          at = choiceTargets[choice][WeightedChoice.pick(choiceWeights[choice], draw)];
          break;
        case Program.JUMP:
          at = program.argument(at);
          break;
        default:
          return at;
      }
    }
  }

  boolean isRequest(final int pc) {
    return program.operation(pc) == Program.REQUEST;
  }

  boolean isThink(final int pc) {
    return program.operation(pc) == Program.THINK;
  }

  boolean isEnd(final int pc) {
    return pc != NO_PC && program.operation(pc) == Program.END;
  }

  int argument(final int pc) {
    return program.argument(pc);
  }

  long thinkNs(final int pc, final long stream) {
    return thinks[program.argument(pc)].sampleNs(stream, FIRST_VISIT);
  }
}
