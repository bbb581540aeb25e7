package io.lockstep.app.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SeededBehaviourTest {
  private static final int DRAWS = 10_000;

  @Test
  void shouldRepeatItselfForASeed() {
    assertEquals(latencies(7), latencies(7));
    assertNotEquals(latencies(7), latencies(8));
  }

  @Test
  void shouldFailAsOftenAsAsked() {
    final SeededBehaviour behaviour =
        new SeededBehaviour(1, LatencyText.parse("0ms"), 0.1);
    final long failures = LongStream.range(0, DRAWS).filter(behaviour::isFailure).count();
    assertTrue(failures > 900 && failures < 1_100, "failures: " + failures);
  }

  @Test
  void shouldNeverOrAlwaysFailAtTheEnds() {
    final SeededBehaviour never = new SeededBehaviour(1, LatencyText.parse("0ms"), 0);
    final SeededBehaviour always = new SeededBehaviour(1, LatencyText.parse("0ms"), 1);
    assertTrue(IntStream.range(0, DRAWS).noneMatch(never::isFailure));
    assertTrue(IntStream.range(0, DRAWS).allMatch(always::isFailure));
  }

  @Test
  void shouldStayWithinAUniformDistribution() {
    final SeededBehaviour behaviour =
        new SeededBehaviour(3, LatencyText.parse("uniform(1.5ms, 2ms)"), 0);
    for (int i = 0; i < DRAWS; i++) {
      final long ns = behaviour.latencyNs(i);
      assertTrue(ns >= 1_500_000 && ns <= 2_000_000, "latency " + ns + " of request " + i);
    }
  }

  private static List<Long> latencies(final long seed) {
    final SeededBehaviour behaviour =
        new SeededBehaviour(seed, LatencyText.parse("lognormal(20ms,0.5)"), 0);
    return LongStream.range(0, 100).mapToObj(behaviour::latencyNs).toList();
  }
}
