package io.lockstep.scenario.plan;

/** A distribution of durations, all in nanoseconds. A sampled value is never below zero. */
public sealed interface Distribution {
  /** Always the same value. */
  record Constant(long valueNs) implements Distribution {}

  /** Uniform over {@code [minNs, maxNs]}. */
  record Uniform(long minNs, long maxNs) implements Distribution {}

  /** Normal, cut at zero. */
  record Normal(long meanNs, long stdDevNs) implements Distribution {}

  /** Log-normal: {@code median * exp(sigma * z)}. */
  record LogNormal(long medianNs, double sigma) implements Distribution {}

  /** Exponential. */
  record Exponential(long meanNs) implements Distribution {}

  /**
   * One of the values, each as likely as its weight; both arrays have the same length of at least
   * one.
   */
  record Empirical(LongArray valuesNs, LongArray weights) implements Distribution {}
}
