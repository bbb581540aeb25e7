package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UringStateTest {
  private final Throwable forbidden = new IOException("Operation not permitted");
  private static final String INSTEAD = "use the backend epoll, nio or auto";

  @Test
  void shouldSayHowASystemThatForbidsItAllowsIt() {
    final UringState state = UringState.of(forbidden, "2");
    assertFalse(state.isUsable());
    assertEquals(List.of("sudo sysctl -w kernel.io_uring_disabled=0"), state.commands());
    assertEquals(
        "io_uring is not available here (kernel.io_uring_disabled is 2: the system forbids it to"
            + " all): allow it (`sudo sysctl -w kernel.io_uring_disabled=0`), or "
            + INSTEAD,
        state.refusal());
    assertTrue(UringState.of(forbidden, "1").advice().contains("kernel.io_uring_group"));
  }

  @Test
  void shouldTellAContainersProfileFromTheSystemsSetting() {
    final UringState state = UringState.of(forbidden, "0");
    assertTrue(state.reason().contains("a security profile forbids it"), state.reason());
    assertTrue(state.refusal().contains("seccomp=unconfined"), state.refusal());
    assertEquals(state, UringState.of(forbidden, ""));
  }

  @Test
  void shouldNameTheLimitThatIsTooLow() {
    final Throwable cause = new IOException("Cannot allocate memory");
    assertEquals(List.of("ulimit -l unlimited"), UringState.of(cause, "0").commands());
  }

  @Test
  void shouldSayWhatItTakesWhereThereIsNone() {
    final UringState state = UringState.of(new UnsatisfiedLinkError("no library"), "");
    assertEquals(
        "io_uring is not available here (no library; it takes Linux 5.19 or later on x86_64 or"
            + " aarch64): "
            + INSTEAD,
        state.refusal());
  }
}
