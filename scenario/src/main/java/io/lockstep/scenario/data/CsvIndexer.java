package io.lockstep.scenario.data;

import java.util.Locale;

/**
 * Finds the rows of a CSV file (RFC 4180) and checks them, byte by byte, in chunks of any size. A
 * row ends with LF, CR LF or CR, a line with nothing on it is no row, and quotes are doubled within
 * quotes. Knows offsets only: what the values are is not decoded here.
 */
final class CsvIndexer {
  private static final byte QUOTE = '"';
  private static final byte ORDINARY = 0;
  private static final byte DELIMITER = 1;
  private static final byte QUOTE_MARK = 2;
  private static final byte LINE_END = 3;
  private static final long NO_HEADER = -1;

  private enum State {
    /** Nothing of a row has come. */
    BETWEEN_ROWS,
    /** A row has begun, and the next value has not. */
    BEFORE_VALUE,
    /** In a value without quotes. */
    PLAIN,
    /** In a value with quotes. */
    QUOTED,
    /** After a quote in such a value: it ends there, or the quote is doubled. */
    AFTER_QUOTE,
    /** No sense can be made of the rest. */
    LOST
  }

  private final byte[] kindByByte = new byte[256];
  private final RowIndex index = new RowIndex();
  private final Faults faults;
  private State state = State.BETWEEN_ROWS;
  private long headerStart = NO_HEADER;
  private int columns;
  private long rowStart;
  private long lastEnd;
  private long quoteStart;
  private int values;

  CsvIndexer(final byte delimiter, final long start, final Faults faults) {
    this.faults = faults;
    lastEnd = start;
    kindByByte[delimiter & 0xFF] = DELIMITER;
    kindByByte[QUOTE] = QUOTE_MARK;
    kindByByte['\n'] = LINE_END;
    kindByByte['\r'] = LINE_END;
  }

  /** Whether a header has come. */
  boolean hasHeader() {
    return headerStart != NO_HEADER;
  }

  /** Where the header starts. */
  long headerStart() {
    return headerStart;
  }

  /** How many values the header has. */
  int columns() {
    return columns;
  }

  /** The rows after the header. */
  RowIndex index() {
    return index;
  }

  /** Whether further bytes are of no use. */
  boolean isLost() {
    return state == State.LOST;
  }

  /** Takes the next bytes, the first of which is at {@code base} in the file. */
  void scan(final byte[] bytes, final int length, final long base) {
    int i = 0;
    while (i < length && state != State.LOST) {
      switch (state) {
        case BETWEEN_ROWS -> i = betweenRows(bytes, i, length, base);
        case BEFORE_VALUE -> i = beforeValue(bytes[i], i, base);
        case PLAIN -> i = plain(bytes, i, length, base);
        case QUOTED -> i = quoted(bytes, i, length, base);
        default -> i = afterQuote(bytes[i], i, base);
      }
    }
    final long end = base + length;
    if (isInRow() && end - rowStart > DataLimits.MAX_ROW_BYTES) {
      rowTooLong();
    }
  }

  /** Says that no more bytes come. */
  void end(final long length) {
    if (state == State.QUOTED) {
      faults.syntax(
          quoteStart,
          "the quote that opens here is never closed",
          "a value in quotes ends with one; a quote within it is written twice");
      state = State.LOST;
    } else if (isInRow()) {
      endRow(length);
    }
  }

  private boolean isInRow() {
    return state != State.BETWEEN_ROWS && state != State.LOST;
  }

  private int betweenRows(final byte[] bytes, final int from, final int length, final long base) {
    int i = from;
    while (i < length && kindByByte[bytes[i] & 0xFF] == LINE_END) {
      i++;
    }
    if (base + i - lastEnd > DataLimits.MAX_ROW_BYTES) {
      lose(lastEnd, "there are more than " + DataLimits.MAX_ROW_BYTES + " bytes of empty lines");
    } else if (i < length) {
      rowStart = base + i;
      values = 0;
      state = State.BEFORE_VALUE;
    }
    return i;
  }

  private int beforeValue(final byte b, final int i, final long base) {
    switch (kindByByte[b & 0xFF]) {
      case DELIMITER -> endValue();
      case LINE_END -> endRow(base + i);
      case QUOTE_MARK -> {
        quoteStart = base + i;
        state = State.QUOTED;
      }
      default -> state = State.PLAIN;
    }
    return i + 1;
  }

  private int plain(final byte[] bytes, final int from, final int length, final long base) {
    int i = from;
    while (i < length && kindByByte[bytes[i] & 0xFF] == ORDINARY) {
      i++;
    }
    if (i == length) {
      return i;
    }
    switch (kindByByte[bytes[i] & 0xFF]) {
      case DELIMITER -> endValue();
      case LINE_END -> endRow(base + i);
      default -> {
        faults.syntax(
            base + i,
            "there is a quote in a value that does not start with one",
            "put the whole value in quotes and write this one twice: \"say \"\"yes\"\"\"");
        state = State.LOST;
      }
    }
    return i + 1;
  }

  private int quoted(final byte[] bytes, final int from, final int length, final long base) {
    int i = from;
    while (i < length && bytes[i] != QUOTE) {
      i++;
    }
    if (i < length) {
      state = State.AFTER_QUOTE;
      return i + 1;
    }
    if (base + i - rowStart > DataLimits.MAX_ROW_BYTES) {
      rowTooLong();
    }
    return i;
  }

  private int afterQuote(final byte b, final int i, final long base) {
    switch (kindByByte[b & 0xFF]) {
      case DELIMITER -> endValue();
      case LINE_END -> endRow(base + i);
      case QUOTE_MARK -> state = State.QUOTED;
      default -> {
        faults.syntax(
            base + i,
            "after the quote that ends a value comes neither a delimiter nor the end of the line",
            "a quote within a value in quotes is written twice");
        state = State.LOST;
      }
    }
    return i + 1;
  }

  private void endValue() {
    values++;
    state = State.BEFORE_VALUE;
    if (values >= DataLimits.MAX_COLUMNS && headerStart == NO_HEADER) {
      lose(rowStart, "the header has more than " + DataLimits.MAX_COLUMNS + " columns");
    }
  }

  private void endRow(final long end) {
    values++;
    state = State.BETWEEN_ROWS;
    lastEnd = end;
    if (end - rowStart > DataLimits.MAX_ROW_BYTES) {
      rowTooLong();
    } else if (headerStart == NO_HEADER) {
      headerStart = rowStart;
      columns = values;
    } else if (values != columns) {
      faults.syntax(rowStart, faults.isFull() ? "" : ragged());
    } else if (index.rows() == DataLimits.MAX_ROWS) {
      lose(rowStart, "the file has more than " + DataLimits.MAX_ROWS + " rows");
    } else {
      index.add(rowStart);
    }
  }

  private String ragged() {
    return String.format(
        Locale.ROOT,
        "the row has %d %s, the header has %d %s",
        values,
        values == 1 ? "value" : "values",
        columns,
        columns == 1 ? "column" : "columns");
  }

  private void rowTooLong() {
    if (state == State.QUOTED) {
      lose(
          quoteStart,
          "the row has more than "
              + DataLimits.MAX_ROW_BYTES
              + " bytes, all of them since this quote, which nothing closes");
    } else {
      lose(rowStart, "the row has more than " + DataLimits.MAX_ROW_BYTES + " bytes");
    }
  }

  private void lose(final long offset, final String message) {
    faults.limit(offset, message);
    state = State.LOST;
  }
}
