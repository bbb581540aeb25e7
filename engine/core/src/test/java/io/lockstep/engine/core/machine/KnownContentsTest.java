package io.lockstep.engine.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class KnownContentsTest {
  private final KnownContents known = new KnownContents();
  private final ContentHash hash = new ContentHash();

  @Test
  void shouldKnowWhatWasAdded() {
    for (int i = 1; i <= 1000; i++) {
      assertTrue(add(i, 10));
    }
    for (int i = 1; i <= 1000; i++) {
      assertFalse(add(i, 10));
    }
    assertEquals(0, known.generation());
  }

  @Test
  void shouldTellApartHashesOfOneSlot() {
    for (int i = 1; i <= 100; i++) {
      hash.high = i;
      hash.low = 7;
      assertTrue(known.add(hash, 1));
      assertFalse(known.add(hash, 1));
    }
  }

  @Test
  void shouldBeginAGenerationWhereTheNumberIsReached() {
    for (int i = 1; i <= KnownContents.MAX_CONTENTS; i++) {
      assertTrue(add(i, 1));
    }
    assertEquals(0, known.generation());
    assertFalse(add(1, 1), "what is known needs no space");
    assertTrue(add(KnownContents.MAX_CONTENTS + 1L, 1));
    assertEquals(1, known.generation());
    assertTrue(add(1, 1), "nothing is known in a new generation");
    assertFalse(add(KnownContents.MAX_CONTENTS + 1L, 1));
  }

  @Test
  void shouldBeginAGenerationWhereTheBytesAreReached() {
    final int quarter = (int) (KnownContents.MAX_BYTES / 4);
    for (int i = 1; i <= 4; i++) {
      assertTrue(add(i, quarter));
    }
    assertEquals(0, known.generation());
    assertTrue(add(5, 1));
    assertEquals(1, known.generation());
  }

  private boolean add(final long name, final int length) {
    hash.high = name;
    hash.low = name * 31;
    return known.add(hash, length);
  }
}
