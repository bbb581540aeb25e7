package io.lockstep.engine.core.random;

import io.lockstep.scenario.plan.Distribution;

/**
 * Draws durations from one distribution at one site. Uses {@link StrictMath} alone, so that every
 * machine and JDK gets the same nanoseconds. Allocates nothing.
 */
public final class DurationSampler {
  private static final int CONSTANT = 0;
  private static final int UNIFORM = 1;
  private static final int NORMAL = 2;
  private static final int LOG_NORMAL = 3;
  private static final int EXPONENTIAL = 4;
  private static final int EMPIRICAL = 5;

  /** About 146 years: what a longer draw is cut to, so that sums of a few do not overflow. */
  private static final long LONGEST_NS = Long.MAX_VALUE / 2;

  private final long site;
  private final int kind;
  private final long a;
  private final double b;
  private final long[] values;
  private final long[] cumulative;

  public DurationSampler(final long site, final Distribution distribution) {
    this.site = site;
    long[] valuesNs = {};
    long[] sums = {};
    if (distribution instanceof Distribution.Constant constant) {
      kind = CONSTANT;
      a = constant.valueNs();
      b = 0;
    } else if (distribution instanceof Distribution.Uniform uniform) {
      kind = UNIFORM;
      a = uniform.minNs();
      b = 0;
      sums = new long[] {Math.addExact(Math.subtractExact(uniform.maxNs(), uniform.minNs()), 1)};
    } else if (distribution instanceof Distribution.Normal normal) {
      kind = NORMAL;
      a = normal.meanNs();
      b = normal.stdDevNs();
    } else if (distribution instanceof Distribution.LogNormal logNormal) {
      kind = LOG_NORMAL;
      a = logNormal.medianNs();
      b = logNormal.sigma();
    } else if (distribution instanceof Distribution.Exponential exponential) {
      kind = EXPONENTIAL;
      a = exponential.meanNs();
      b = 0;
    } else if (distribution instanceof Distribution.Empirical empirical) {
      kind = EMPIRICAL;
      a = 0;
      b = 0;
      valuesNs = empirical.valuesNs().toArray();
      sums = WeightedChoice.cumulative(empirical.weights());
    } else {
      throw new IllegalArgumentException("no sampler for " + distribution);
    }
    values = valuesNs;
    cumulative = sums;
  }

  /** The draw of this stream and counter, in nanoseconds, never below zero. */
  public long sampleNs(final long stream, final long counter) {
    if (kind == CONSTANT) {
      return a;
    }
    final long draw = KeyedRandom.draw(stream, site, counter);
    switch (kind) {
      case UNIFORM:
        return a + KeyedRandom.below(draw, cumulative[0]);
      case NORMAL:
        return round(a + b * gaussian(draw));
      case LOG_NORMAL:
        return round(a * StrictMath.exp(b * gaussian(draw)));
      case EXPONENTIAL:
        return round(-StrictMath.log(KeyedRandom.positiveUnit(draw)) * a);
      case EMPIRICAL:
        return values[WeightedChoice.pick(cumulative, draw)];
      default:
        throw new IllegalStateException("no such kind: " + kind);
    }
  }

  /**
   * The polar method (Marsaglia and Bray, A Convenient Method for Generating Normal Variables,
   * 1964): points of a square, each from the two numbers after the last, until one lies within the
   * circle, 1.27 on average. Needs no sine or cosine, whose strict forms allocate on JDKs from 21
   * on.
   */
  private static double gaussian(final long draw) {
    long bits = draw;
    while (true) {
      final double u = 2 * KeyedRandom.unit(bits) - 1;
      bits = KeyedRandom.second(bits);
      final double v = 2 * KeyedRandom.unit(bits) - 1;
      bits = KeyedRandom.second(bits);
      final double square = u * u + v * v;
      if (square > 0 && square < 1) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  private static long round(final double valueNs) {
    return valueNs <= 0 ? 0 : Math.min((long) (valueNs + 0.5), LONGEST_NS);
  }
}
