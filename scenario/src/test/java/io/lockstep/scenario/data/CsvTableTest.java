package io.lockstep.scenario.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.model.DataFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  @TempDir private Path directory;
  private DataTexts texts;

  @BeforeEach
  void makeTexts() {
    texts = new DataTexts(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void shouldReadRowsWhateverEndsTheLines(final String end) {
    final String text = "id,name" + end + "1,Ann" + end + "2,Bob";
    for (final String whole : List.of(text, text + end, text + end + end, end + text)) {
      final Table table = texts.csv(whole);
      assertEquals(List.of("id", "name"), table.columns());
      assertEquals(List.of(List.of("1", "Ann"), List.of("2", "Bob")), DataTexts.values(table));
    }
  }

  @Test
  void shouldReadValuesInQuotes() {
    final Table table =
        texts.csv(
            "\"a,1\",\"b\"\"2\",c\n"
                + "\"x,y\",\"say \"\"yes\"\"\",\"two\r\nlines\"\n"
                + "\"\",\"\"\"\",\n");
    assertEquals(List.of("a,1", "b\"2", "c"), table.columns());
    assertEquals(
        List.of(List.of("x,y", "say \"yes\"", "two\r\nlines"), List.of("", "\"", "")),
        DataTexts.values(table));
  }

  @Test
  void shouldKeepBlanksAndReadEmptyValues() {
    final Table table = texts.csv("a,b,c\n x ,,\n,,");
    assertEquals(List.of(List.of(" x ", "", ""), List.of("", "", "")), DataTexts.values(table));
  }

  @Test
  void shouldSkipEmptyLinesButNotAnEmptyValueInQuotes() {
    final Table table = texts.csv("a\n\nx\n\n\"\"\ny\n");
    assertEquals(List.of(List.of("x"), List.of(""), List.of("y")), DataTexts.values(table));
  }

  @Test
  void shouldSkipAByteOrderMark() {
    final Table table = texts.csv("\uFEFFid,ä\n1,😀\n");
    assertEquals(List.of("id", "ä"), table.columns());
    assertEquals(List.of(List.of("1", "😀")), DataTexts.values(table));
  }

  @Test
  void shouldReadOtherDelimiters() {
    assertEquals(
        List.of(List.of("x,y", "1;2")),
        DataTexts.values(texts.open("a;b\nx,y;\"1;2\"\n", DataFormat.CSV, ';')));
    assertEquals(
        List.of(List.of("x,y", "z")),
        DataTexts.values(texts.open("a\tb\nx,y\tz\n", DataFormat.TSV, '\t')));
  }

  @Test
  void shouldTellTheLengthOfAValueThatDoesNotFit() {
    final Table table = texts.csv("a,b\nplain,\"in \"\"quotes\"\"\"\n");
    final byte[] small = new byte[4];
    assertEquals(5, table.read(0, 0, small, 0));
    assertEquals(11, table.read(0, 1, small, 2));
    final byte[] room = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    assertEquals(5, table.read(0, 0, room, 3));
    assertEquals("012plain89abcdef", new String(room, StandardCharsets.UTF_8));
    assertEquals(11, table.read(0, 1, room, 5));
    assertEquals(
        "012plin \"quotes\"".substring(0, 5) + "in \"quotes\"",
        new String(room, StandardCharsets.UTF_8));
  }

  @Test
  void shouldRefuseRowsAndColumnsThatAreNotThere() {
    final Table table = texts.csv("a,b\n1,2\n");
    assertThrows(IndexOutOfBoundsException.class, () -> table.text(1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> table.text(-1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> table.text(0, 2));
  }

  @Test
  void shouldReportEveryRaggedRowWithItsPlace() {
    assertEquals(
        """
        users:3:1: error: the row has 1 value, the header has 2 columns
          3 | 2
            | ^
        users:5:1: error: the row has 3 values, the header has 2 columns
          5 | 4,d,e
            | ^
        """,
        texts.error("id,name\n1,a\n2\n3,c\n4,d,e\n", DataFormat.CSV));
  }

  @Test
  void shouldCountTheErrorsThatItDoesNotTell() {
    final String error = texts.error("a,b\n" + "x\n".repeat(100), DataFormat.CSV);
    assertEquals(DataLimits.MAX_FAULTS, error.split("error:", -1).length - 1);
    assertTrue(error.endsWith("= the file has 80 more errors\n"), error);
  }

  @Test
  void shouldReportMisplacedQuotes() {
    assertEquals(
        """
        users:2:5: error: there is a quote in a value that does not start with one
          2 | 1,say "yes"
            |       ^
        """
            .replace("2:5", "2:7"),
        withoutNotes(texts.error("id,name\n1,say \"yes\"\n", DataFormat.CSV)));
    assertEquals(
        """
        users:2:8: error: after the quote that ends a value comes neither a delimiter nor the end of the line
          2 | 1,"ä" x
            |      ^
        """
            .replace("2:8", "2:6"),
        withoutNotes(texts.error("id,name\n1,\"ä\" x\n", DataFormat.CSV)));
    assertEquals(
        """
        users:3:3: error: the quote that opens here is never closed
          3 | 2,"b
            |   ^
        """,
        withoutNotes(texts.error("id,name\r\n1,a\r\n2,\"b\r\n3,c\r\n", DataFormat.CSV)));
  }

  private static String withoutNotes(final String error) {
    return error.replaceAll("(?m)^ *= .*\n", "");
  }

  @Test
  void shouldReportColumnsWithoutNameOrWithTheSame() {
    assertEquals(
        """
        users:1:4: error: column 2 has no name
          1 | id,,name,id
            |    ^
        users:1:10: error: columns 1 and 4 are both named `id`
          1 | id,,name,id
            |          ^
        """,
        texts.error("id,,name,id\n1,2,3,4\n", DataFormat.CSV));
  }

  @Test
  void shouldReportFilesWithoutRows() {
    assertTrue(texts.error("", DataFormat.CSV).startsWith("users:1:1: error: the file is empty"));
    assertTrue(texts.error("\n\r\n", DataFormat.CSV).contains("the file is empty"));
    assertTrue(texts.error("\uFEFF", DataFormat.CSV).contains("the file is empty"));
    assertTrue(
        texts
            .error("id,name\n", DataFormat.CSV)
            .startsWith("users:2:1: error: the file has a header but no row"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FF", "C0 80", "C3", "E0 80 80", "ED A0 80", "F5 80 80 80", "80", "00"})
  void shouldReportBytesThatAreNoText(final String hex) {
    final byte[] bad = bytes(hex);
    for (final int before : new int[] {0, 1, 5, 8, 300_000}) {
      final byte[] bytes =
          ("a\n" + "x".repeat(before) + "~~~\nyyyyyyyyyyyyy").getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bad, 0, bytes, 2 + before, Math.min(bad.length, 3));
      if (bad.length < 4) {
        final String error = texts.error(bytes, DataFormat.CSV);
        final String what = hex.equals("00") ? "text: it has a zero byte" : "UTF-8 text: a byte";
        assertTrue(
            error.startsWith("users:2:" + (before + 1) + ": error: the file is not " + what),
            error);
      }
    }
    assertTrue(texts.error(bad, DataFormat.CSV).startsWith("users:1:1: error: the file is not"));
  }

  private static byte[] bytes(final String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }

  @Test
  void shouldRefuseFilesInUtf16() {
    final byte[] utf16 = "id,name\n1,a\n".getBytes(StandardCharsets.UTF_16LE);
    assertTrue(texts.error(utf16, DataFormat.CSV).startsWith("users:1:2: error: the file is not"));
  }

  @Test
  void shouldRefuseWhatIsAboveALimit() {
    final String wide = "c,".repeat(DataLimits.MAX_COLUMNS) + "c\n";
    assertTrue(texts.error(wide, DataFormat.CSV).contains("more than 1000 columns"));
    final String longest = "x".repeat(DataLimits.MAX_ROW_BYTES);
    assertEquals(1, texts.csv("a\n" + longest + "\n").rows());
    assertTrue(
        texts.error("a\n" + longest + "x\n", DataFormat.CSV).contains("more than 1048576 bytes"));
    assertTrue(
        texts
            .error("a\n1\n\"" + "x\n".repeat(DataLimits.MAX_ROW_BYTES), DataFormat.CSV)
            .startsWith("users:3:1: error: the row has more than 1048576 bytes"));
    assertTrue(
        texts
            .error("a\n" + "\n".repeat(DataLimits.MAX_ROW_BYTES + 5) + "x", DataFormat.CSV)
            .contains("bytes of empty lines"));
  }

  @Test
  void shouldNeverTellMoreThanAShortExcerptOfARow() {
    final String error = texts.error("a,b\n" + "secret".repeat(1_000) + "\n", DataFormat.CSV);
    assertTrue(error.length() < 400, error);
  }

  @Test
  void shouldDigestTheWholeFile() throws IOException {
    final String text = "\uFEFFa\nx\n";
    final Table table = texts.csv(text);
    assertEquals(sha256(Files.readAllBytes(table.file().orElseThrow())), table.digest());
  }

  private static String sha256(final byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (final NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldReadTheSameRowsFromACopy() throws IOException {
    final Table table = texts.csv("a,b\n1,2\n3,\"4\"\n");
    final Path copy = directory.resolve("copy");
    Files.copy(table.file().orElseThrow(), copy);
    final Table copied = table.at(copy);
    Files.write(table.file().orElseThrow(), "a,b\n9,9\n9,\"9\"\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(List.of("1", "2"), List.of("3", "4")), DataTexts.values(copied));
    assertEquals(table.digest(), copied.digest());
    Files.writeString(copy, "a,b\n", StandardCharsets.UTF_8);
    assertThrows(IOException.class, () -> table.at(copy));
  }

  @Test
  void shouldMapARowWholeWhereverItStarts() throws IOException {
    final Path file = directory.resolve("mapped");
    final byte[] bytes = new byte[1_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Files.write(file, bytes);
    final MappedText text = MappedText.map(file, 4, 20);
    for (int start = 0; start < bytes.length; start++) {
      final int length = Math.min(20, bytes.length - start);
      final byte[] row = new byte[length];
      text.segment(start).get(text.local(start), row, 0, length);
      assertArrayEquals(Arrays.copyOfRange(bytes, start, start + length), row);
    }
  }
}
