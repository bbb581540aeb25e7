package io.lockstep.scenario.plan;

/**
 * One scenario of a plan.
 *
 * @param index in the plan
 * @param name unique in the plan
 * @param key key of this scenario's random streams: depends on the name alone
 * @param load who starts iterations, and when
 * @param entry program counter of the first instruction of an iteration
 * @param firstVu global id of its first VU; its VUs are {@code [firstVu, firstVu + vus)}
 * @param vus how many VUs it has; in the open model the most that can be busy at once
 * @param gracefulStopTicks how long running iterations may go on after the duration
 * @param warmupTicks from its start, in which what begins is counted apart; 0 for none
 * @param browsing what a VU does by itself
 */
public record ScenarioPlan(
    int index,
    String name,
    long key,
    Load load,
    int entry,
    int firstVu,
    int vus,
    long gracefulStopTicks,
    long warmupTicks,
    Browsing browsing) {
  /** A scenario that measures from its start and whose VUs do nothing by themselves. */
  public ScenarioPlan(
      final int index,
      final String name,
      final long key,
      final Load load,
      final int entry,
      final int firstVu,
      final int vus,
      final long gracefulStopTicks) {
    this(index, name, key, load, entry, firstVu, vus, gracefulStopTicks, 0, Browsing.NONE);
  }
}
