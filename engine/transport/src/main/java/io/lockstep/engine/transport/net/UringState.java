package io.lockstep.engine.transport.net;

import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Whether io_uring can be used here.
 *
 * @param reason why not; empty where it can
 * @param advice what to do about it
 * @param commands that do it
 * @param cause what the library says, {@code null} where it says nothing
 */
public record UringState(String reason, String advice, List<String> commands, Throwable cause) {
  /** Nothing stands in its way. */
  static final UringState USABLE = new UringState("", "", List.of(), null);

  /** 0: for all; 1: for a group of users and the privileged; 2: for nobody. */
  private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");

  private static final String ALLOW = "sudo sysctl -w kernel.io_uring_disabled=0";

  public UringState {
    commands = List.copyOf(commands);
  }

  /** Asks this system, which makes a small ring once. */
  public static UringState read() {
    if (IoUring.isAvailable()) {
      return IoUring.isRegisterBufferRingSupported()
          ? USABLE
          : tooOld("its kernel gives no rings of buffers", null);
    }
    return of(IoUring.unavailabilityCause(), disabled());
  }

  /**
   * Reads why there is none.
   *
   * @param disabled the kernel's setting, empty where it has none
   */
  static UringState of(final Throwable cause, final String disabled) {
    final String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (disabled.equals("2")) {
      return new UringState(
          "kernel.io_uring_disabled is 2: the system forbids it to all",
          "allow it",
          List.of(ALLOW),
          cause);
    }
    if (disabled.equals("1")) {
      return new UringState(
          "kernel.io_uring_disabled is 1: the system allows it to one group of users",
          "allow it to all, or join the group whose number is kernel.io_uring_group",
          List.of(ALLOW),
          cause);
    }
    if (words.contains("not permitted") || words.contains("permission denied")) {
      return new UringState(
          "a security profile forbids it, as that of a container does",
          "start the container with a profile that allows io_uring_setup, io_uring_enter and"
              + " io_uring_register",
          List.of("docker run --security-opt seccomp=unconfined \u2026"),
          cause);
    }
    if (words.contains("cannot allocate memory")) {
      return new UringState(
          "the limit of locked memory is too low for a ring",
          "raise it in the shell that starts Lockstep",
          List.of("ulimit -l unlimited"),
          cause);
    }
    return tooOld(cause.getMessage(), cause);
  }

  private static UringState tooOld(final String found, final Throwable cause) {
    return new UringState(
        found + "; it takes Linux 5.19 or later on x86_64 or aarch64", "", List.of(), cause);
  }

  private static String disabled() {
    try {
      return Files.readString(DISABLED).trim();
    } catch (final IOException e) {
      return "";
    }
  }

  /** Whether nothing stands in its way. */
  public boolean isUsable() {
    return reason.isEmpty();
  }

  /** The message for one who asked for it. */
  String refusal() {
    final StringBuilder text = new StringBuilder("io_uring is not available here (");
    text.append(reason).append("): ");
    if (!advice.isEmpty()) {
      text.append(advice).append(" (`").append(String.join("; ", commands)).append("`), or ");
    }
    return text.append("use the backend epoll, nio or auto").toString();
  }
}
