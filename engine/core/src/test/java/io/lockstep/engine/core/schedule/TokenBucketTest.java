package io.lockstep.engine.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.Timing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  /** Level of the bucket in exact decimals: fills evenly, holds the burst, a token may be owed. */
  @Property
  void tokensAreThoseOfABucketInExactFractions(
      @ForAll @LongRange(min = 1, max = 1_000_000) final long rate,
      @ForAll @IntRange(min = 1, max = 50) final int burst,
      @ForAll @Size(max = 60) final List<@LongRange(min = 0, max = 300_000_000) Long> gaps) {
    final TokenBucket bucket = new TokenBucket(new Timing(0, 0, 0, rate, burst), 0, 1);
    final BigDecimal perNs = BigDecimal.valueOf(rate, 9);
    BigDecimal level = BigDecimal.valueOf(burst);
    long now = 0;
    for (final long gap : gaps) {
      now += gap;
      level = level.add(perNs.multiply(BigDecimal.valueOf(gap))).min(BigDecimal.valueOf(burst));
      level = level.subtract(BigDecimal.ONE);
      final long waits =
          level.signum() >= 0
              ? 0
              : level.negate().divide(perNs, 0, RoundingMode.CEILING).longValueExact();
      assertEquals(now + waits, bucket.take(now));
    }
  }

  @Property
  void noSecondSeesMoreThanTheRateAndTheBurst(
      @ForAll @LongRange(min = 1, max = 200) final long rate,
      @ForAll @IntRange(min = 1, max = 20) final int burst,
      @ForAll @IntRange(min = 1, max = 5) final int shards) {
    final List<Long> times = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      final TokenBucket bucket = new TokenBucket(new Timing(0, 0, 0, rate, burst), shard, shards);
      for (int i = 0; i < 300; i++) {
        times.add(bucket.take(0));
      }
    }
    times.sort(null);
    final int atOnce = Math.max(burst, shards);
    final long inOneSecond = times.stream().filter(time -> time < 1_000_000_000L).count();
    assertTrue(inOneSecond <= rate + atOnce + shards, inOneSecond + " in a second");
    assertEquals(atOnce, times.stream().filter(time -> time == 0).count());
  }

  @Test
  void shouldGatherNoMoreThanTheBurst() {
    final TokenBucket bucket = new TokenBucket(new Timing(0, 0, 0, 10, 3), 0, 1);
    final List<Long> times = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      times.add(bucket.take(10_000_000_000L) - 10_000_000_000L);
    }
    assertEquals(List.of(0L, 0L, 0L, 100_000_000L, 200_000_000L), times);
  }
}
