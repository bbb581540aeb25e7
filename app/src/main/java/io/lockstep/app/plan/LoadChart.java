package io.lockstep.app.plan;

import io.lockstep.replay.event.Durations;
import java.util.Locale;

/** A chart of values over time, 80 columns wide at most, in ASCII or with block characters. */
final class LoadChart {
  private static final int HEIGHT = 4;
  private static final int EIGHTHS = 8;
  private static final int LABEL = 12;
  private static final long NS_PER_HOUR = 3_600_000_000_000L;
  private static final long NS_PER_DAY = 24 * NS_PER_HOUR;
  private static final long HOURS_FROM_NS = 3 * NS_PER_HOUR;
  private static final long DAYS_FROM_NS = 4 * NS_PER_DAY;
  private static final char FIRST_BLOCK = '\u2581';

  private final boolean symbols;
  private final StringBuilder out;

  LoadChart(final boolean symbols, final StringBuilder out) {
    this.symbols = symbols;
    this.out = out;
  }

  /**
   * Draws.
   *
   * @param title of the values
   * @param values one per column
   * @param unitsPerValue what a value stands for, as its highest is written at the axis
   * @param warm columns before this one are marked as warm-up, from {@code warmFrom} on
   * @param columnNs the time that a column stands for
   */
  void draw(
      final String title,
      final long[] values,
      final double unitsPerValue,
      final int warmFrom,
      final int warm,
      final long columnNs) {
    long highest = 0;
    for (final long value : values) {
      highest = Math.max(highest, value);
    }
    out.append("  ").append(title).append('\n');
    for (int row = HEIGHT - 1; row >= 0; row--) {
      out.append(pad(row == HEIGHT - 1 ? number(highest * unitsPerValue) : "")).append(" |");
      out.append(line(values, highest, row).stripTrailing()).append('\n');
    }
    out.append(pad("0")).append(" +");
    for (int i = 0; i < values.length; i++) {
      out.append(i >= warmFrom && i < warm ? 'w' : '-');
    }
    out.append('\n').append(axis(values.length, columnNs)).append('\n');
  }

  private String line(final long[] values, final long highest, final int row) {
    final StringBuilder line = new StringBuilder(values.length);
    for (final long value : values) {
      // Rounded up, so that whatever is not zero can be seen.
      final long eighths =
          highest == 0 ? 0 : (long) Math.ceil((double) value / highest * HEIGHT * EIGHTHS);
      line.append(cell((int) Math.min(EIGHTHS, eighths - (long) row * EIGHTHS)));
    }
    return line.toString();
  }

  private char cell(final int eighths) {
    if (eighths <= 0) {
      return ' ';
    }
    if (symbols) {
      return (char) (FIRST_BLOCK + eighths - 1);
    }
    return eighths > EIGHTHS / 2 ? '#' : '.';
  }

  private static String axis(final int columns, final long columnNs) {
    final StringBuilder axis = new StringBuilder(" ".repeat(LABEL + 2));
    for (int quarter = 0; quarter <= 4; quarter++) {
      final int column = columns * quarter / 4;
      final String label = moment(column * columnNs);
      final int at = LABEL + 2 + (quarter == 4 ? columns - label.length() : column);
      if (quarter == 0 || at > axis.length()) {
        axis.append(" ".repeat(at - axis.length())).append(label);
      }
    }
    return axis.toString();
  }

  /** Seconds say little of a long run. */
  private static String moment(final long ns) {
    if (ns >= DAYS_FROM_NS) {
      return number(Math.rint(ns * 10.0 / NS_PER_DAY) / 10) + "d";
    }
    return ns >= HOURS_FROM_NS
        ? number(Math.rint(ns * 10.0 / NS_PER_HOUR) / 10) + "h"
        : Durations.rounded(ns);
  }

  private static String pad(final String text) {
    return String.format(Locale.ROOT, "%" + LABEL + "s", text);
  }

  /** Whole where it is, else with the digits that matter. */
  static String number(final double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.1f", value);
  }
}
