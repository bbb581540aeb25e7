package io.lockstep.engine.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.BitSet;
import net.openhft.affinity.Affinity;
import org.junit.jupiter.api.Test;

class PinningTest {
  /** More than any machine that this is tested on has. */
  private static final int NO_CPU = 1_000;

  @Test
  void shouldTryACpuOutWithoutMovingTheCaller() {
    final BitSet before = Affinity.getAffinity();
    assumeTrue(!before.isEmpty(), "this system does not pin");
    for (int cpu = before.nextSetBit(0); cpu >= 0; cpu = before.nextSetBit(cpu + 1)) {
      assertTrue(Pinning.allows(cpu), "CPU " + cpu);
    }
    assertFalse(Pinning.allows(NO_CPU));
    assertEquals(before, Affinity.getAffinity());
  }
}
