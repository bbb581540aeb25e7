package io.lockstep.replay;

import io.lockstep.replay.shard.Mismatch;
import io.lockstep.scenario.plan.Phases;
import java.util.List;
import java.util.Locale;

/**
 * The first event at which a replay did something else than was recorded.
 *
 * @param part of the run, as its manifest names it: the load, or what is done around it
 * @param shard whose journal
 * @param mismatch both events, and where
 * @param history the last events before it of the VUs of both events
 * @param cause the likely one, and what to do about it
 */
public record Divergence(
    String part, int shard, Mismatch mismatch, List<VuEvents> history, String cause) {
  /** How many events of the VU are shown. */
  public static final int HISTORY = 10;

  public Divergence {
    history = List.copyOf(history);
  }

  /** As a person reads it: lines, each with a line feed. */
  public String text() {
    final StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "first divergence: event %,d of %s, tick %,d\n",
            mismatch.eventIndex(),
            part.equals(Phases.LOAD) ? "shard " + shard : "the " + part,
            mismatch.tick()));
    text.append("  recorded: ").append(mismatch.recorded()).append('\n');
    text.append("  replayed: ").append(mismatch.replayed()).append('\n');
    text.append("  likely cause: ").append(cause).append('\n');
    for (final VuEvents events : history) {
      text.append("  what VU ").append(events.vu()).append(" did before it:\n");
      events.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    }
    return text.toString();
  }

  /**
   * What a VU did last.
   *
   * @param vu whose events
   * @param lines decoded, the oldest first
   */
  public record VuEvents(int vu, List<String> lines) {
    public VuEvents {
      lines = List.copyOf(lines);
    }
  }
}
