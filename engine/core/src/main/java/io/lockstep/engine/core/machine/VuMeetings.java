package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Program;

/** VUs at a rendezvous: how they come, go on together, or lose their patience. */
final class VuMeetings {
  private final Program program;
  private final Moment moment;
  private final VuTable table;
  private final VuTimers timers;
  private final Meetings meetings;

  VuMeetings(final ShardState shard) {
    program = shard.plan.program();
    moment = shard.moment;
    table = shard.table;
    timers = shard.timers;
    meetings = new Meetings(shard.plan.flow().meetings(), shard.slots);
  }

  /** A VU comes to a rendezvous; where it is the last, all who are there go on. */
  void join(final int vu, final int pc) {
    final int meeting = program.argument(pc);
    table.pc(vu, pc);
    if (!meetings.join(meeting, vu)) {
      wake(vu, moment.nowTick() + meetings.timeoutTicks(meeting));
      return;
    }
    // All go on at one moment, but none before it came: an input may be older than one before it.
    final long tickToWake =
        moment.firstFreeTick() > moment.tick() ? moment.nowTick() + 1 : moment.nowTick();
    table.wakeTick(vu, moment.nowTick() + meetings.timeoutTicks(meeting));
    int met = meetings.take(meeting);
    while (met != Meetings.NO_VU) {
      timers.forget(met);
      table.pc(met, pc + 1);
      wake(met, Math.max(tickToWake, table.wakeTick(met) - meetings.timeoutTicks(meeting)));
      met = meetings.take(meeting);
    }
  }

  /**
   * A VU whose patience is over, or that is cut off, goes on alone.
   *
   * @return whether it was at a rendezvous.
   */
  boolean leave(final int vu) {
    final int pc = table.pc(vu);
    final boolean left =
        !meetings.isEmpty()
            && pc != ProgramRunner.NO_PC
            && program.operation(pc) == Program.RENDEZVOUS
            && meetings.leave(program.argument(pc), vu);
    if (left) {
      table.pc(vu, pc + 1);
    }
    return left;
  }

  private void wake(final int vu, final long tickToWake) {
    timers.wakeAt(vu, tickToWake, moment.firstFreeTick());
  }
}
