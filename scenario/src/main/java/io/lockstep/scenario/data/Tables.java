package io.lockstep.scenario.data;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Position;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.model.DataFormat;
import io.lockstep.scenario.model.Feeder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Opens tables: reads them through once, checks all of them, and keeps where their rows are. */
public final class Tables {
  private Tables() {}

  /** The rows of a scenario file. */
  public static Table of(final Feeder.InlineRows rows) {
    return new InlineTable(rows);
  }

  /**
   * Opens a file.
   *
   * @param name what messages call it
   * @throws DataException if its content cannot be used.
   * @throws IOException if it cannot be read; its message is a reason for people.
   */
  public static Table open(final Path file, final String name, final Feeder.FileRows rows)
      throws IOException, DataException {
    final Faults faults = new Faults();
    try {
      requireFile(file, name);
      return open(file, name, rows, faults);
    } catch (final NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (final AccessDeniedException e) {
      throw new IOException("there is no permission to read it", e);
    } catch (final FileSystemException e) {
      throw new IOException(e.getReason() == null ? "it cannot be read" : e.getReason(), e);
    }
  }

  private static Table open(
      final Path file, final String name, final Feeder.FileRows rows, final Faults faults)
      throws IOException, DataException {
    Table table = null;
    try {
      table = read(file, rows, faults);
    } catch (final FileInput.NotTextException e) {
      faults.syntax(e.offset(), e.getMessage(), "save it as UTF-8 text");
    }
    if (!faults.isEmpty()) {
      throw new DataException(FaultPlaces.find(file, name, faults));
    }
    return table;
  }

  private static Table read(final Path file, final Feeder.FileRows rows, final Faults faults)
      throws IOException {
    return rows.format() == DataFormat.CSV || rows.format() == DataFormat.TSV
        ? CsvTable.read(file, rows.delimiter(), faults)
        : JsonTable.read(file, rows.format() == DataFormat.JSON_LINES, faults);
  }

  private static void requireFile(final Path file, final String name)
      throws IOException, DataException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory");
    }
    // A pipe or a device may have no end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is no regular file");
    }
    if (Files.size(file) > DataLimits.MAX_FILE_BYTES) {
      throw new DataException(
          List.of(
              Diagnostic.of(
                  Diagnostic.Kind.LIMIT,
                  new Position(name, 1, 1),
                  "the file is larger than "
                      + DataLimits.MAX_FILE_BYTES
                      + " bytes, which is the limit",
                  new Source(name, ""),
                  0,
                  List.of())));
    }
  }
}
