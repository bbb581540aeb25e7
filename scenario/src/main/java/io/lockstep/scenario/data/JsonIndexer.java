package io.lockstep.scenario.data;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the rows of a JSON file and checks them: objects, all with the keys of the first, in an
 * array or one after another. Jackson reads; offsets are kept, values are not.
 */
final class JsonIndexer {
  private static final int EXCERPT = 40;
  private static final String HALF_PAIR =
      "the text has half of a surrogate pair, which UTF-8 cannot hold";
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DataLimits.MAX_DEPTH)
                  .maxStringLength(DataLimits.MAX_ROW_BYTES)
                  .maxNumberLength(DataLimits.MAX_ROW_BYTES)
                  .maxNameLength(DataLimits.MAX_ROW_BYTES)
                  .build())
          .errorReportConfiguration(
              ErrorReportConfiguration.builder()
                  .maxErrorTokenLength(EXCERPT)
                  .maxRawContentLength(EXCERPT)
                  .build())
          .build();

  private final JsonParser parser;
  private final long start;
  private final boolean lines;
  private final Faults faults;
  private final RowIndex index = new RowIndex();
  private final Map<String, Integer> columnByName = new LinkedHashMap<>();

  /** The row in which a column came last, from 1. */
  private long[] rowByColumn = new long[0];

  private long row;
  private long rowStart;
  private long lastEnd;
  private boolean lost;

  private JsonIndexer(
      final JsonParser parser, final long start, final boolean lines, final Faults faults) {
    this.parser = parser;
    this.start = start;
    this.lines = lines;
    this.faults = faults;
    lastEnd = start;
  }

  /**
   * Reads all of a file.
   *
   * @param start offset in the file of the stream's first byte
   * @param lines whether objects follow one another without an array around them
   * @throws FileInput.NotTextException if it is not text.
   */
  static JsonIndexer read(
      final InputStream in, final long start, final boolean lines, final Faults faults)
      throws IOException {
    try (JsonParser parser = FACTORY.createParser(in)) {
      final JsonIndexer indexer = new JsonIndexer(parser, start, lines, faults);
      indexer.read();
      return indexer;
    }
  }

  RowIndex index() {
    return index;
  }

  /** The keys of the first row, in its order. */
  List<String> columns() {
    return new ArrayList<>(columnByName.keySet());
  }

  private void read() throws IOException {
    try {
      final JsonToken first = parser.nextToken();
      if (first == null) {
        lose(start, "the file is empty", "expected " + expected());
      } else if (lines) {
        rows(first, null);
      } else if (first == JsonToken.START_ARRAY) {
        rows(parser.nextToken(), JsonToken.END_ARRAY);
        if (!lost && parser.nextToken() != null) {
          lose(tokenStart(), "something follows the array", "expected " + expected());
        }
      } else {
        lose(
            tokenStart(),
            "the file starts with " + words(first),
            "expected " + expected(),
            "for objects one after another, say `format: jsonl`");
      }
      if (row == 0 && faults.isEmpty()) {
        faults.syntax(start, "the file has no row", "expected " + expected());
      }
    } catch (final StreamConstraintsException e) {
      faults.limit(
          start + parser.currentLocation().getByteOffset(),
          parser.getParsingContext().getNestingDepth() >= DataLimits.MAX_DEPTH
              ? "objects and arrays lie more than "
                  + DataLimits.MAX_DEPTH
                  + " deep within each other"
              : "a value has more than " + DataLimits.MAX_ROW_BYTES + " characters");
    } catch (final JsonProcessingException e) {
      faults.syntax(offset(e), "not JSON: " + firstLine(e));
    }
  }

  private void rows(final JsonToken first, final JsonToken end) throws IOException {
    JsonToken token = first;
    while (!lost && token != end) {
      if (token == JsonToken.START_OBJECT) {
        row();
      } else {
        lose(
            tokenStart(),
            "expected an object, found " + words(token),
            lines && token == JsonToken.START_ARRAY
                ? "for an array of objects, say `format: json`"
                : "each row is an object with the values by the names of their columns");
      }
      token = lost ? end : parser.nextToken();
    }
  }

  private void row() throws IOException {
    row++;
    rowStart = tokenStart();
    if (rowStart - lastEnd > DataLimits.MAX_ROW_BYTES) {
      refuse(lastEnd, "more than " + DataLimits.MAX_ROW_BYTES + " bytes of blanks follow");
      return;
    }
    int found = 0;
    while (!lost && parser.nextToken() == JsonToken.FIELD_NAME) {
      found += key(parser.currentName()) ? 1 : 0;
      value(parser.nextToken());
    }
    if (lost) {
      return;
    }
    lastEnd = start + parser.currentLocation().getByteOffset();
    if (lastEnd - rowStart > DataLimits.MAX_ROW_BYTES) {
      refuse(rowStart, "the row has more than " + DataLimits.MAX_ROW_BYTES + " bytes");
    } else if (columnByName.isEmpty()) {
      lose(rowStart, "the first row has no value, so there are no columns");
    } else if (row > DataLimits.MAX_ROWS) {
      refuse(rowStart, "the file has more than " + DataLimits.MAX_ROWS + " rows");
    } else {
      if (found < columnByName.size()) {
        faults.syntax(
            rowStart,
            faults.isFull() ? "" : "the row has no `" + missing() + "`, which the first row has",
            "write `null` for no value");
      }
      index.add(rowStart);
    }
  }

  /** Whether the key is a column that has not come in this row before; says so where it is not. */
  private boolean key(final String name) throws IOException {
    if (row == 1 && !columnByName.containsKey(name)) {
      return column(name);
    }
    final Integer column = columnByName.get(name);
    if (column == null) {
      faults.syntax(
          tokenStart(), "the row has `" + shown(name) + "`, which the first row does not have");
      return false;
    }
    if (rowByColumn[column] == row) {
      faults.syntax(tokenStart(), "the row has `" + shown(name) + "` twice");
      return false;
    }
    rowByColumn[column] = row;
    return true;
  }

  private boolean column(final String name) throws IOException {
    final int column = columnByName.size();
    if (column == DataLimits.MAX_COLUMNS) {
      refuse(rowStart, "the row has more than " + DataLimits.MAX_COLUMNS + " columns");
      return false;
    }
    final long offset = tokenStart();
    ColumnNames.fault(name, column).ifPresent(fault -> faults.syntax(offset, fault));
    if (hasLoneSurrogate(name.toCharArray(), 0, name.length())) {
      faults.syntax(offset, HALF_PAIR);
    }
    columnByName.put(name, column);
    if (column == rowByColumn.length) {
      rowByColumn = Arrays.copyOf(rowByColumn, Math.max(8, column * 2));
    }
    rowByColumn[column] = row;
    return true;
  }

  private String missing() {
    return columnByName.entrySet().stream()
        .filter(column -> rowByColumn[column.getValue()] != row)
        .map(column -> shown(column.getKey()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("row " + row + " lacks no column"));
  }

  private void value(final JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      if (hasLoneSurrogate(
          parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())) {
        faults.syntax(tokenStart(), HALF_PAIR);
      }
    } else {
      parser.skipChildren();
    }
  }

  private static boolean hasLoneSurrogate(final char[] chars, final int from, final int length) {
    final int end = from + length;
    for (int i = from; i < end; i++) {
      if (Character.isSurrogate(chars[i])) {
        if (Character.isLowSurrogate(chars[i])
            || i + 1 == end
            || !Character.isLowSurrogate(chars[i + 1])) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private void lose(final long offset, final String message, final String... notes) {
    faults.syntax(offset, message, notes);
    lost = true;
  }

  private void refuse(final long offset, final String message) {
    faults.limit(offset, message);
    lost = true;
  }

  private String expected() {
    return lines ? "one object after another" : "an array of objects";
  }

  private long tokenStart() {
    return start + parser.currentTokenLocation().getByteOffset();
  }

  private long offset(final JsonProcessingException e) {
    final long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
    return offset < 0 ? lastEnd : start + offset;
  }

  private static String firstLine(final JsonProcessingException e) {
    final String said = String.valueOf(e.getOriginalMessage());
    final int end = said.indexOf('\n');
    return end < 0 ? said : said.substring(0, end);
  }

  private static String shown(final String name) {
    return name.length() <= EXCERPT
        ? name
        : name.substring(0, name.offsetByCodePoints(0, EXCERPT / 2)) + "…";
  }

  private static String words(final JsonToken token) {
    if (token == null) {
      return "the end of the file";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "the end of something that did not begin";
    };
  }
}
