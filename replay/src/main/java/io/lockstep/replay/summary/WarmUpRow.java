package io.lockstep.replay.summary;

import java.util.List;

/**
 * What began in warm-ups, and is in no other figure but those over time.
 *
 * @param ns from the start of the run to the first moment that is measured
 * @param phases of the scenarios that warm up, in the plan's order
 * @param issued requests
 * @param responses complete ones, whatever their status
 * @param errors failures and statuses of 400 or above
 * @param iterationsCompleted that went to their end
 * @param iterationsInterrupted that the end of the run cut off
 * @param arrivalsStarted that found a free VU
 * @param arrivalsDropped that found none, and shared iterations that the end cut off before their
 *     start
 */
public record WarmUpRow(
    long ns,
    List<Phase> phases,
    long issued,
    long responses,
    long errors,
    long iterationsCompleted,
    long iterationsInterrupted,
    long arrivalsStarted,
    long arrivalsDropped) {
  /** Keeps its own copy of the phases. */
  public WarmUpRow {
    phases = List.copyOf(phases);
  }

  /**
   * The warm-up of a scenario.
   *
   * @param scenario its name
   * @param untilNs when it ends, from the start of the run
   */
  public record Phase(String scenario, long untilNs) {}
}
