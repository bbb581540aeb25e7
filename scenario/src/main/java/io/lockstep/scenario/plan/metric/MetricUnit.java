package io.lockstep.scenario.plan.metric;

/** What the samples of a metric count. */
public enum MetricUnit {
  /** Kept as nanoseconds; milliseconds where a threshold names no unit. */
  TIME("time"),
  /** Bytes. */
  BYTES("bytes"),
  /** Any number: kept in thousandths. */
  NUMBER("number"),
  /** Things, or a share of them. */
  NONE("-");

  private final String key;

  MetricUnit(final String key) {
    this.key = key;
  }

  /** The name in documents. */
  public String key() {
    return key;
  }
}
