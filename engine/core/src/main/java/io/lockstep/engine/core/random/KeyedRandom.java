package io.lockstep.engine.core.random;

/**
 * Random numbers without state: a draw is a pure function of (seed, scenario, identity, site,
 * counter). Nothing is shared, so nothing that happens elsewhere shifts a draw.
 *
 * <p>Each key is folded in with the finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable
 * Pseudorandom Number Generators, OOPSLA 2014; constants of Stafford's variant 13). For a fixed
 * site the draws by counter are the outputs of a SplitMix64 generator. Test vectors: {@code
 * random-vectors.csv}.
 */
public final class KeyedRandom {
  /** 2^64 divided by the golden ratio, odd. */
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  /** Keeps arrivals apart from VUs. */
  private static final long OPEN = 0xD1B54A32D192ED03L;

  /** Keeps later visits apart from other iterations. */
  private static final long VISIT = 0xE7037ED1A0B428DBL;

  private static final double TO_UNIT = 0x1.0p-53;

  private KeyedRandom() {}

  /** The finaliser: a bijection of 64 bits that looks random. */
  public static long mix(final long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** The key of a scenario's streams, from the run's seed and the key of its name. */
  public static long scenarioStream(final long seed, final long scenarioKey) {
    return mix(mix(seed + GAMMA) ^ scenarioKey);
  }

  /** The key of a VU's streams; {@code vu} counts within the scenario. */
  public static long vuStream(final long scenarioStream, final long vu) {
    return mix(scenarioStream + (vu + 1) * GAMMA);
  }

  /** The key of an iteration's streams in a closed model. */
  public static long iterationStream(final long vuStream, final long iteration) {
    return mix(vuStream + (iteration + 1) * GAMMA);
  }

  /** The key of an iteration's streams in an open model, where the arrival is the identity. */
  public static long arrivalStream(final long scenarioStream, final long arrival) {
    return mix(mix(scenarioStream ^ OPEN) + (arrival + 1) * GAMMA);
  }

  /**
   * The key of the streams of one of several visits to a place within an iteration, for one who
   * draws there without a counter of his own; the first visit has the iteration's key itself.
   */
  public static long visitStream(final long iterationStream, final long visit) {
    return visit == 0 ? iterationStream : mix(mix(iterationStream ^ VISIT) + visit * GAMMA);
  }

  /** One draw: all 64 bits are random. */
  public static long draw(final long stream, final long site, final long counter) {
    return mix(mix(stream ^ site) + (counter + 1) * GAMMA);
  }

  /** A second, independent number from a draw. */
  public static long second(final long draw) {
    return mix(draw + GAMMA);
  }

  /** In {@code [0, 1)}, a multiple of 2^-53. */
  public static double unit(final long draw) {
    return (draw >>> 11) * TO_UNIT;
  }

  /** In {@code (0, 1]}, a multiple of 2^-53: safe to take the logarithm of. */
  public static double positiveUnit(final long draw) {
    return ((draw >>> 11) + 1) * TO_UNIT;
  }

  /**
   * In {@code [0, bound)}: the high half of the product (Lemire, Fast Random Integer Generation in
   * an Interval, 2019), without the rejection step, so biased by less than {@code bound / 2^64}.
   */
  public static long below(final long draw, final long bound) {
    return Math.multiplyHigh(draw, bound) + (draw >> 63 & bound);
  }
}
