package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.random.WeightedChoice;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;

/**
 * Reads the flat program: does what takes no time and waits for nothing, and draws. The rest is
 * told by its operation and is the {@link VuFlow}'s business.
 */
final class ProgramRunner {
  /** Where a VU without an iteration stands; and what comes next where a VU waits. */
  static final int NO_PC = -1;

  /**
   * Rounds of loops and iterations that a VU makes without waiting for anything. Then it goes on in
   * the next tick, so that no flow can make a tick endless.
   */
  private static final int MAX_ROUNDS = 1000;

  /** The identity of an arrival or of a shared iteration does not know the VU. */
  private static final int NO_VU = -1;

  private final Program program;
  private final VuTable table;
  private final VuSlots slots;
  private final VuGroups groups;
  private final VuStates states;
  private final long[] choiceSites;
  private final long[][] choiceWeights;
  private final int[][] choiceTargets;
  private final DurationSampler[] thinks;
  private final Flow.Pace[] paces;
  private final DurationSampler[] intervals;
  private final Flow.Loop[] loops;
  private final Flow.Retry[] retries;

  /** By scenario; {@link #NO_VU} where VUs are no part of the identity. */
  private final int[] firstVus;

  private final VuLogic logic;
  private int rounds;
  private boolean failed;
  private long visit;
  private int attempt = 1;

  /** Null but in a preview. */
  private StepTrace trace;

  ProgramRunner(
      final Plan plan,
      final VuTable table,
      final VuSlots slots,
      final VuGroups groups,
      final VuStates states,
      final VuLogic logic) {
    this.logic = logic;
    this.table = table;
    this.slots = slots;
    this.groups = groups;
    this.states = states;
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
    paces = plan.flow().paces().toArray(Flow.Pace[]::new);
    intervals =
        plan.flow().paces().stream()
            .map(pace -> new DurationSampler(pace.site(), pace.interval()))
            .toArray(DurationSampler[]::new);
    loops = plan.flow().loops().toArray(Flow.Loop[]::new);
    retries = plan.flow().retries().toArray(Flow.Retry[]::new);
    firstVus =
        plan.scenarios().stream().mapToInt(s -> s.load().vusLast() ? s.firstVu() : NO_VU).toArray();
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
  int next(final int pc, final int vu, final long nowNs, final long tick) {
    failed = false;
    int at = pc;
    while (true) {
      final int argument = program.argument(at);
      switch (program.operation(at)) {
        case Program.CHOOSE:
          final long draw = KeyedRandom.draw(table.stream(vu), choiceSites[argument], takeVisit());
          final int picked = WeightedChoice.pick(choiceWeights[argument], draw);
          noted(at, picked);
          at = choiceTargets[argument][picked];
          break;
        case Program.JUMP:
          at = argument;
          break;
        case Program.REPEAT, Program.DURING_END:
          final int after = round(at, vu, nowNs);
          if (after == NO_PC) {
            return at;
          }
          at = after;
          break;
        case Program.UNLESS,
        Program.UNTIL,
        Program.SWITCH,
        Program.SET,
        Program.FOREACH,
        Program.LOG:
          final int goOn = logic.run(program.operation(at), argument, at, vu, takeVisit(), tick);
          if (goOn == VuLogic.FAILED) {
            failed = true;
            return at;
          }
          noted(at, goOn);
          at = goOn;
          break;
        case Program.FOREACH_END:
          if (!logic.hasNext(argument, vu)) {
            noted(at, StepTrace.ON);
            at++;
          } else if (isTired()) {
            return at;
          } else {
            final int round = logic.next(argument, vu);
            noted(at, round);
            at = round;
          }
          break;
        case Program.ROUND_ROBIN:
          final int turn = inTurn(vu, choiceTargets[argument].length);
          noted(at, turn);
          at = choiceTargets[argument][turn];
          break;
        case Program.VISIT,
        Program.ATTEMPT,
        Program.CLEAR,
        Program.DURING,
        Program.GROUP,
        Program.GROUP_END:
          mark(at, vu, nowNs);
          at++;
          break;
        default:
          return at;
      }
    }
  }

  /** Instructions that note something and go on behind themselves. */
  private void mark(final int pc, final int vu, final long nowNs) {
    final int argument = program.argument(pc);
    switch (program.operation(pc)) {
      case Program.VISIT:
        visit = slots.count(vu, argument);
        break;
      case Program.ATTEMPT:
        attempt = (int) slots.get(vu, argument) + 1;
        break;
      case Program.CLEAR:
        slots.set(vu, argument, 0);
        break;
      case Program.DURING:
        slots.set(vu, loops[argument].slot(), nowNs + loops[argument].limit());
        break;
      case Program.GROUP:
        noted(pc, 0);
        groups.begin(vu, argument, nowNs);
        break;
      case Program.GROUP_END:
        noted(pc, 0);
        groups.end(vu, argument, IterationOutcome.COMPLETED, nowNs);
        break;
      default:
        throw new IllegalStateException("operation " + program.operation(pc) + " at " + pc);
    }
  }

  /** Whether what {@link #next} has come to is an instruction that has failed. */
  boolean isFailed() {
    return failed;
  }

  /** Where to go at the end of a round; {@link #NO_PC} where the VU is tired. */
  private int round(final int pc, final int vu, final long nowNs) {
    final Flow.Loop loop = loops[program.argument(pc)];
    final boolean again =
        program.operation(pc) == Program.REPEAT
            ? slots.get(vu, loop.slot()) + 1 < loop.limit()
            : nowNs < slots.get(vu, loop.slot());
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

  /** One option after the other, by identity: over VUs, iterations or arrivals, and visits. */
  private int inTurn(final int vu, final int options) {
    final int firstVu = firstVus[table.scenario(vu)];
    final long first = firstVu == NO_VU ? 0 : states.global(vu) - firstVu;
    return Math.floorMod(first + table.iteration(vu) + takeVisit(), options);
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

  /** How long a think instruction pauses. */
  long thinkNs(final int pc, final int vu) {
    return thinks[program.argument(pc)].sampleNs(table.stream(vu), takeVisit());
  }

  /** How long after the last pace a pace instruction goes on. */
  long intervalNs(final int pc, final int vu) {
    return intervals[program.argument(pc)].sampleNs(table.stream(vu), takeVisit());
  }

  Flow.Pace pace(final int pc) {
    return paces[program.argument(pc)];
  }

  Flow.Retry retry(final int pc) {
    return retries[program.argument(pc)];
  }

  /** The pause after so many failed tries. */
  long backoffNs(final Flow.Retry retry, final int vu, final long failed) {
    double pauseNs = retry.initialNs();
    for (long i = 1; i < failed && pauseNs < retry.maxNs(); i++) {
      pauseNs *= retry.factor();
    }
    final long boundedNs = Math.min((long) pauseNs, retry.maxNs());
    final long drawn = takeVisit();
    return retry.jitter()
        ? KeyedRandom.below(KeyedRandom.draw(table.stream(vu), retry.site(), drawn), boundedNs + 1)
        : boundedNs;
  }

  /** How often the VU was at the coming instruction in this iteration. */
  long takeVisit() {
    final long taken = visit;
    visit = 0;
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

  /** Which try the coming request is, from 1. */
  int takeAttempt() {
    final int taken = attempt;
    attempt = 1;
    return taken;
  }
}
