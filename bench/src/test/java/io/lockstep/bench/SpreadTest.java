package io.lockstep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lockstep.bench.measure.Spread;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void shouldTakeTheMiddleOrTheMeanOfTheTwoMiddleOnes() {
    assertEquals(new Spread(2, 1, 9), Spread.of(9, 1, 2));
    assertEquals(new Spread(2.5, 1, 9), Spread.of(9, 3, 1, 2));
  }

  @Test
  void shouldPrintMedianAndRange() {
    assertEquals("1,234.50  [1.00 .. 2,000.00]", new Spread(1234.5, 1, 2000).text(2));
  }

  @Test
  void shouldRejectNothing() {
    assertThrows(IllegalArgumentException.class, Spread::of);
  }
}
