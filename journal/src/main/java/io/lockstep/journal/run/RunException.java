package io.lockstep.journal.run;

import io.lockstep.journal.queue.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A run directory cannot be made or found. The message says what, where and what to do. */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is. */
  public enum Kind {
    /** The user named a run that is taken, missing or impossible. */
    INPUT,
    /** The file system refused. */
    IO
  }

  private final Kind kind;

  RunException(final Kind kind, final String message) {
    super(message);
    this.kind = kind;
  }

  RunException(final String message, final Throwable cause) {
    super(message, cause);
    this.kind = Kind.IO;
  }

  /** What the user named is not as the run needs it. */
  public static RunException input(final String message) {
    return new RunException(Kind.INPUT, message);
  }

  static RunException idTaken(final Path path, final String id) {
    return new RunException(
        Kind.INPUT,
        String.format(
            Locale.ROOT,
            "run id '%s' is taken: %s exists; choose another --name or delete it",
            id,
            path));
  }

  static RunException inUse(final Path path) {
    return new RunException(
        Kind.INPUT,
        String.format(
            Locale.ROOT,
            "%s is being written by another process; wait for it or choose another --name",
            path));
  }

  static RunException cannotRead(final Path file, final IOException e) {
    return new RunException(
        String.format(Locale.ROOT, "cannot read %s: %s", file, IoReason.of(e)), e);
  }

  static RunException notWritable(final Path path, final IOException e) {
    return new RunException(
        String.format(
            Locale.ROOT,
            "cannot write to %s: %s; choose another --out or change its permissions",
            path,
            IoReason.of(e)),
        e);
  }

  /** Whose fault it is. */
  public Kind kind() {
    return kind;
  }
}
