package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;

/**
 * What VUs do within an iteration, instruction by instruction. What takes no time is the {@link
 * ProgramRunner}'s; here is what waits: for a time, for requests, for other VUs.
 */
final class VuSteps {
  private final VuFlow flow;
  private final long tickNs;
  private final VuTable table;
  private final VuTimers timers;
  private final VuSlots slots;
  private final ProgramRunner program;
  private final VuRequests requests;
  private final VuThrottle throttle;
  private final Meetings meetings;
  private final EventPublisher events;
  private final VuLogic logic;
  private final VuNotes notes;
  private boolean stopAsked;

  VuSteps(
      final Plan plan,
      final VuFlow flow,
      final VuTable table,
      final VuTimers timers,
      final VuSlots slots,
      final ProgramRunner program,
      final VuRequests requests,
      final VuThrottle throttle,
      final EventPublisher events,
      final VuLogic logic,
      final VuNotes notes) {
    this.logic = logic;
    this.notes = notes;
    this.flow = flow;
    this.table = table;
    this.timers = timers;
    this.slots = slots;
    this.program = program;
    this.requests = requests;
    this.throttle = throttle;
    this.events = events;
    tickNs = plan.tickNs();
    meetings = new Meetings(plan.flow().meetings(), slots);
  }

  /** Whether a flow has asked for the end of the test. */
  boolean isStopAsked() {
    return stopAsked;
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
      pc = step(vu, program.next(pc, vu, flow.nowNs(), flow.tick()));
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
        return pause(vu, pc + 1, program.noted(pc, program.thinkNs(pc, vu)));
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
        return program.isTired() ? rest(vu, pc) : flow.ended(vu, false);
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
      program.forget();
      return ProgramRunner.NO_PC;
    }
    if (held) {
      program.recall(pc, vu);
    }
    requests.at(flow.tick(), flow.nowNs());
    final int request = program.argument(pc);
    return after(vu, pc, requests.issue(vu, request, program.takeVisit(), program.takeAttempt()));
  }

  /** A page begins once its first request may be issued. */
  private int page(final int vu, final int pc) {
    program.noted(pc, 0);
    table.pc(vu, pc);
    if (throttle.holds(vu)) {
      return ProgramRunner.NO_PC;
    }
    requests.at(flow.tick(), flow.nowNs());
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
      flow.ready(vu);
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
    if (ending == VuReadings.END_TEST) {
      askStop(vu);
    }
    final int next = flow.ended(vu, ending != VuReadings.END_ITERATION);
    return next != ProgramRunner.NO_PC && program.isTired() ? rest(vu, next) : next;
  }

  /**
   * The iteration cannot go on: an expression came to no value, or there is no row of data left for
   * it. What the VU does next begins a tick later, so that no failure can make a tick endless.
   */
  private int fail(final int vu) {
    program.forget();
    final long missing = logic.takeMissing();
    final int next;
    if (missing == 0) {
      notes.failure(vu, logic.failure());
      program.notedFailure(logic.failure().toString());
      next = flow.ended(vu, IterationOutcome.FAILED, false);
    } else {
      program.notedFailure("there is no row of data left for it");
      if (VuLogic.stopsTest(missing)) {
        askStop(vu);
      }
      next = flow.ended(vu, IterationOutcome.INTERRUPTED, true);
    }
    return next == ProgramRunner.NO_PC ? next : rest(vu, next);
  }

  private void askStop(final int vu) {
    if (!stopAsked) {
      stopAsked = true;
      events.testStopped(flow.global(vu), table.scenario(vu), table.iteration(vu));
    }
  }

  /** Pauses for what was drawn, and notes it as part of what the VU does. */
  private int pause(final int vu, final int pc, final long pauseNs) {
    table.digest(vu, GenerationTracker.think(table.digest(vu), pauseNs));
    return pauseNs > 0 ? pauseUntil(vu, pc, flow.nowTick() + (pauseNs - 1) / tickNs + 1) : pc;
  }

  /** Goes on in the next tick, after many rounds of a loop in this one. */
  private int rest(final int vu, final int pc) {
    return pauseUntil(vu, pc, flow.nowTick() + 1);
  }

  /** Waits for a tick; where all is over but this last pause, the iteration is complete. */
  private int pauseUntil(final int vu, final int pc, final long tickToWake) {
    table.pc(vu, pc);
    if (program.isEnd(pc) && flow.iterations().isLast(vu)) {
      return flow.ended(vu, false);
    }
    wake(vu, tickToWake);
    return ProgramRunner.NO_PC;
  }

  private void wake(final int vu, final long tickToWake) {
    timers.wakeAt(vu, tickToWake, flow.firstFreeTick());
  }

  private int pace(final int vu, final int pc) {
    final int slot = program.pace(pc).slot();
    final long intervalNs = program.noted(pc, program.intervalNs(pc, vu));
    final long dueNs = slots.get(vu, slot) + intervalNs;
    table.digest(vu, GenerationTracker.think(table.digest(vu), intervalNs));
    if (dueNs <= flow.nowNs()) {
      slots.set(vu, slot, flow.nowNs());
      return pc + 1;
    }
    slots.set(vu, slot, dueNs);
    final long dueTick = (dueNs - 1) / tickNs + 1;
    return pauseUntil(vu, pc + 1, dueTick);
  }

  private int retry(final int vu, final int pc) {
    final Flow.Retry retry = program.retry(pc);
    final long failed = slots.get(vu, retry.slot()) + 1;
    if (!table.failed(vu) || failed >= retry.times()) {
      program.takeVisit();
      program.noted(pc, StepTrace.ON);
      return pc + 1;
    }
    slots.set(vu, retry.slot(), failed);
    final long pauseNs = program.noted(pc, program.backoffNs(retry, vu, failed));
    if (program.isTired() && pauseNs == 0) {
      return rest(vu, retry.target());
    }
    return pause(vu, retry.target(), pauseNs);
  }

  private int meet(final int vu, final int pc) {
    final int meeting = program.argument(pc);
    program.noted(pc, 0);
    table.pc(vu, pc);
    if (!meetings.join(meeting, vu)) {
      wake(vu, flow.nowTick() + meetings.timeoutTicks(meeting));
      return ProgramRunner.NO_PC;
    }
    // All go on at one moment, but none before it came: an input may be older than one before it.
    final long tickToWake =
        flow.firstFreeTick() > flow.tick() ? flow.nowTick() + 1 : flow.nowTick();
    table.wakeTick(vu, flow.nowTick() + meetings.timeoutTicks(meeting));
    int met = meetings.take(meeting);
    while (met != Meetings.NO_VU) {
      timers.forget(met);
      table.pc(met, pc + 1);
      wake(met, Math.max(tickToWake, table.wakeTick(met) - meetings.timeoutTicks(meeting)));
      met = meetings.take(meeting);
    }
    return ProgramRunner.NO_PC;
  }

  /** A VU whose patience at a rendezvous is over goes on alone. */
  void leaveMeeting(final int vu) {
    final int pc = table.pc(vu);
    if (!meetings.isEmpty()
        && pc != ProgramRunner.NO_PC
        && program.operation(pc) == Program.RENDEZVOUS
        && meetings.leave(program.argument(pc), vu)) {
      table.pc(vu, pc + 1);
    }
  }

  private int stop(final int vu, final int pc) {
    final int what = program.argument(pc);
    program.noted(pc, what);
    if (what == Program.ITERATION) {
      return program.isTired() ? rest(vu, pc) : flow.ended(vu, false);
    }
    if (what == Program.TEST) {
      askStop(vu);
    }
    return flow.ended(vu, true);
  }
}
