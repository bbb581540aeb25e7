package io.lockstep.engine.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class KeyedRandomTest {
  private static final int DRAWS = 100_000;

  /** {@code random_vectors.py} made them, from the definitions. */
  @Test
  void shouldGiveTheCommittedVectors() throws IOException {
    final List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                KeyedRandomTest.class.getResourceAsStream("/random-vectors.csv"),
                StandardCharsets.UTF_8))) {
      lines = reader.lines().skip(1).toList();
    }
    assertEquals(60, lines.size());
    for (final String line : lines) {
      final long[] v =
          Arrays.stream(line.split(",", -1)).mapToLong(s -> Long.parseUnsignedLong(s, 16)).toArray();
      final long scenario = KeyedRandom.scenarioStream(v[0], v[1]);
      final long iteration =
          KeyedRandom.iterationStream(KeyedRandom.vuStream(scenario, v[2]), v[2]);
      final long draw = KeyedRandom.draw(iteration, v[1], v[2]);
      assertEquals(v[3], iteration, line);
      assertEquals(v[4], KeyedRandom.arrivalStream(scenario, v[2]), line);
      assertEquals(v[5], draw, line);
      assertEquals(v[6], KeyedRandom.second(draw), line);
      assertEquals(v[7] * 0x1.0p-53, KeyedRandom.unit(draw), line);
      assertEquals((v[7] + 1) * 0x1.0p-53, KeyedRandom.positiveUnit(draw), line);
      assertEquals(v[9], KeyedRandom.below(draw, v[8]), line);
    }
  }

  @Property
  void belowIsTheHighHalfOfTheUnsignedProduct(
      @ForAll final long draw, @ForAll @LongRange(min = 1) final long bound) {
    final BigInteger unsigned = new BigInteger(Long.toUnsignedString(draw));
    assertEquals(
        unsigned.multiply(BigInteger.valueOf(bound)).shiftRight(64).longValueExact(),
        KeyedRandom.below(draw, bound));
  }

  @Property
  void unitsStayInTheirIntervals(@ForAll final long draw) {
    assertTrue(KeyedRandom.unit(draw) >= 0 && KeyedRandom.unit(draw) < 1);
    assertTrue(KeyedRandom.positiveUnit(draw) > 0 && KeyedRandom.positiveUnit(draw) <= 1);
  }

  /**
   * Kolmogorov and Smirnov's distance of each way that keys vary; for a fixed seed it is a constant,
   * and 1.95 / sqrt(n) is exceeded by one honest generator in a thousand.
   */
  @Test
  void shouldBeUniformAlongEachKey() {
    final long stream = KeyedRandom.scenarioStream(42, 7);
    uniform("counter", i -> KeyedRandom.draw(stream, 1, i));
    uniform("site", i -> KeyedRandom.draw(stream, i, 0));
    uniform("vu", i -> KeyedRandom.draw(KeyedRandom.vuStream(stream, i), 1, 0));
    uniform("arrival", i -> KeyedRandom.draw(KeyedRandom.arrivalStream(stream, i), 1, 0));
    uniform("seed", i -> KeyedRandom.draw(KeyedRandom.scenarioStream(i, 7), 1, 0));
    uniform("second", i -> KeyedRandom.second(KeyedRandom.draw(stream, 1, i)));
  }

  @Test
  void shouldNotCorrelateNeighbours() {
    final long stream = KeyedRandom.scenarioStream(42, 7);
    double along = 0;
    double across = 0;
    double second = 0;
    for (long i = 0; i < DRAWS; i++) {
      final long vu = KeyedRandom.vuStream(stream, i);
      final long draw = KeyedRandom.draw(vu, 1, 0);
      along += centred(draw) * centred(KeyedRandom.draw(vu, 1, 1));
      across += centred(draw) * centred(KeyedRandom.draw(KeyedRandom.vuStream(stream, i + 1), 1, 0));
      second += centred(draw) * centred(KeyedRandom.second(draw));
    }
    // Twelve times the mean product is normal with deviation 1 / sqrt(n): four of them.
    final double limit = 4 / Math.sqrt(DRAWS);
    assertEquals(0, 12 * along / DRAWS, limit);
    assertEquals(0, 12 * across / DRAWS, limit);
    assertEquals(0, 12 * second / DRAWS, limit);
  }

  private static double centred(final long draw) {
    return KeyedRandom.unit(draw) - 0.5;
  }

  private static void uniform(final String along, final LongUnaryOperator draws) {
    final double[] values = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      values[i] = KeyedRandom.unit(draws.applyAsLong(i));
    }
    Arrays.sort(values);
    double distance = 0;
    for (int i = 0; i < DRAWS; i++) {
      distance = Math.max(distance, Math.abs(values[i] - (i + 0.5) / DRAWS));
    }
    assertTrue(distance < 1.95 / Math.sqrt(DRAWS), along + ": distance " + distance);
  }
}
