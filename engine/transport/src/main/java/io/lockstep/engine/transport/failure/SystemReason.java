package io.lockstep.engine.transport.failure;

import io.lockstep.engine.core.port.FailureReason;
import io.netty.channel.unix.Errors.NativeIoException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a socket failed, as the operating system says it. */
public final class SystemReason {
  /** How Netty's native transports write the errno of a connect, which they keep nowhere else. */
  private static final Pattern ERRNO = Pattern.compile("error\\(-(\\d{1,9})\\)");

  /** Addresses and ports, which are others each time. */
  private static final Pattern PLACES =
      Pattern.compile(
          "(: )?[\\w.-]*/?(\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-fA-F]*(:[0-9a-fA-F]*){2,7}\\]?)(:\\d{1,5})?");

  private SystemReason() {}

  /** The reason of an I/O failure; a {@link FailureReason}. What caused it tells most. */
  public static String of(final Throwable cause) {
    boolean isClosed = false;
    for (Throwable at = cause; at != null; at = at.getCause()) {
      final Optional<String> known = known(at);
      if (known.isPresent()) {
        return known.get();
      }
      isClosed |= at instanceof ClosedChannelException;
    }
    if (isClosed) {
      return "the connection was closed already";
    }
    final String message = cause.getMessage();
    final String name = cause.getClass().getSimpleName();
    final String words = message == null ? "" : PLACES.matcher(message).replaceAll("").strip();
    return FailureReason.of(words.isEmpty() ? name : name + ": " + words);
  }

  private static Optional<String> known(final Throwable cause) {
    if (cause instanceof NativeIoException named) {
      return Optional.of(text(-named.expectedErr(), cause));
    }
    final String words = String.valueOf(cause.getMessage());
    final Matcher numbered = ERRNO.matcher(words);
    if (numbered.find()) {
      return Optional.of(text(Integer.parseInt(numbered.group(1)), cause));
    }
    return Errno.in(words.toLowerCase(Locale.ROOT)).map(Errno::text);
  }

  private static String text(final int errno, final Throwable cause) {
    return Errno.of(errno)
        .map(Errno::text)
        .orElseGet(
            () ->
                FailureReason.of(
                    "errno " + errno + ": " + PLACES.matcher(words(cause)).replaceAll("")));
  }

  private static String words(final Throwable cause) {
    return String.valueOf(cause.getMessage());
  }
}
