package io.lockstep.scenario.language;

import java.util.List;
import java.util.Optional;

/** What names may look like. */
final class NameRules {
  static final int MAX_NAME = 200;

  /** Words before a dot that are something else than data. */
  private static final List<String> RESERVED = List.of("env", "secrets", "vars", "setup");

  private NameRules() {}

  /** Names of tests and requests: text for people. */
  static Optional<String> nameFault(final String name) {
    if (name.isBlank()) {
      return Optional.of("is blank");
    }
    if (name.length() > MAX_NAME) {
      return Optional.of("is longer than " + MAX_NAME + " characters");
    }
    if (!name.equals(name.strip())) {
      return Optional.of("starts or ends with blanks");
    }
    return name.codePoints().anyMatch(NameRules::isUnprintable)
        ? Optional.of("has a character in it that cannot be printed")
        : Optional.empty();
  }

  private static boolean isUnprintable(final int c) {
    final int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || type == Character.FORMAT;
  }

  /** Names of scenarios: plain, so that {@code scenario/request} has one meaning. */
  static Optional<String> scenarioNameFault(final String name) {
    final boolean plain =
        !name.isEmpty()
            && name.length() <= MAX_NAME
            && name.chars()
                .allMatch(c -> isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '.');
    return plain
        ? Optional.empty()
        : Optional.of(
            "is no scenario name: letters, digits, `_`, `-` and `.`, at most " + MAX_NAME);
  }

  /** Names of feeders: words of the expression language that have no other meaning there. */
  static Optional<String> feederNameFault(final String name) {
    if (RESERVED.contains(name)) {
      return Optional.of("has a meaning of its own in expressions: choose another name");
    }
    final boolean plain =
        !name.isEmpty()
            && name.length() <= MAX_NAME
            && name.chars().allMatch(c -> isLetter(c) || c == '_' || isDigit(c))
            && !isDigit(name.charAt(0));
    return plain
        ? Optional.empty()
        : Optional.of(
            "is no feeder name: letters, digits and `_`, no digit first, at most " + MAX_NAME);
  }

  private static boolean isLetter(final int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(final int c) {
    return c >= '0' && c <= '9';
  }
}
