package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names what went wrong on a socket: by its type or errno where it has one, else by the operating
 * system's words, else by what was being done. Every I/O failure has a name.
 */
final class FailureClassifier {
  private static final int EPERM = 1;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int ENFILE = 23;
  private static final int EMFILE = 24;
  private static final int EPIPE = 32;
  private static final int EADDRINUSE = 98;
  private static final int EADDRNOTAVAIL = 99;
  private static final int ECONNABORTED = 103;
  private static final int ECONNRESET = 104;
  private static final int ETIMEDOUT = 110;
  private static final int ECONNREFUSED = 111;

  /** How Netty's native transports write the errno of a connect, which they keep nowhere else. */
  private static final Pattern ERRNO = Pattern.compile("error\\(-(\\d{1,9})\\)");

  private FailureClassifier() {}

  /**
   * Loads this class, which would otherwise be read from disk by the first failure: too late where
   * that is a lack of file descriptors.
   */
  static void prepare() {
    onConnect(new ConnectTimeoutException());
    onReceive(new ClosedChannelException());
  }

  static RequestOutcome onConnect(final Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      final RequestOutcome named = connectOutcome(at);
      if (named != null) {
        return named;
      }
    }
    return RequestOutcome.CONNECT_UNREACHABLE;
  }

  static RequestOutcome onSend(final Throwable cause) {
    return isReset(cause) ? RequestOutcome.RESET : RequestOutcome.SEND_FAILED;
  }

  static RequestOutcome onReceive(final Throwable cause) {
    return isReset(cause) ? RequestOutcome.RESET : RequestOutcome.RECEIVE_FAILED;
  }

  private static RequestOutcome connectOutcome(final Throwable cause) {
    if (cause instanceof ConnectTimeoutException) {
      return RequestOutcome.CONNECT_TIMEOUT;
    }
    if (cause instanceof NativeIoException named) {
      return byErrno(-named.expectedErr());
    }
    final Matcher numbered = ERRNO.matcher(words(cause));
    if (numbered.find()) {
      return byErrno(Integer.parseInt(numbered.group(1)));
    }
    final RequestOutcome byWords = byWords(cause);
    if (byWords != null) {
      return byWords;
    }
    if (cause instanceof NoRouteToHostException) {
      return RequestOutcome.CONNECT_UNREACHABLE;
    }
    if (cause instanceof BindException) {
      return RequestOutcome.NO_LOCAL_ADDRESS;
    }
    return null;
  }

  private static RequestOutcome byErrno(final int errno) {
    switch (errno) {
      case ECONNREFUSED:
        return RequestOutcome.CONNECT_REFUSED;
      case ETIMEDOUT:
        return RequestOutcome.CONNECT_TIMEOUT;
      case EMFILE:
      case ENFILE:
        return RequestOutcome.NO_FILE_DESCRIPTOR;
      case EAGAIN: // Linux: no local port is free
      case EADDRNOTAVAIL:
      case EADDRINUSE:
        return RequestOutcome.NO_LOCAL_ADDRESS;
      case ECONNRESET:
      case ECONNABORTED:
      case EPIPE:
        return RequestOutcome.CONNECT_RESET;
      case EPERM:
      case EACCES:
      default:
        return RequestOutcome.CONNECT_UNREACHABLE;
    }
  }

  private static RequestOutcome byWords(final Throwable cause) {
    final String words = words(cause);
    if (words.contains("too many open files")) {
      return RequestOutcome.NO_FILE_DESCRIPTOR;
    }
    if (words.contains("refused")) {
      return RequestOutcome.CONNECT_REFUSED;
    }
    if (words.contains("timed out")) {
      return RequestOutcome.CONNECT_TIMEOUT;
    }
    if (words.contains("reset")) {
      return RequestOutcome.CONNECT_RESET;
    }
    if (words.contains("cannot assign requested address")
        || words.contains("address already in use")
        || words.contains("temporarily unavailable")) {
      return RequestOutcome.NO_LOCAL_ADDRESS;
    }
    if (words.contains("unreachable")
        || words.contains("permission denied")
        || words.contains("not permitted")) {
      return RequestOutcome.CONNECT_UNREACHABLE;
    }
    return null;
  }

  private static boolean isReset(final Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof NativeIoException named) {
        final int errno = -named.expectedErr();
        return errno == ECONNRESET || errno == EPIPE || errno == ECONNABORTED;
      }
      final String words = words(at);
      if (words.contains("reset") || words.contains("broken pipe")) {
        return true;
      }
    }
    return cause instanceof ClosedChannelException;
  }

  private static String words(final Throwable cause) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
  }
}
