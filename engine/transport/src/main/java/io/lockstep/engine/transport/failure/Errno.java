package io.lockstep.engine.transport.failure;

import java.util.Optional;

/** Errors of the operating system that sockets meet, by Linux' numbers and words. */
public enum Errno {
  /** Operation not permitted. */
  EPERM(1, "Operation not permitted", "not permitted"),
  /** Interrupted system call. */
  EINTR(4, "Interrupted system call", "interrupted system call"),
  /** Input/output error. */
  EIO(5, "Input/output error", "input/output error"),
  /** Bad file descriptor. */
  EBADF(9, "Bad file descriptor", "bad file descriptor"),
  /** Resource temporarily unavailable. */
  EAGAIN(11, "Resource temporarily unavailable", "temporarily unavailable"),
  /** Cannot allocate memory. */
  ENOMEM(12, "Cannot allocate memory", "cannot allocate memory"),
  /** Permission denied. */
  EACCES(13, "Permission denied", "permission denied"),
  /** Invalid argument. */
  EINVAL(22, "Invalid argument", "invalid argument"),
  /** Too many open files in system. */
  ENFILE(23, "Too many open files in system", "too many open files in system"),
  /** Too many open files. */
  EMFILE(24, "Too many open files", "too many open files"),
  /** Broken pipe. */
  EPIPE(32, "Broken pipe", "broken pipe"),
  /** Protocol error. */
  EPROTO(71, "Protocol error", "protocol error"),
  /** Address already in use. */
  EADDRINUSE(98, "Address already in use", "address already in use"),
  /** Cannot assign requested address. */
  EADDRNOTAVAIL(99, "Cannot assign requested address", "cannot assign requested address"),
  /** Network is down. */
  ENETDOWN(100, "Network is down", "network is down"),
  /** Network is unreachable. */
  ENETUNREACH(101, "Network is unreachable", "network is unreachable"),
  /** Network dropped connection on reset. */
  ENETRESET(102, "Network dropped connection on reset", "dropped connection on reset"),
  /** Software caused connection abort. */
  ECONNABORTED(103, "Software caused connection abort", "connection abort"),
  /** Connection reset by peer. */
  ECONNRESET(104, "Connection reset by peer", "connection reset"),
  /** No buffer space available. */
  ENOBUFS(105, "No buffer space available", "no buffer space"),
  /** Connection timed out. */
  ETIMEDOUT(110, "Connection timed out", "timed out"),
  /** Connection refused. */
  ECONNREFUSED(111, "Connection refused", "refused"),
  /** Host is down. */
  EHOSTDOWN(112, "Host is down", "host is down"),
  /** No route to host. */
  EHOSTUNREACH(113, "No route to host", "no route to host"),
  /** No such file or directory. */
  ENOENT(2, "No such file or directory", "no such file");

  private final int number;
  private final String text;
  private final String clue;

  Errno(final int number, final String message, final String clue) {
    this.number = number;
    this.text = name() + ": " + message;
    this.clue = clue;
  }

  /** Its name and the system's words for it. */
  public String text() {
    return text;
  }

  /** The error of a number. */
  static Optional<Errno> of(final int number) {
    for (final Errno value : values()) {
      if (value.number == number) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** The error that words in lower case speak of, where they are the system's. */
  static Optional<Errno> in(final String words) {
    for (final Errno value : values()) {
      if (words.contains(value.clue)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
