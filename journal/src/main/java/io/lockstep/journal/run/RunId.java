package io.lockstep.journal.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of runs: good for a directory on every file system. */
final class RunId {
  private static final int LONGEST_PLAN_NAME = 40;
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunId() {}

  /** The time of the start in UTC and the plan's name, for example {@code 20261120-061500-shop}. */
  static String of(final Instant start, final String planName) {
    final String plain =
        planName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    final String name = plain.substring(0, Math.min(LONGEST_PLAN_NAME, plain.length()));
    return TIMESTAMP.format(start) + (name.isEmpty() ? "" : "-" + name);
  }

  static String check(final String id) {
    if (!VALID.matcher(id).matches()) {
      throw new RunException(
          RunException.Kind.INPUT,
          String.format(
              Locale.ROOT,
              "run id '%s' is not possible; use 1 to 100 letters, digits, '.', '_' or '-',"
                  + " beginning with a letter or digit",
              id));
    }
    return id;
  }
}
