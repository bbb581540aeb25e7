package io.lockstep.scenario.plan.expression;

import java.util.Locale;
import java.util.Optional;

/**
 * Dates by a small pattern set of our own, in UTC and in English: what the JDK calls a month in a
 * neutral locale changed between its versions. Days follow the proleptic Gregorian calendar (after
 * Hinnant, chrono-Compatible Low-Level Date Algorithms).
 */
public final class Dates {
  /** What a pattern may have, the longest first. */
  static final String[] FIELDS = {
    "yyyy", "MMMM", "EEEE", "MMM", "EEE", "SSS", "yy", "MM", "dd", "HH", "mm", "ss", "d"
  };

  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private static final String[] DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  private static final String[] UNITS = {"ms", "s", "m", "h", "d"};
  private static final long[] UNIT_MS = {1, 1000, 60_000, 3_600_000, 86_400_000};
  private static final long DAY_MS = 86_400_000;

  /** Years 0000 to 9999: what four digits hold. */
  private static final long EARLIEST_MS = -62_167_219_200_000L;

  private static final long LATEST_MS = 253_402_300_799_999L;
  private static final int MAX_OFFSET = 40;
  private static final int MAX_PATTERN = 200;
  private static final long MAX_COUNT = 1_000_000_000L;

  private Dates() {}

  /** What is wrong with a pattern, if anything, as a clause after it. */
  public static Optional<String> patternFault(final String pattern) {
    if (pattern.length() > MAX_PATTERN) {
      return Optional.of("is longer than " + MAX_PATTERN + " characters");
    }
    return walk(pattern, 0, null);
  }

  /** Writes the time into a register, or a failure. */
  public static void format(final String pattern, final long epochMs, final Value into) {
    final String expanded = named(pattern);
    final Optional<String> fault = patternFault(expanded);
    if (pattern.equals("unix")) {
      into.set(Long.toString(Math.floorDiv(epochMs, 1000L)));
    } else if (pattern.equals("unix_ms")) {
      into.set(Long.toString(epochMs));
    } else if (fault.isPresent()) {
      into.fail("the date pattern " + fault.get());
    } else if (epochMs < EARLIEST_MS || epochMs > LATEST_MS) {
      into.fail("the date is not in the years 0 to 9999");
    } else {
      final StringBuilder out = new StringBuilder();
      walk(expanded, epochMs, out);
      into.set(out.toString());
    }
  }

  /** Whether a pattern is one of the words that stand for one. */
  public static boolean isWord(final String pattern) {
    return pattern.equals("unix") || pattern.equals("unix_ms") || !named(pattern).equals(pattern);
  }

  private static String named(final String pattern) {
    return switch (pattern) {
      case "iso" -> "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";
      case "http" -> "EEE, dd MMM yyyy HH:mm:ss 'GMT'";
      default -> pattern;
    };
  }

  private static Optional<String> walk(
      final String pattern, final long epochMs, final StringBuilder out) {
    int at = 0;
    while (at < pattern.length()) {
      final char c = pattern.charAt(at);
      if (c == '\'') {
        final int end = pattern.indexOf('\'', at + 1);
        if (end < 0) {
          return Optional.of("has a quote that nothing closes");
        }
        append(out, end == at + 1 ? "'" : pattern.substring(at + 1, end));
        at = end + 1;
      } else if (isLetter(c)) {
        final String field = fieldAt(pattern, at);
        if (field == null) {
          return Optional.of(
              "has `" + c + "`, which is none of " + String.join(" ", FIELDS) + ": quote text");
        }
        append(out, out == null ? "" : value(field, epochMs));
        at += field.length();
      } else {
        append(out, String.valueOf(c));
        at++;
      }
    }
    return Optional.empty();
  }

  private static void append(final StringBuilder out, final String text) {
    if (out != null) {
      out.append(text);
    }
  }

  private static boolean isLetter(final char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** The field that a whole run of a letter is; none where the run is longer or shorter. */
  private static String fieldAt(final String pattern, final int at) {
    int end = at;
    while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(at)) {
      end++;
    }
    final String run = pattern.substring(at, end);
    for (final String field : FIELDS) {
      if (field.equals(run)) {
        return field;
      }
    }
    return null;
  }

  private static String value(final String field, final long epochMs) {
    final long days = Math.floorDiv(epochMs, DAY_MS);
    final long ms = Math.floorMod(epochMs, DAY_MS);
    final int[] date = civil(days);
    final String weekday = DAYS[(int) Math.floorMod(days + 3, 7L)];
    return switch (field) {
      case "yyyy" -> padded(date[0], 4);
      case "yy" -> padded(date[0] % 100, 2);
      case "MMMM" -> MONTHS[date[1] - 1];
      case "MMM" -> MONTHS[date[1] - 1].substring(0, 3);
      case "MM" -> padded(date[1], 2);
      case "EEEE" -> weekday;
      case "EEE" -> weekday.substring(0, 3);
      case "dd" -> padded(date[2], 2);
      case "d" -> padded(date[2], 1);
      case "HH" -> padded(ms / 3_600_000, 2);
      case "mm" -> padded(ms / 60_000 % 60, 2);
      case "ss" -> padded(ms / 1000 % 60, 2);
      case "SSS" -> padded(ms % 1000, 3);
      default -> throw new IllegalStateException("no such field: " + field);
    };
  }

  private static String padded(final long number, final int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "d", number);
  }

  /** Year, month and day of a number of days since 1970. */
  private static int[] civil(final long days) {
    final long shifted = days + 719_468;
    final long era = Math.floorDiv(shifted, 146_097L);
    final long ofEra = shifted - era * 146_097;
    final long yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    final long ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    final long month = (5 * ofYear + 2) / 153;
    final int day = (int) (ofYear - (153 * month + 2) / 5 + 1);
    final int calendarMonth = (int) (month < 10 ? month + 3 : month - 9);
    final long year = yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0);
    return new int[] {(int) year, calendarMonth, day};
  }

  /**
   * Reads an offset such as {@code -1d} or {@code 2h30m} into a register, in milliseconds; a
   * failure where it is none.
   */
  public static void offset(final String text, final Value into) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    long sum = 0;
    boolean fine = at < text.length() && text.length() <= MAX_OFFSET;
    while (fine && at < text.length()) {
      long count = 0;
      final int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        count = Math.min(count * 10 + (text.charAt(at) - '0'), MAX_COUNT);
        at++;
      }
      final int unitStart = at;
      while (at < text.length() && isLetter(text.charAt(at))) {
        at++;
      }
      final long unit = unitMs(text.substring(unitStart, at));
      fine = unitStart > start && unit > 0 && count < MAX_COUNT;
      sum += fine ? count * unit : 0;
    }
    if (!fine || sum > LATEST_MS - EARLIEST_MS) {
      into.fail("an offset is such as -1d or 2h30m, not " + Texts.literal(text));
    } else {
      into.set(text.startsWith("-") ? -sum : sum);
    }
  }

  private static long unitMs(final String unit) {
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(unit)) {
        return UNIT_MS[i];
      }
    }
    return 0;
  }
}
