package io.lockstep.scenario.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Rows of a JSON file: objects in an array, or one after another. */
final class JsonTable implements Table {
  private final MappedText text;
  private final RowIndex index;
  private final List<String> columns;
  private final byte[][] keys;
  private final String digest;

  private JsonTable(
      final MappedText text,
      final RowIndex index,
      final List<String> columns,
      final String digest) {
    this.text = text;
    this.index = index;
    this.columns = List.copyOf(columns);
    this.digest = digest;
    keys =
        columns.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /** Reads a file through; {@code null} where there are faults. */
  static JsonTable read(final Path file, final boolean lines, final Faults faults)
      throws IOException {
    final JsonIndexer indexer;
    final String digest;
    final long length;
    try (FileInput in = new FileInput(file)) {
      indexer = JsonIndexer.read(in, in.start(), lines, faults);
      if (!faults.isEmpty()) {
        return null;
      }
      length = in.position();
      digest = in.digest();
    }
    final MappedText text = MappedText.map(file);
    if (text.length() != length) {
      throw new IOException("its length changed while it was read");
    }
    return new JsonTable(text, indexer.index(), indexer.columns(), digest);
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
    final long start = index.start(row);
    return JsonRow.read(text.segment(start), text.local(start), keys[column], into, offset);
  }

  @Override
  public Table at(final Path copy) throws IOException {
    return new JsonTable(text.copiedTo(copy), index, columns, digest);
  }
}
