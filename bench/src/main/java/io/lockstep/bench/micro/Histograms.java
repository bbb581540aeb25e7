package io.lockstep.bench.micro;

import io.lockstep.engine.core.random.KeyedRandom;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One value recorded: three digits, up to an hour in nanoseconds, as the metrics do. */
@State(Scope.Thread)
public class Histograms {
  private static final long HOUR_NS = 3_600_000_000_000L;
  private static final int VALUES = 4_096;
  private static final long SPAN_NS = 50_000_000L;

  private final Histogram histogram = new Histogram(1, HOUR_NS, 3);
  private final long[] values = new long[VALUES];
  private int next;

  /** Values of up to 50 ms. */
  public Histograms() {
    for (int i = 0; i < VALUES; i++) {
      values[i] = KeyedRandom.below(KeyedRandom.mix(i + 1L), SPAN_NS);
    }
  }

  @Benchmark
  public void record() {
    histogram.recordValue(values[next++ & VALUES - 1]);
  }
}
