package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Program;

/**
 * What VUs do within an iteration, instruction by instruction. What takes no time is the {@link
 * ProgramRunner}'s; here is what waits: for a time, for requests, for other VUs.
 */
final class VuSteps {
  private final long tickNs;
  private final Moment moment;
  private final VuTable table;
  private final VuTimers timers;
  private final VuSlots slots;
  private final VuStates states;
  private final ProgramRunner program;
  private final ProgramDraws draws;
  private final VuVisits visits;
  private final VuLogic logic;
  private final VuNotes notes;
  private final VuThrottle throttle;
  private final VuRequests requests;
  private final VuMeetings meetings;
  private final VuIterations iterations;
  private final VuEndings endings;
  private final VuCauses causes;
  private final Flow.Pace[] paces;
  private final Flow.Retry[] retries;

  VuSteps(final ShardState shard, final VuParts parts) {
    tickNs = shard.plan.tickNs();
    moment = shard.moment;
    table = shard.table;
    timers = shard.timers;
    slots = shard.slots;
    states = shard.states;
    program = parts.program;
    draws = program.draws();
    visits = program.visits();
    logic = parts.logic;
    notes = parts.notes;
    throttle = parts.throttle;
    requests = parts.requests;
    meetings = parts.meetings;
    iterations = parts.iterations;
    endings = parts.endings;
    causes = new VuCauses(shard);
    paces = shard.plan.flow().paces().toArray(Flow.Pace[]::new);
    retries = shard.plan.flow().retries().toArray(Flow.Retry[]::new);
  }

  /** What flows end before its time. */
  VuCauses causes() {
    return causes;
  }

  /** Follows the program from where the VU stands until it waits for something. */
  void run(final int vu) {
    program.begin();
    follow(vu, table.pc(vu));
  }

  /** Ends what failed checks say, and goes on behind that. */
  void end(final int vu, final int ending) {
    program.begin();
    follow(vu, endBy(vu, ending));
  }

  private void follow(final int vu, final int from) {
    int pc = from;
    while (pc != ProgramRunner.NO_PC) {
      pc = step(vu, program.next(pc, vu));
    }
  }

  /** Does one instruction; returns where to go on, or {@link ProgramRunner#NO_PC} to wait. */
  private int step(final int vu, final int pc) {
    if (program.isFailed()) {
      return fail(vu);
    }
    switch (program.operation(pc)) {
      case Program.REQUEST:
        return request(vu, pc);
      case Program.THINK:
        return pause(vu, pc + 1, program.noted(pc, draws.thinkNs(vu, program.argument(pc))));
      case Program.PACE:
        return pace(vu, pc);
      case Program.RETRY:
        return retry(vu, pc);
      case Program.PARALLEL:
        return page(vu, pc);
      case Program.RENDEZVOUS:
        return meet(vu, pc);
      case Program.STOP:
        return stop(vu, pc);
      case Program.END:
        return program.isTired() ? rest(vu, pc) : endings.ended(vu, false);
      case Program.REPEAT, Program.DURING_END, Program.FOREACH_END:
        return rest(vu, pc);
      default:
        throw new IllegalStateException("operation " + program.operation(pc) + " at " + pc);
    }
  }

  private int request(final int vu, final int pc) {
    table.pc(vu, pc);
    final boolean held = throttle.isHolding(vu);
    if (throttle.holds(vu)) {
      visits.forget();
      return ProgramRunner.NO_PC;
    }
    if (held) {
      visits.recall(pc, vu);
    }
    final int request = program.argument(pc);
    return after(vu, pc, requests.issue(vu, request, visits.takeVisit(), visits.takeAttempt()));
  }

  /** A page begins once its first request may be issued. */
  private int page(final int vu, final int pc) {
    program.noted(pc, 0);
    table.pc(vu, pc);
    if (throttle.holds(vu)) {
      return ProgramRunner.NO_PC;
    }
    return after(vu, pc, requests.begin(vu, program.argument(pc)));
  }

  /** Where to go on once requests were begun. */
  private int after(final int vu, final int pc, final VuRequests.Begun begun) {
    return switch (begun) {
      case WAITS -> ProgramRunner.NO_PC;
      case ANSWERED -> answered(vu, pc);
      case FAILED -> fail(vu);
    };
  }

  /** A VU had all answers already; what it began besides was given up. */
  private int answered(final int vu, final int pc) {
    if (table.state(vu) == VuState.WAITING.code()) {
      states.enter(vu, VuState.READY);
    }
    final int ending = requests.takeEnding();
    if (ending == VuReadings.GO_ON) {
      return pc + 1;
    }
    timers.forget(vu);
    return endBy(vu, ending);
  }

  /**
   * Ends what failed checks say; returns where to go on. Answers of a cache take no time, so that
   * this counts as a round.
   */
  private int endBy(final int vu, final int ending) {
    causes.onCheck(vu, ending);
    final int next = endings.ended(vu, CheckEnding.level(ending) != CheckEnding.ITERATION);
    return next != ProgramRunner.NO_PC && program.isTired() ? rest(vu, next) : next;
  }

  /**
   * The iteration cannot go on: an expression came to no value, or there is no row of data left for
   * it. What the VU does next begins a tick later, so that no failure can make a tick endless.
   */
  private int fail(final int vu) {
    visits.forget();
    final long missing = logic.takeMissing();
    final int next;
    if (missing == 0) {
      notes.failure(vu, logic.failure());
      program.notedFailure(logic.failure().toString());
      next = endings.ended(vu, IterationOutcome.FAILED, false);
    } else {
      program.notedFailure("there is no row of data left for it");
      causes.onRows(vu, VuLogic.stopsTest(missing), logic.failure().message());
      next = endings.ended(vu, IterationOutcome.INTERRUPTED, true);
    }
    return next == ProgramRunner.NO_PC ? next : rest(vu, next);
  }

  /** Pauses for what was drawn, and notes it as part of what the VU does. */
  private int pause(final int vu, final int pc, final long pauseNs) {
    table.digest(vu, GenerationTracker.think(table.digest(vu), pauseNs));
    return pauseNs > 0 ? pauseUntil(vu, pc, moment.nowTick() + (pauseNs - 1) / tickNs + 1) : pc;
  }

  /** Goes on in the next tick, after many rounds of a loop in this one. */
  private int rest(final int vu, final int pc) {
    return pauseUntil(vu, pc, moment.nowTick() + 1);
  }

  /** Waits for a tick; where all is over but this last pause, the iteration is complete. */
  private int pauseUntil(final int vu, final int pc, final long tickToWake) {
    table.pc(vu, pc);
    if (program.isEnd(pc) && iterations.isLast(vu)) {
      return endings.ended(vu, false);
    }
    wake(vu, tickToWake);
    return ProgramRunner.NO_PC;
  }

  private void wake(final int vu, final long tickToWake) {
    timers.wakeAt(vu, tickToWake, moment.firstFreeTick());
  }

  private int pace(final int vu, final int pc) {
    final int slot = paces[program.argument(pc)].slot();
    final long intervalNs = program.noted(pc, draws.intervalNs(vu, program.argument(pc)));
    final long dueNs = slots.get(vu, slot) + intervalNs;
    table.digest(vu, GenerationTracker.think(table.digest(vu), intervalNs));
    if (dueNs <= moment.nowNs()) {
      slots.set(vu, slot, moment.nowNs());
      return pc + 1;
    }
    slots.set(vu, slot, dueNs);
    final long dueTick = (dueNs - 1) / tickNs + 1;
    return pauseUntil(vu, pc + 1, dueTick);
  }

  private int retry(final int vu, final int pc) {
    final Flow.Retry retry = retries[program.argument(pc)];
    final long failed = slots.get(vu, retry.slot()) + 1;
    if (!table.failed(vu) || failed >= retry.times()) {
      visits.takeVisit();
      program.noted(pc, StepTrace.ON);
      return pc + 1;
    }
    slots.set(vu, retry.slot(), failed);
    final long pauseNs = program.noted(pc, draws.backoffNs(retry, vu, failed));
    if (program.isTired() && pauseNs == 0) {
      return rest(vu, retry.target());
    }
    return pause(vu, retry.target(), pauseNs);
  }

  private int meet(final int vu, final int pc) {
    program.noted(pc, 0);
    meetings.join(vu, pc);
    return ProgramRunner.NO_PC;
  }

  private int stop(final int vu, final int pc) {
    final int what = program.argument(pc);
    program.noted(pc, what);
    if (what == Program.ITERATION) {
      if (program.isTired()) {
        return rest(vu, pc);
      }
      causes.onStep(vu, what);
      return endings.ended(vu, false);
    }
    causes.onStep(vu, what);
    return endings.ended(vu, true);
  }
}
