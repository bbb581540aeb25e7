package io.lockstep.scenario.plan;

import java.util.List;

/**
 * Rows of data of a plan: what they are and who gets which. The rows themselves come from
 * elsewhere, and the digest vouches for them.
 *
 * @param name unique in the plan
 * @param columns names, each once
 * @param rows how many there are; at least one
 * @param digest SHA-256 in hex of the file, or of the canonical form of rows in the scenario file
 * @param mode how rows are chosen
 * @param per what gets one
 * @param atEnd what happens when there are no more
 * @param site key of the random stream that the choice draws from
 * @param scenarios indexes of those that use it; a unique feeder deals its rows out to them in turn
 */
public record FeederPlan(
    String name,
    List<String> columns,
    long rows,
    String digest,
    Mode mode,
    Per per,
    AtEnd atEnd,
    long site,
    List<Integer> scenarios) {
  public FeederPlan {
    columns = List.copyOf(columns);
    scenarios = List.copyOf(scenarios);
  }

  /** How rows are chosen. */
  public enum Mode {
    /** In the order of the file, in each scenario from the first one on. */
    SEQUENTIAL,
    /** Any row, drawn anew each time. */
    RANDOM,
    /** Each row once in a random order, then all again in another one. */
    SHUFFLE,
    /** In the order of the file, no row ever twice in the whole run. */
    UNIQUE
  }

  /** What gets a row. */
  public enum Per {
    /** Each VU one, which it keeps. */
    VU,
    /** Each iteration one. */
    ITERATION
  }

  /** What happens when there are no more rows. */
  public enum AtEnd {
    /** They are used again from the first one on. */
    RECYCLE,
    /** The VU ends. */
    STOP_VU,
    /** The test ends. */
    STOP_TEST
  }
}
