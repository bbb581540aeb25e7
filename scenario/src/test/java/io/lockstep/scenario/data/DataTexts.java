package io.lockstep.scenario.data;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lockstep.scenario.model.DataFormat;
import io.lockstep.scenario.model.Feeder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Opens texts as data files. */
final class DataTexts {
  private final Path file;

  DataTexts(final Path directory) {
    file = directory.resolve("data");
  }

  Table csv(final String text) {
    return open(text, DataFormat.CSV, ',');
  }

  Table open(final String text, final DataFormat format, final char delimiter) {
    try {
      return open(text.getBytes(StandardCharsets.UTF_8), format, delimiter);
    } catch (final DataException e) {
      throw new AssertionError(rendered(e), e);
    }
  }

  Table open(final byte[] bytes, final DataFormat format, final char delimiter)
      throws DataException {
    try {
      Files.write(file, bytes);
      return Tables.open(file, "users", new Feeder.FileRows("users", format, (byte) delimiter));
    } catch (final IOException e) {
      throw new AssertionError(e);
    }
  }

  /** All that is wrong, as a user sees it. */
  String error(final String text, final DataFormat format) {
    return error(text.getBytes(StandardCharsets.UTF_8), format);
  }

  String error(final byte[] bytes, final DataFormat format) {
    return rendered(assertThrows(DataException.class, () -> open(bytes, format, ',')));
  }

  private static String rendered(final DataException e) {
    return e.diagnostics().stream().map(d -> d.render()).collect(Collectors.joining());
  }

  /** All values, row by row. */
  static List<List<String>> values(final Table table) {
    final List<List<String>> rows = new ArrayList<>();
    for (long row = 0; row < table.rows(); row++) {
      final List<String> values = new ArrayList<>();
      for (int column = 0; column < table.columns().size(); column++) {
        values.add(table.text(row, column));
      }
      rows.add(values);
    }
    return rows;
  }
}
