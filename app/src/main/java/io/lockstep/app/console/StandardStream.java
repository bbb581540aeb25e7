package io.lockstep.app.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream of the process that loses nothing silently: UTF-8 whatever the locale, and a write that
 * fails ends the command by {@link LostOutputException}, where a {@link PrintStream} would go on.
 */
final class StandardStream extends OutputStream {
  private final OutputStream out;

  StandardStream(final OutputStream out) {
    this.out = out;
  }

  /** Standard output. */
  static PrintStream stdout() {
    return print(new FileOutputStream(FileDescriptor.out));
  }

  /** The same for any stream. */
  static PrintStream print(final OutputStream out) {
    return new PrintStream(
        new StandardStream(new BufferedOutputStream(out)), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(final int value) {
    try {
      out.write(value);
    } catch (final IOException e) {
      throw new LostOutputException(e);
    }
  }

  @Override
  public void write(final byte[] bytes, final int offset, final int length) {
    try {
      out.write(bytes, offset, length);
    } catch (final IOException e) {
      throw new LostOutputException(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (final IOException e) {
      throw new LostOutputException(e);
    }
  }
}
