package io.lockstep.scenario.plan.metric;

/**
 * What a run must keep to pass.
 *
 * @param selector whose samples
 * @param expression what is asked of them
 * @param overNs length of the sliding window, {@link #WHOLE} for the whole measured phase
 * @param abortOnFail whether the run ends once it fails
 * @param delayNs from the start of the measured phase, in which it ends nothing
 */
public record Threshold(
    Selector selector, Expression expression, long overNs, boolean abortOnFail, long delayNs) {
  /** Value of {@link #overNs} where there is no window. */
  public static final long WHOLE = 0;

  /** Whether it is about each window and not about all samples together. */
  public boolean isWindowed() {
    return overNs != WHOLE;
  }
}
