package io.lockstep.scenario.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.lockstep.scenario.model.DataFormat;
import io.lockstep.scenario.model.Feeder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A million rows: read quickly, which is measured and told, and without keeping them. */
class MillionRowsTest {
  private static final int ROWS = 1_000_000;

  /** The longest chunk read at once, Jackson's buffers, one index entry per group of rows. */
  private static final long MOST_ALLOCATED = 4L << 20;

  @TempDir private Path directory;

  @Test
  void shouldIndexAMillionRowsOfCsvInLittleHeap(final TestReporter reporter) throws Exception {
    final Path file = directory.resolve("users.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("id,name,email,city\n");
      for (int i = 0; i < ROWS; i++) {
        out.write(i + ",\"User " + i + "\",user" + i + "@example.org,Zürich\n");
      }
    }
    final Feeder.FileRows rows = new Feeder.FileRows("users.csv", DataFormat.CSV, (byte) ',');
    final Table table = measured(file, rows, reporter, 3);
    assertEquals(ROWS, table.rows());
    for (int row = 0; row < ROWS; row += 9_973) {
      assertEquals("User " + row, table.text(row, 1));
      assertEquals("Zürich", table.text(row, 3));
    }
    final byte[] value = new byte[64];
    final long before = allocated();
    long length = 0;
    for (int row = 0; row < ROWS; row++) {
      length += table.read(row, 2, value, 0);
    }
    assertTrue(length > 20L * ROWS / 2);
    assertTrue(allocated() - before < 1 << 16, "reading allocates");
  }

  @Test
  void shouldIndexManyRowsOfJson(final TestReporter reporter) throws Exception {
    final int few = ROWS / 5;
    final Path file = directory.resolve("users.jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (int i = 0; i < few; i++) {
        out.write("{\"id\": " + i + ", \"name\": \"User " + i + "\", \"city\": \"Zürich\"}\n");
      }
    }
    final Feeder.FileRows rows =
        new Feeder.FileRows("users.jsonl", DataFormat.JSON_LINES, (byte) ',');
    final Table table = measured(file, rows, reporter, 2);
    assertEquals(few, table.rows());
    assertEquals("User 199999", table.text(199_999, 1));
  }

  private static Table measured(
      final Path file, final Feeder.FileRows rows, final TestReporter reporter, final int times)
      throws IOException, DataException {
    Table table = null;
    for (int i = 0; i < times; i++) {
      final long before = allocated();
      final long startNs = System.nanoTime();
      table = Tables.open(file, "users", rows);
      final long tookNs = System.nanoTime() - startNs;
      final long allocated = allocated() - before;
      reporter.publishEntry(
          String.format(
              Locale.ROOT,
              "%,d rows of %s, %,d bytes: %.3f s, %,d bytes allocated in the heap",
              table.rows(),
              rows.format(),
              Files.size(file),
              tookNs / 1e9,
              allocated));
      if (rows.format() == DataFormat.CSV) {
        assertTrue(allocated < MOST_ALLOCATED, () -> "allocated " + allocated);
      }
    }
    return table;
  }

  private static long allocated() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
