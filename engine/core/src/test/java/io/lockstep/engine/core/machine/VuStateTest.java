package io.lockstep.engine.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class VuStateTest {
  /** The table of design section 3 and what pages add to it, written out a second time. */
  private static final Set<String> LEGAL =
      Set.of(
          "NONE SPAWNED",
          "SPAWNED READY",
          "SPAWNED COMPLETE",
          "READY EXECUTING",
          "READY COMPLETE",
          "EXECUTING WAITING",
          "WAITING READY",
          "WAITING EXECUTING",
          "WAITING COMPLETE");

  @Test
  void shouldAllowTheDesignsTransitionsAndNoOther() {
    for (final VuState from : VuState.values()) {
      for (final VuState to : VuState.values()) {
        assertEquals(
            LEGAL.contains(from + " " + to),
            VuState.isLegal(from.code(), to.code()),
            from + " to " + to);
      }
    }
  }

  @Test
  void shouldKeepTheCodesOfJournals() {
    for (int code = 0; code < VuState.values().length; code++) {
      assertEquals(code, VuState.of(code).code());
    }
    assertThrows(IllegalArgumentException.class, () -> VuState.of(6));
    assertThrows(IllegalArgumentException.class, () -> VuState.of(-1));
  }
}
