package io.lockstep.engine.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StallMeterTest {
  private static final long MS = 1_000_000;

  private final StallMeter meter = new StallMeter();

  @Test
  void shouldCountGapsFromAMillisecondOn() {
    meter.onCycle(MS - 1, true);
    meter.onCycle(MS, false);
    meter.onCycle(3 * MS, true);
    assertEquals(2, meter.count());
    assertEquals(4 * MS, meter.sumNs());
    assertEquals(3 * MS, meter.longestNs());
    assertEquals(4 * MS - 1, meter.busyNs());
  }

  @Test
  void shouldCountOversleptWaitsWhereNoCoarseTimerExplainsThem() {
    meter.onWake(-5 * MS);
    meter.onWake(2 * MS - 1);
    assertEquals(0, meter.count());
    meter.onWake(7 * MS);
    assertEquals(1, meter.count());
    assertEquals(7 * MS, meter.sumNs());
    assertEquals(7 * MS, meter.longestNs());
  }

  @Test
  void shouldExpectHalfAStallAtTheChanceToMeetIt() {
    assertEquals(0, meter.delayNs(0));
    for (int i = 0; i < 100; i++) {
      meter.onCycle(4 * MS, true); // 400 of 800 ms: one in two responses waits for 2 ms
    }
    assertEquals(MS, meter.delayNs(800 * MS));
  }
}
