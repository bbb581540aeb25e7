package io.lockstep.scenario.data;

import io.lockstep.scenario.model.Feeder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Rows that stand in the scenario file itself. */
final class InlineTable implements Table {
  private final List<String> columns;
  private final byte[][] values;
  private final int rows;
  private final String digest;

  InlineTable(final Feeder.InlineRows inline) {
    columns = inline.columns();
    rows = inline.rows().size();
    values =
        inline.rows().stream()
            .flatMap(List::stream)
            .map(value -> value.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    digest = digest(columns, values);
  }

  /**
   * Of the number of columns, their names and all values in order: numbers big endian in four
   * bytes, texts as their length in UTF-8 bytes and those bytes.
   */
  private static String digest(final List<String> columns, final byte[][] values) {
    try {
      final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(number(columns.size()));
      for (final String column : columns) {
        put(sha256, column.getBytes(StandardCharsets.UTF_8));
      }
      for (final byte[] value : values) {
        put(sha256, value);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void put(final MessageDigest sha256, final byte[] text) {
    sha256.update(number(text.length));
    sha256.update(text);
  }

  private static byte[] number(final int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public Optional<Path> file() {
    return Optional.empty();
  }

  @Override
  public int read(final long row, final int column, final byte[] into, final int offset) {
    Objects.checkIndex(row, (long) rows);
    Objects.checkIndex(column, columns.size());
    final byte[] value = values[(int) row * columns.size() + column];
    if (value.length <= into.length - offset) {
      System.arraycopy(value, 0, into, offset, value.length);
    }
    return value.length;
  }

  @Override
  public Table at(final Path copy) {
    throw new IllegalStateException("rows of the scenario file have no copy, not even " + copy);
  }
}
