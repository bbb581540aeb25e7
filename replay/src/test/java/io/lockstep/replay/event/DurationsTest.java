package io.lockstep.replay.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0ns",
    "1, 1ns",
    "999, 999ns",
    "1000, 1us",
    "1204345, 1.204345ms",
    "10300000, 10.3ms",
    "3600000000001, 3600.000000001s",
    "-1500, -1.5us"
  })
  void shouldShowEveryDigit(final long ns, final String text) {
    assertEquals(text, Durations.exact(ns));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7ns",
    "999, 999ns",
    "1000, 1.00us",
    "1204345, 1.20ms",
    "12043450, 12.0ms",
    "345678, 346us",
    "999600, 1.00ms",
    "1000000000, 1.00s",
    "9996000000, 10.0s",
    "12345678901, 12.3s",
    "4321000000000, 4321.0s"
  })
  void shouldShowThreeDigits(final long ns, final String text) {
    assertEquals(text, Durations.rounded(ns));
  }

  @Property
  void exactTextsOfDifferentTimesDiffer(
      @ForAll @LongRange(min = 0, max = 1L << 50) final long one,
      @ForAll @LongRange(min = 1, max = 5_000) final long more) {
    assertNotEquals(Durations.exact(one), Durations.exact(one + more));
  }
}
