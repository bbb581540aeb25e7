package io.lockstep.engine.core.metric;

/**
 * Who ended the test before its time.
 *
 * @param ending by what
 * @param scenario index in the plan
 * @param vu global id
 * @param iteration of the VU, or the arrival
 * @param atNs when, since the start of the run
 */
public record TestEnding(Ending ending, int scenario, int vu, long iteration, long atNs) {
  /** The one that came first; of two at the same moment, that of the lower VU. */
  static TestEnding first(final TestEnding one, final TestEnding other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.atNs < other.atNs || (one.atNs == other.atNs && one.vu <= other.vu) ? one : other;
  }
}
