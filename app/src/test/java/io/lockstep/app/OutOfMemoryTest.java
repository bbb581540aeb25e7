package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class OutOfMemoryTest {
  @Test
  void shouldTellAFullHeapFromABug() {
    final Error full = new OutOfMemoryError("Java heap space");
    assertTrue(Lockstep.isOutOfMemory(full));
    assertTrue(Lockstep.isOutOfMemory(new IllegalStateException("a shard failed", full)));
    assertFalse(Lockstep.isOutOfMemory(new OutOfMemoryError("unable to create native thread")));
    assertFalse(Lockstep.isOutOfMemory(new OutOfMemoryError(null)));
    assertFalse(Lockstep.isOutOfMemory(new IllegalStateException("x")));
  }
}
