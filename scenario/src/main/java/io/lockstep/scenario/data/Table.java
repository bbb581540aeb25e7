package io.lockstep.scenario.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Rows of values under named columns, all of them checked. Immutable, so safe for any number of
 * threads. Its memory, mapped or not, goes when nobody refers to it any more.
 */
public interface Table {
  /** Stands for the length of a value that is null. */
  int NULL_VALUE = -1;

  /** Names, each once, in the order of the first row or header. */
  List<String> columns();

  /** How many rows there are; at least one. */
  long rows();

  /** SHA-256 in hex: of the whole file, or of the canonical form of rows that have none. */
  String digest();

  /** The file that the rows are read from; empty where they stand in the scenario file. */
  Optional<Path> file();

  /**
   * Copies a value as UTF-8 into a buffer, from an offset on. Allocates nothing.
   *
   * @return its length, or {@link #NULL_VALUE}. Where that is more than the buffer has room for,
   *     what the buffer has from the offset on is of no use, and a larger one is needed.
   * @throws IndexOutOfBoundsException if there is no such row or column.
   */
  int read(long row, int column, byte[] into, int offset);

  /** A value as text, or {@code null}. */
  default String text(final long row, final int column) {
    byte[] buffer = new byte[128];
    int length = read(row, column, buffer, 0);
    if (length > buffer.length) {
      buffer = new byte[length];
      length = read(row, column, buffer, 0);
    }
    return length == NULL_VALUE ? null : new String(buffer, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * The same rows, read from a copy of the file from now on.
   *
   * @param copy has the same bytes, which the caller vouches for
   * @throws IOException if it cannot be read, or has another length.
   */
  Table at(Path copy) throws IOException;
}
