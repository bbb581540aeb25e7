package io.lockstep.scenario.plan.metric;

/** One number for many samples. Codes are part of the plan digest and never change. */
public enum Aggregation {
  /** How many samples; of a counter its sum. */
  COUNT(1, "count"),
  /** Of a counter its sum per second, of a rate the share that is true. */
  RATE(2, "rate"),
  /** The last value of a gauge. */
  VALUE(3, "value"),
  /** Arithmetic mean. */
  AVG(4, "avg"),
  /** Least sample. */
  MIN(5, "min"),
  /** The sample that half of all are at or below. */
  MED(6, "med"),
  /** Largest sample. */
  MAX(7, "max"),
  /** The sample that so many percent are at or below, by nearest rank. */
  PERCENTILE(8, "p");

  private final int code;
  private final String key;

  Aggregation(final int code, final String key) {
    this.code = code;
    this.key = key;
  }

  public int code() {
    return code;
  }

  /** The word in an expression; of a percentile the letter before its parenthesis. */
  public String key() {
    return key;
  }

  /** The form in an expression, with an example where it has a parameter. */
  public String form() {
    return this == PERCENTILE ? "p(99)" : key;
  }

  /** Whether it counts samples, in all or per second, so that more of them make it larger. */
  public boolean grows(final MetricKind kind) {
    return this == COUNT || (this == RATE && kind == MetricKind.COUNTER);
  }

  /** Whether it needs the whole distribution. */
  public boolean isQuantile() {
    return this == MED || this == PERCENTILE;
  }
}
