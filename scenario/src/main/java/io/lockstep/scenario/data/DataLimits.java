package io.lockstep.scenario.data;

/** What data may be at most. Each is refused with a message that names it. */
public final class DataLimits {
  /** Length of a file. */
  public static final long MAX_FILE_BYTES = 64L << 30;

  /** Length of a row in its file, without the end of its line. */
  public static final int MAX_ROW_BYTES = 1 << 20;

  /** Rows of a file. */
  public static final int MAX_ROWS = 100_000_000;

  /** Columns of a row. */
  public static final int MAX_COLUMNS = 1_000;

  /** Length of a column's name in characters. */
  public static final int MAX_NAME = 200;

  /** Values within each other in a row of JSON. */
  public static final int MAX_DEPTH = 64;

  /** So many errors of a file are told with their places; further ones are counted. */
  public static final int MAX_FAULTS = 20;

  private DataLimits() {}
}
