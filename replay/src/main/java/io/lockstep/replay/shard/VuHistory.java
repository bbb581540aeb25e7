package io.lockstep.replay.shard;

import io.lockstep.replay.event.EventNames;
import io.lockstep.replay.event.EventText;
import io.lockstep.replay.event.VuContext;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayDeque;
import java.util.List;

/** Looks up what a VU did last, by reading the recording again. */
public final class VuHistory {
  private VuHistory() {}

  /**
   * The last events of a VU.
   *
   * @param plan for the names
   * @param source of the recording, from its start; closed here
   * @param vu whose; {@link io.lockstep.replay.event.EventView#NO_VU} for events of the whole shard
   * @param beforeIndex events from here on do not count
   * @param most so many
   * @return decoded, the oldest first.
   */
  public static List<String> before(
      final Plan plan,
      final BlockSource source,
      final int vu,
      final long beforeIndex,
      final int most) {
    final ArrayDeque<String> last = new ArrayDeque<>(most);
    final VuContext context = new VuContext();
    final EventText text = new EventText(new EventNames(plan), context);
    try (EventWalk walk = new EventWalk(0, source)) {
      while (walk.next() && walk.index() < beforeIndex) {
        context.before(walk.event());
        if (walk.event().vu() == vu) {
          if (last.size() == most) {
            last.removeFirst();
          }
          last.addLast(text.line(walk.event()));
        }
        context.after(walk.event());
      }
    }
    return List.copyOf(last);
  }
}
