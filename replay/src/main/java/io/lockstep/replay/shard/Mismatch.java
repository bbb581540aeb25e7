package io.lockstep.replay.shard;

/**
 * The first place where a replay and its recording differ.
 *
 * @param eventIndex events of the shard before it, which are all equal
 * @param tick of the recorded event, or of the replayed one where nothing more was recorded
 * @param vu of the recorded event; -1 where it belongs to none
 * @param replayedVu of the replayed event, likewise
 * @param recorded decoded, or {@link #NOTHING_MORE}
 * @param replayed decoded, or {@link #NOTHING_MORE}, or how the machine failed
 * @param runStarted whether the events differ that say what is run
 */
public record Mismatch(
    long eventIndex,
    long tick,
    int vu,
    int replayedVu,
    String recorded,
    String replayed,
    boolean runStarted) {
  /** Stands for the event of the side that ended first. */
  public static final String NOTHING_MORE = "nothing more";
}
