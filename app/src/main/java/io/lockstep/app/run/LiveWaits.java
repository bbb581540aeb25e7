package io.lockstep.app.run;

import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Which scenarios wait for the graceful stop of another one, at any moment of a run: they begin at
 * its planned end, also where it has nothing left to do before that.
 */
final class LiveWaits {
  /** Waits for nothing. */
  static final LiveWaits NONE = new LiveWaits(List.of());

  private final List<Wait> waits;

  /** From when until when one waits for another. */
  private record Wait(String name, String other, long fromNs, long untilNs) {}

  private LiveWaits(final List<Wait> waits) {
    this.waits = waits;
  }

  static LiveWaits of(final Plan plan) {
    final List<Wait> waits = new ArrayList<>();
    for (final ScenarioPlan scenario : plan.scenarios()) {
      for (final ScenarioPlan other : plan.scenarios()) {
        if (other.stopTick() != Load.UNLIMITED && follows(scenario, other)) {
          waits.add(
              new Wait(
                  scenario.name(),
                  other.name(),
                  other.stopTick() * plan.tickNs(),
                  scenario.startTick() * plan.tickNs()));
        }
      }
    }
    return new LiveWaits(waits);
  }

  /** Whether one begins where the other is cut off. */
  private static boolean follows(final ScenarioPlan scenario, final ScenarioPlan other) {
    return scenario.startTick() > other.stopTick()
        && Math.abs(scenario.startTick() - other.endTick()) <= 1;
  }

  /** What a live line says of them; empty where none waits. */
  String text(final long elapsedNs) {
    final StringBuilder text = new StringBuilder();
    for (final Wait wait : waits) {
      if (elapsedNs >= wait.fromNs() && elapsedNs < wait.untilNs()) {
        text.append("  ").append(wait.name()).append(" waits for ").append(wait.other());
        text.append("'s graceful_stop (")
            .append(LiveLine.time(wait.untilNs() - elapsedNs))
            .append(')');
      }
    }
    return text.toString();
  }
}
