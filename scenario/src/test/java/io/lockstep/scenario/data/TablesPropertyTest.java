package io.lockstep.scenario.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.model.DataFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds for any data file. */
class TablesPropertyTest {
  private static final String[] PIECES = {
    ",",
    ";",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "a",
    "b",
    "ä",
    "😀",
    "\uFEFF",
    "\u0000",
    "[",
    "]",
    "{",
    "}",
    ":",
    "{\"a\":",
    "\"a\"",
    "\\u00e4",
    "\\ud800",
    "\\",
    "null",
    "true",
    "-1e9",
    "{\"a\":1}",
    "[{\"a\":1}",
    "a,b\n",
    "1,2\n",
    " "
  };

  private static Path directory;

  @BeforeContainer
  static void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("lockstep-data");
  }

  @AfterContainer
  static void removeDirectory() throws IOException {
    Files.deleteIfExists(directory.resolve("data"));
    Files.delete(directory);
  }

  @Property(tries = 300)
  void anyRowsWrittenAsCsvAreReadAsTheyWere(@ForAll final long seed) {
    final Random random = new Random(seed);
    final int width = 1 + random.nextInt(5);
    final char delimiter = ",;|\t".charAt(random.nextInt(4));
    final String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    final List<List<String>> rows = new ArrayList<>();
    final StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
    final List<String> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      columns.add("c" + i);
    }
    csvRow(columns, delimiter, random, text);
    final int height = 1 + random.nextInt(20);
    for (int i = 0; i < height; i++) {
      final List<String> row = new ArrayList<>();
      for (int j = 0; j < width; j++) {
        row.add(value(random));
      }
      rows.add(row);
      csvRow(row, delimiter, random, text.append(end));
    }
    final Table table = texts().open(text.toString(), DataFormat.CSV, delimiter);
    assertEquals(columns, table.columns());
    assertEquals(rows, DataTexts.values(table));
  }

  private static void csvRow(
      final List<String> row, final char delimiter, final Random random, final StringBuilder out) {
    String before = "";
    for (final String value : row) {
      final boolean needsQuotes =
          value.isEmpty() || value.indexOf(delimiter) >= 0 || value.matches("(?s).*[\"\r\n].*");
      out.append(before);
      out.append(
          needsQuotes || random.nextBoolean() ? '"' + value.replace("\"", "\"\"") + '"' : value);
      before = String.valueOf(delimiter);
    }
  }

  @Property(tries = 300)
  void anyRowsWrittenAsJsonAreReadAsTheyWere(@ForAll final long seed) {
    final Random random = new Random(seed);
    final int width = 1 + random.nextInt(4);
    final boolean lines = random.nextBoolean();
    final List<List<String>> rows = new ArrayList<>();
    final StringBuilder text = new StringBuilder(lines ? "" : "[");
    final int height = 1 + random.nextInt(20);
    for (int i = 0; i < height; i++) {
      final List<String> row = new ArrayList<>();
      text.append(i == 0 ? "" : lines ? "\n" : ", ");
      for (int j = 0; j < width; j++) {
        final String value = random.nextInt(10) == 0 ? null : value(random);
        row.add(value);
        text.append(j == 0 ? "{" : " , ").append("\"c").append(j).append("\": ");
        text.append(value == null ? "null" : jsonText(value, random));
      }
      text.append('}');
      rows.add(row);
    }
    text.append(lines ? "" : "]");
    final Table table =
        texts().open(text.toString(), lines ? DataFormat.JSON_LINES : DataFormat.JSON, ',');
    assertEquals(rows, DataTexts.values(table));
  }

  private static String jsonText(final String value, final Random random) {
    final StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      final char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || random.nextInt(5) == 0) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private static String value(final Random random) {
    final String[] parts = {
      "", "x", "word", ",", ";", "\"", "\n", "\r\n", "ä", "€", " ", "|", "\t"
    };
    final StringBuilder value = new StringBuilder();
    final int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      value.append(parts[random.nextInt(parts.length)]);
    }
    return value.toString();
  }

  @Property(tries = 3_000)
  void anyBytesAreATableOrADiagnostic(@ForAll final long seed) {
    final Random random = new Random(seed);
    final byte[] bytes = random.nextBoolean() ? noise(random) : pieces(random);
    final DataFormat[] formats = DataFormat.values();
    try {
      final Table table = texts().open(bytes, formats[random.nextInt(formats.length)], ',');
      assertTrue(table.rows() > 0);
      assertFalse(table.columns().isEmpty());
      DataTexts.values(table);
    } catch (final DataException e) {
      assertFalse(e.diagnostics().isEmpty());
      e.diagnostics().forEach(found -> assertTrue(found.position().line() >= 1));
    }
  }

  private static byte[] noise(final Random random) {
    final byte[] bytes = new byte[random.nextInt(60)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] pieces(final Random random) {
    final StringBuilder text = new StringBuilder();
    final int count = random.nextInt(40);
    for (int i = 0; i < count; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  @Property(tries = 200)
  void chunksOfAnySizeGiveTheSameRows(@ForAll final long seed) {
    final Random random = new Random(seed);
    final byte[] bytes = pieces(random);
    final List<Long> whole = starts(bytes, Math.max(1, bytes.length));
    assertEquals(whole, starts(bytes, 1));
    assertEquals(whole, starts(bytes, 1 + random.nextInt(7)));
  }

  private static List<Long> starts(final byte[] bytes, final int chunk) {
    final Faults faults = new Faults();
    final CsvIndexer indexer = new CsvIndexer((byte) ',', 0, faults);
    for (int from = 0; from < bytes.length; from += chunk) {
      final int length = Math.min(chunk, bytes.length - from);
      final byte[] part = new byte[length];
      System.arraycopy(bytes, from, part, 0, length);
      indexer.scan(part, length, from);
    }
    indexer.end(bytes.length);
    final List<Long> starts = new ArrayList<>();
    for (int row = 0; row < indexer.index().rows(); row++) {
      starts.add(indexer.index().start(row));
    }
    faults.sorted().forEach(fault -> starts.add(-fault.offset()));
    return starts;
  }

  @Property(tries = 500)
  void theCheckOfUtf8AgreesWithThePlatforms(@ForAll final long seed) {
    final Random random = new Random(seed);
    final byte[] bytes = "aä€😀zzzzzzzzzzzz".repeat(3).getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(255) + 1);
    }
    final boolean valid =
        Arrays.equals(
            bytes, new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
    final Utf8Scan scan = new Utf8Scan();
    final int cut = random.nextInt(bytes.length);
    final long first = scan.check(bytes, 0, cut, 0);
    final long second =
        first == Utf8Scan.NONE ? scan.check(bytes, cut, bytes.length - cut, cut) : first;
    assertEquals(valid, second == Utf8Scan.NONE && scan.end() == Utf8Scan.NONE);
  }

  private static DataTexts texts() {
    return new DataTexts(directory);
  }
}
