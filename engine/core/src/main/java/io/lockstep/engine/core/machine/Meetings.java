package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Flow;
import java.util.List;

/**
 * Where VUs wait for each other, in the order in which they came. Lists are linked through the VUs'
 * slots: 0 for a VU that is not here, {@link #END} where the list ends, else a VU plus one.
 */
final class Meetings {
  /** No VU. */
  static final int NO_VU = -1;

  private static final long END = -1;

  private final Flow.Meeting[] meetings;
  private final VuSlots slots;
  private final int[] heads;
  private final int[] tails;
  private final int[] counts;

  Meetings(final List<Flow.Meeting> meetings, final VuSlots slots) {
    this.meetings = meetings.toArray(Flow.Meeting[]::new);
    this.slots = slots;
    heads = new int[this.meetings.length];
    tails = new int[this.meetings.length];
    counts = new int[this.meetings.length];
  }

  /** Whether no flow has a rendezvous. */
  boolean isEmpty() {
    return meetings.length == 0;
  }

  long timeoutTicks(final int meeting) {
    return meetings[meeting].timeoutTicks();
  }

  /** A VU comes; returns whether all are there now. */
  boolean join(final int meeting, final int vu) {
    final int link = meetings[meeting].linkSlot();
    slots.set(vu, link + 1, END);
    if (counts[meeting] == 0) {
      heads[meeting] = vu;
      slots.set(vu, link, END);
    } else {
      slots.set(vu, link, tails[meeting] + 1L);
      slots.set(tails[meeting], link + 1, vu + 1L);
    }
    tails[meeting] = vu;
    counts[meeting]++;
    return counts[meeting] == meetings[meeting].users();
  }

  /** The VU that has been here for the longest time leaves; {@link #NO_VU} if there is none. */
  int take(final int meeting) {
    if (counts[meeting] == 0) {
      return NO_VU;
    }
    final int first = heads[meeting];
    leave(meeting, first);
    return first;
  }

  /** A VU leaves; returns false where it was not here. */
  boolean leave(final int meeting, final int vu) {
    final int link = meetings[meeting].linkSlot();
    final long before = slots.get(vu, link);
    final long after = slots.get(vu, link + 1);
    if (before == 0) {
      return false;
    }
    if (before == END) {
      heads[meeting] = (int) after - 1;
    } else {
      slots.set((int) before - 1, link + 1, after);
    }
    if (after == END) {
      tails[meeting] = (int) before - 1;
    } else {
      slots.set((int) after - 1, link, before);
    }
    slots.set(vu, link, 0);
    slots.set(vu, link + 1, 0);
    counts[meeting]--;
    return true;
  }
}
