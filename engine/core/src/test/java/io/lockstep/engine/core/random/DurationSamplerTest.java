package io.lockstep.engine.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.LongArray;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Draws with a fixed seed, so each distance is a constant; limits are those of one in a thousand. */
final class DurationSamplerTest {
  private static final int DRAWS = 100_000;
  private static final double LIMIT = 1.95 / Math.sqrt(DRAWS);
  private static final double MILLI = 1e6;

  @Test
  void shouldDrawConstants() {
    assertEquals(7, new DurationSampler(1, new Distribution.Constant(7)).sampleNs(2, 3));
  }

  @Test
  void shouldDrawUniformWithBothEnds() {
    fits(new Distribution.Uniform(2_000_000, 8_000_000), t -> (t - 2 * MILLI) / (6 * MILLI));
    final long[] narrow = draws(new Distribution.Uniform(5, 7));
    for (long value = 5; value <= 7; value++) {
      final long wanted = value;
      final long count = Arrays.stream(narrow).filter(v -> v == wanted).count();
      assertEquals(DRAWS / 3.0, (double) count, 4 * Math.sqrt(DRAWS * 2 / 9.0));
    }
    assertEquals(5, Arrays.stream(narrow).min().orElseThrow());
    assertEquals(7, Arrays.stream(narrow).max().orElseThrow());
    assertEquals(
        9, new DurationSampler(1, new Distribution.Uniform(9, 9)).sampleNs(5, 6), "one value");
  }

  @Test
  void shouldDrawExponential() {
    fits(new Distribution.Exponential(4_000_000), t -> 1 - Math.exp(-t / (4 * MILLI)));
  }

  @Test
  void shouldDrawNormalAndCutItAtZero() {
    fits(new Distribution.Normal(50_000_000, 5_000_000), t -> phi((t - 50 * MILLI) / (5 * MILLI)));
    final long[] cut = draws(new Distribution.Normal(0, 1_000_000));
    final long zeros = Arrays.stream(cut).filter(v -> v == 0).count();
    assertEquals(DRAWS / 2.0, (double) zeros, 4 * Math.sqrt(DRAWS) / 2);
    assertTrue(Arrays.stream(cut).allMatch(v -> v >= 0));
  }

  @Test
  void shouldDrawLogNormal() {
    fits(
        new Distribution.LogNormal(10_000_000, 0.5),
        t -> t <= 0 ? 0 : phi(Math.log(t / (10 * MILLI)) / 0.5));
  }

  @Test
  void shouldDrawEmpiricalByWeight() {
    final long[] draws =
        draws(new Distribution.Empirical(LongArray.of(10, 20, 30), LongArray.of(1, 7, 2)));
    assertEquals(0.1, share(draws, 10), 4 * Math.sqrt(0.09 / DRAWS));
    assertEquals(0.7, share(draws, 20), 4 * Math.sqrt(0.21 / DRAWS));
    assertEquals(0.2, share(draws, 30), 4 * Math.sqrt(0.16 / DRAWS));
  }

  @Test
  void shouldNeitherOverflowNorGoBelowZeroAtTheExtremes() {
    final Distribution[] extremes = {
      new Distribution.LogNormal(Long.MAX_VALUE, 100),
      new Distribution.Exponential(Long.MAX_VALUE),
      new Distribution.Normal(Long.MAX_VALUE, Long.MAX_VALUE),
      new Distribution.Uniform(0, Long.MAX_VALUE - 1)
    };
    for (final Distribution extreme : extremes) {
      assertTrue(Arrays.stream(draws(extreme)).allMatch(v -> v >= 0), extreme.toString());
    }
    assertThrows(
        ArithmeticException.class,
        () -> new DurationSampler(1, new Distribution.Uniform(0, Long.MAX_VALUE)));
  }

  @Test
  void shouldPickByWeightAlsoAmongMany() {
    final long[] weights = new long[100];
    Arrays.setAll(weights, i -> i + 1);
    final long[] cumulative = WeightedChoice.cumulative(LongArray.of(weights));
    final double[] counts = new double[100];
    for (int i = 0; i < DRAWS; i++) {
      counts[WeightedChoice.pick(cumulative, KeyedRandom.draw(1, 2, i))]++;
    }
    double chiSquare = 0;
    for (int i = 0; i < 100; i++) {
      final double expected = DRAWS * weights[i] / 5050.0;
      chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    assertTrue(chiSquare < 149, "chi square of 99 degrees: " + chiSquare);
    assertEquals(0, WeightedChoice.pick(cumulative, 0));
    assertEquals(99, WeightedChoice.pick(cumulative, -1));
  }

  @Test
  void shouldRejectWeightsThatAreNone() {
    assertThrows(
        IllegalArgumentException.class, () -> WeightedChoice.cumulative(LongArray.of()));
    assertThrows(
        IllegalArgumentException.class, () -> WeightedChoice.cumulative(LongArray.of(1, 0)));
    assertThrows(
        ArithmeticException.class,
        () -> WeightedChoice.cumulative(LongArray.of(Long.MAX_VALUE, 1)));
  }

  private static double share(final long[] draws, final long value) {
    return Arrays.stream(draws).filter(v -> v == value).count() / (double) DRAWS;
  }

  private static long[] draws(final Distribution distribution) {
    final DurationSampler sampler = new DurationSampler(11, distribution);
    final long[] draws = new long[DRAWS];
    Arrays.setAll(draws, i -> sampler.sampleNs(KeyedRandom.vuStream(42, i), 0));
    return draws;
  }

  /** Kolmogorov and Smirnov's test against a distribution function. */
  private static void fits(final Distribution distribution, final DoubleUnaryOperator function) {
    final long[] draws = draws(distribution);
    Arrays.sort(draws);
    double distance = 0;
    for (int i = 0; i < DRAWS; i++) {
      final double expected = Math.min(1, Math.max(0, function.applyAsDouble((double) draws[i])));
      distance = Math.max(distance, Math.abs(expected - (i + 0.5) / DRAWS));
    }
    assertTrue(distance < LIMIT, distribution + ": distance " + distance);
  }

  /** The normal distribution function by Simpson's rule, good to ten digits. */
  private static double phi(final double x) {
    final int steps = 400;
    final double h = x / steps;
    double sum = 1 + Math.exp(-x * x / 2);
    for (int i = 1; i < steps; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-(i * h) * (i * h) / 2);
    }
    return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
  }
}
