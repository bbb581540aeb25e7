package io.lockstep.scenario.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.model.DataFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTableTest {
  @TempDir private Path directory;
  private DataTexts texts;

  @BeforeEach
  void makeTexts() {
    texts = new DataTexts(directory);
  }

  @Test
  void shouldReadAnArrayOfObjects() {
    final Table table =
        json(" [ {\"id\": 1, \"name\": \"Ann\"} ,\n{\"name\":\"B\",\"id\":-2.5e3}]\n");
    assertEquals(List.of("id", "name"), table.columns());
    assertEquals(List.of(List.of("1", "Ann"), List.of("-2.5e3", "B")), DataTexts.values(table));
  }

  @Test
  void shouldReadObjectsOneAfterAnother() {
    final Table table =
        texts.open(
            "\uFEFF{\"a\":\"x\"}\n\n{\"a\":true}\r\n{\"a\":\"ä\"}", DataFormat.JSON_LINES, ',');
    assertEquals(List.of(List.of("x"), List.of("true"), List.of("ä")), DataTexts.values(table));
  }

  @Test
  void shouldDecodeEscapes() {
    final Table table =
        json("[{\"\\u0061\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\u20ac\\ud83d\\ude00é€😀\"}]");
    assertEquals(List.of("a"), table.columns());
    assertEquals("\"\\/\b\f\n\r\tä€😀é€😀", table.text(0, 0));
  }

  @Test
  void shouldFindKeysThatAreEscapedDifferently() {
    final Table table = json("[{\"aä\":1,\"b\":2},{\"\\u0062\":3,\"\\u0061\\u00e4\":4}]");
    assertEquals(List.of(List.of("1", "2"), List.of("4", "3")), DataTexts.values(table));
  }

  @Test
  void shouldTellNullFromEmptyTextAndGiveNestedValuesAsJson() {
    final Table table =
        json(
            "[{\"skip\":{\"x\":[\"]}\\\"\",{}]},\"a\":null,\"b\":\"\",\"c\":{\"d\": [1, \"}\"]},\"e\":[ ]}]");
    assertNull(table.text(0, 1));
    assertEquals(Table.NULL_VALUE, table.read(0, 1, new byte[0], 0));
    assertEquals("", table.text(0, 2));
    assertEquals("{\"d\": [1, \"}\"]}", table.text(0, 3));
    assertEquals("[ ]", table.text(0, 4));
  }

  @Test
  void shouldTellTheLengthOfAValueThatDoesNotFit() {
    final Table table = json("[{\"a\":\"\\u20acuro\",\"b\":12345}]");
    final byte[] small = new byte[2];
    assertEquals(6, table.read(0, 0, small, 0));
    assertEquals(5, table.read(0, 1, small, 0));
    final byte[] room = new byte[8];
    assertEquals(6, table.read(0, 0, room, 2));
    assertEquals("€uro", new String(room, 2, 6, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "JSON|1:1|the file is empty|",
        "JSON|1:1|the file starts with an object|{\"a\":1}",
        "JSON|1:1|the file has no row|[]",
        "JSON|1:2|expected an object, found a number|[1]",
        "JSON|1:10|expected an object, found null|[{\"a\":1},null]",
        "JSON|1:11|something follows the array|[{\"a\":1}] 2",
        "JSON|1:10|the row has no `a`, which the first row has|[{\"a\":1},{}]",
        "JSON|1:11|the row has `b`, which the first row does not have|[{\"a\":1},{\"b\":2,\"a\":3}]",
        "JSON|1:9|the row has `a` twice|[{\"a\":1,\"a\":2}]",
        "JSON|1:2|the first row has no value|[{}]",
        "JSON|1:3|column 1 has no name|[{\" \":1}]",
        "JSON|1:7|the text has half of a surrogate pair|[{\"a\":\"\\ud800\"}]",
        "JSON|1:7|not JSON: Unrecognized token 'x'|[{\"a\":x}]",
        "JSON|1:9|not JSON: Unexpected end-of-input|[{\"a\":1}",
        "JSON_LINES|1:1|expected an object, found an array|[{\"a\":1}]",
        "JSON_LINES|1:9|expected an object, found a text|{\"a\":1} \"x\"",
        "JSON_LINES|1:1|the file is empty|"
      })
  void shouldReportWhatIsWrongWithItsPlace(
      final DataFormat format, final String place, final String message, final String text) {
    final String error = texts.error(text == null ? "" : text, format);
    assertTrue(error.startsWith("users:" + place + ": error: " + message), error);
  }

  @Test
  void shouldFindPlacesInLaterLinesAfterAMarkAndOtherLetters() {
    final String error =
        texts.error("\uFEFF[{\"ä\":\"😀\"},\n {\"ä\":\"😀\", \"b\":1}]", DataFormat.JSON);
    assertTrue(error.startsWith("users:2:12: error: the row has `b`"), error);
  }

  @Test
  void shouldRefuseWhatIsAboveALimit() {
    final String deep = "[{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}]";
    final String tooDeep = texts.error(deep, DataFormat.JSON);
    assertTrue(
        tooDeep.startsWith(
            "users:1:" + (6 + DataLimits.MAX_DEPTH) + ": error: objects and arrays lie more than "),
        tooDeep);
    final String large = "[{\"a\":\"" + "x".repeat(DataLimits.MAX_ROW_BYTES - 1) + "\"}]";
    assertTrue(texts.error(large, DataFormat.JSON).contains("more than 1048576 bytes"));
    final StringBuilder wide = new StringBuilder("[{\"c\":0");
    for (int i = 0; i < DataLimits.MAX_COLUMNS; i++) {
      wide.append(",\"c").append(i).append("\":0");
    }
    assertTrue(
        texts.error(wide.append("}]").toString(), DataFormat.JSON).contains("more than 1000 col"));
  }

  @Test
  void shouldRefuseInvalidUtf8AndUtf16() {
    final byte[] bad = "[{\"a\":\"?\"}]".getBytes(StandardCharsets.UTF_8);
    bad[7] = (byte) 0xFF;
    assertTrue(texts.error(bad, DataFormat.JSON).startsWith("users:1:8: error: the file is not"));
    final byte[] utf16 = "[{\"a\":1}]".getBytes(StandardCharsets.UTF_16LE);
    assertTrue(texts.error(utf16, DataFormat.JSON).contains("it has a zero byte"));
  }

  private Table json(final String text) {
    return texts.open(text, DataFormat.JSON, ',');
  }
}
