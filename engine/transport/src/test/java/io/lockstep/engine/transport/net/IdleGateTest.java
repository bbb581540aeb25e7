package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IdleGateTest {
  @Test
  void shouldStayShutForItsTimeUnlessThereIsSomethingToDo() {
    final IdleGate gate = new IdleGate(1_000);
    assertFalse(gate.isShut(0));
    gate.shut(500);
    assertTrue(gate.isShut(501));
    assertTrue(gate.isShut(1_499));
    assertFalse(gate.isShut(1_500));
    gate.shut(2_000);
    gate.open();
    assertFalse(gate.isShut(2_001));
  }

  @Test
  void shouldNeverBeShutWithoutATime() {
    final IdleGate gate = new IdleGate(0);
    gate.shut(500);
    assertFalse(gate.isShut(500));
  }
}
