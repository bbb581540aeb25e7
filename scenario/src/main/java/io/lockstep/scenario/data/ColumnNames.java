package io.lockstep.scenario.data;

import java.util.Locale;
import java.util.Optional;

/** What names of columns may look like. */
final class ColumnNames {
  private ColumnNames() {}

  /** What is wrong with the name of a column, if anything; {@code column} counts from 0. */
  static Optional<String> fault(final String name, final int column) {
    if (name.isBlank()) {
      return Optional.of("column " + (column + 1) + " has no name");
    }
    if (name.length() > DataLimits.MAX_NAME) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the name of column %d is longer than %d characters",
              column + 1,
              DataLimits.MAX_NAME));
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.of(
          "the name of column " + (column + 1) + " has a character that cannot be printed");
    }
    return Optional.empty();
  }

  /** The message on a name that is there twice. */
  static String repeated(final String name, final int first, final int second) {
    return String.format(
        Locale.ROOT, "columns %d and %d are both named `%s`", first + 1, second + 1, name);
  }
}
