package io.lockstep.engine.content.response;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates in headers, read as leniently as RFC 6265, section 5.1.1, says for cookies: all three forms
 * of RFC 9110 are among what that takes.
 */
public final class HttpDate {
  /** Longer texts are no dates. */
  private static final int MAX_LENGTH = 200;

  private static final Pattern DELIMITERS =
      Pattern.compile("[\\x09\\x20-\\x2F\\x3B-\\x40\\x5B-\\x60\\x7B-\\x7E]+");
  private static final Pattern TIME =
      Pattern.compile("([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[^0-9].*)?");
  private static final Pattern DAY = Pattern.compile("([0-9]{1,2})(?:[^0-9].*)?");
  private static final Pattern YEAR = Pattern.compile("([0-9]{2,4})(?:[^0-9].*)?");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final int UNKNOWN = -1;
  private static final int FIRST_YEAR = 1601;

  private int hour = UNKNOWN;
  private int minute;
  private int second;
  private int day = UNKNOWN;
  private int month = UNKNOWN;
  private int year = UNKNOWN;

  private HttpDate() {}

  /** Milliseconds since 1970; empty where the text is no date. */
  public static OptionalLong epochMs(final String text) {
    if (text.length() > MAX_LENGTH) {
      return OptionalLong.empty();
    }
    final HttpDate date = new HttpDate();
    for (final String token : DELIMITERS.split(text, 0)) {
      date.take(token);
    }
    return date.epochMs();
  }

  /** The first of time, day, month and year that is not known yet and that the token can be. */
  private void take(final String token) {
    final Matcher time = TIME.matcher(token);
    final Matcher dayOfMonth = DAY.matcher(token);
    final Matcher calendarYear = YEAR.matcher(token);
    if (hour == UNKNOWN && time.matches()) {
      hour = Integer.parseInt(time.group(1));
      minute = Integer.parseInt(time.group(2));
      second = Integer.parseInt(time.group(3));
    } else if (day == UNKNOWN && dayOfMonth.matches()) {
      day = Integer.parseInt(dayOfMonth.group(1));
    } else if (month == UNKNOWN && monthOf(token) != UNKNOWN) {
      month = monthOf(token);
    } else if (year == UNKNOWN && calendarYear.matches()) {
      year = Integer.parseInt(calendarYear.group(1));
    }
  }

  private static int monthOf(final String token) {
    return token.length() < 3
        ? UNKNOWN
        : MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT));
  }

  private OptionalLong epochMs() {
    if (hour == UNKNOWN || day == UNKNOWN || month == UNKNOWN || year == UNKNOWN) {
      return OptionalLong.empty();
    }
    if (year >= 70 && year <= 99) {
      year += 1900;
    } else if (year <= 69) {
      year += 2000;
    }
    try {
      return year < FIRST_YEAR
          ? OptionalLong.empty()
          : OptionalLong.of(
              LocalDateTime.of(year, month + 1, day, hour, minute, second)
                      .toEpochSecond(ZoneOffset.UTC)
                  * 1_000);
    } catch (final DateTimeException e) {
      return OptionalLong.empty(); // no such day or time
    }
  }
}
