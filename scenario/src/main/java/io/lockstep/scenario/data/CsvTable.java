package io.lockstep.scenario.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Rows of a CSV file. A value is found by walking its row from the start, which is known to be well
 * formed.
 */
final class CsvTable implements Table {
  private static final byte QUOTE = '"';
  private static final int CHUNK = 1 << 18;

  private final MappedText text;
  private final RowIndex index;
  private final byte delimiter;
  private final List<String> columns;
  private final String digest;

  private CsvTable(
      final MappedText text,
      final RowIndex index,
      final byte delimiter,
      final List<String> columns,
      final String digest) {
    this.text = text;
    this.index = index;
    this.delimiter = delimiter;
    this.columns = List.copyOf(columns);
    this.digest = digest;
  }

  /** Reads a file through; {@code null} where there are faults. */
  static CsvTable read(final Path file, final byte delimiter, final Faults faults)
      throws IOException {
    final CsvIndexer indexer;
    final String digest;
    final long length;
    try (FileInput in = new FileInput(file)) {
      indexer = new CsvIndexer(delimiter, in.start(), faults);
      final byte[] chunk = new byte[CHUNK];
      while (!indexer.isLost()) {
        final long base = in.position();
        final int read = in.read(chunk, 0, CHUNK);
        if (read < 0) {
          break;
        }
        indexer.scan(chunk, read, base);
      }
      length = in.position();
      indexer.end(length);
      digest = in.digest();
    }
    if (!indexer.hasHeader() && faults.isEmpty()) {
      faults.syntax(0, "the file is empty", "its first line names the columns");
    }
    if (!indexer.hasHeader()) {
      return null;
    }
    if (indexer.index().rows() == 0 && faults.isEmpty()) {
      faults.syntax(length, "the file has a header but no row");
    }
    final MappedText text = MappedText.map(file);
    if (text.length() != length && faults.isEmpty()) {
      throw new IOException("its length changed while it was read");
    }
    final List<String> columns =
        columns(new CsvTable(text, indexer.index(), delimiter, List.of(), ""), indexer, faults);
    return faults.isEmpty()
        ? new CsvTable(text, indexer.index(), delimiter, columns, digest)
        : null;
  }

  private static List<String> columns(
      final CsvTable table, final CsvIndexer indexer, final Faults faults) {
    final List<String> columns = new ArrayList<>();
    final Map<String, Integer> columnByName = new HashMap<>();
    for (int i = 0; i < indexer.columns(); i++) {
      final String name = table.textAt(indexer.headerStart(), i);
      final long offset = table.find(indexer.headerStart(), i);
      ColumnNames.fault(name, i).ifPresent(fault -> faults.syntax(offset, fault));
      final Integer first = columnByName.putIfAbsent(name, i);
      if (first != null && !name.isBlank()) {
        faults.syntax(offset, ColumnNames.repeated(name, first, i));
      }
      columns.add(name);
    }
    return columns;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public long rows() {
    return index.rows();
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(text.file());
  }

  @Override
  public int read(final long row, final int column, final byte[] into, final int offset) {
    Objects.checkIndex(column, columns.size());
    return copy(find(index.start(row), column), into, offset);
  }

  @Override
  public Table at(final Path copy) throws IOException {
    return new CsvTable(text.copiedTo(copy), index, delimiter, columns, digest);
  }

  private String textAt(final long rowStart, final int column) {
    final long start = find(rowStart, column);
    final byte[] bytes = new byte[copy(start, new byte[0], 0)];
    copy(start, bytes, 0);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Where a value of the row starts. */
  private long find(final long rowStart, final int column) {
    final ByteBuffer segment = text.segment(rowStart);
    final int first = text.local(rowStart);
    int at = first;
    for (int skipped = 0; skipped < column; skipped++) {
      if (segment.get(at) == QUOTE) {
        at = afterQuotes(segment, at + 1);
      } else {
        while (segment.get(at) != delimiter) {
          at++;
        }
      }
      at++;
    }
    return rowStart + at - first;
  }

  private static int afterQuotes(final ByteBuffer segment, final int from) {
    int at = from;
    while (true) {
      if (segment.get(at) != QUOTE) {
        at++;
      } else if (at + 1 < segment.limit() && segment.get(at + 1) == QUOTE) {
        at += 2;
      } else {
        return at + 1;
      }
    }
  }

  private int copy(final long start, final byte[] into, final int offset) {
    final int at = text.local(start);
    // The last value of a file may be empty and lie where the file ends.
    if (start >= text.length()) {
      return 0;
    }
    final ByteBuffer segment = text.segment(start);
    return segment.get(at) == QUOTE
        ? copyQuoted(segment, at + 1, into, offset)
        : copyPlain(segment, at, into, offset);
  }

  private int copyPlain(
      final ByteBuffer segment, final int from, final byte[] into, final int offset) {
    int to = from;
    while (to < segment.limit() && !endsPlain(segment.get(to))) {
      to++;
    }
    final int length = to - from;
    if (length <= into.length - offset) {
      segment.get(from, into, offset, length);
    }
    return length;
  }

  private boolean endsPlain(final byte b) {
    return b == delimiter || b == '\n' || b == '\r';
  }

  private static int copyQuoted(
      final ByteBuffer segment, final int from, final byte[] into, final int offset) {
    int at = from;
    int to = offset;
    while (true) {
      final byte b = segment.get(at);
      if (b == QUOTE) {
        if (at + 1 >= segment.limit() || segment.get(at + 1) != QUOTE) {
          return to - offset;
        }
        at++;
      }
      if (to < into.length) {
        into[to] = b;
      }
      to++;
      at++;
    }
  }
}
