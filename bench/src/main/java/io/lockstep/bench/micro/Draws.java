package io.lockstep.bench.micro;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.random.WeightedChoice;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.LongArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Random streams: one draw, and one sample of each distribution. */
@State(Scope.Thread)
public class Draws {
  private static final long SITE = 0x1234_5678_9ABC_DEF1L;
  private static final long MS = 1_000_000L;

  private final DurationSampler uniform =
      new DurationSampler(SITE, new Distribution.Uniform(MS, 9 * MS));
  private final DurationSampler normal =
      new DurationSampler(SITE, new Distribution.Normal(9 * MS, MS));
  private final DurationSampler logNormal =
      new DurationSampler(SITE, new Distribution.LogNormal(9 * MS, 0.5));
  private final DurationSampler exponential =
      new DurationSampler(SITE, new Distribution.Exponential(9 * MS));
  private final long[] weights = WeightedChoice.cumulative(LongArray.of(70, 20, 10));
  private long stream = SITE;

  @Benchmark
  public long draw() {
    return KeyedRandom.draw(++stream, SITE, 0);
  }

  @Benchmark
  public int weightedChoice() {
    return WeightedChoice.pick(weights, KeyedRandom.draw(++stream, SITE, 0));
  }

  @Benchmark
  public long uniform() {
    return uniform.sampleNs(++stream, 0);
  }

  @Benchmark
  public long normal() {
    return normal.sampleNs(++stream, 0);
  }

  @Benchmark
  public long logNormal() {
    return logNormal.sampleNs(++stream, 0);
  }

  @Benchmark
  public long exponential() {
    return exponential.sampleNs(++stream, 0);
  }
}
