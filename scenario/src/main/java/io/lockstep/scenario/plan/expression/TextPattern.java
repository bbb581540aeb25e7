package io.lockstep.scenario.plan.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A regular expression of RE2: it takes time in proportion to the text, whatever the pattern, and
 * has its own Unicode tables, so that it finds the same on every JDK.
 */
public final class TextPattern {
  private static final Pattern LOOK_AROUND = Pattern.compile("\\(\\?<?[=!]");
  private static final Pattern BACK_REFERENCE = Pattern.compile("\\\\[1-9]|\\\\k<");

  private final Pattern pattern;

  private TextPattern(final Pattern pattern) {
    this.pattern = pattern;
  }

  /** A pattern without a {@link #fault}. */
  static TextPattern of(final String pattern) {
    return new TextPattern(Pattern.compile(pattern));
  }

  /** What is wrong with a pattern, if anything, as a clause after it. */
  public static Optional<String> fault(final String pattern) {
    if (pattern.length() > ExpressionLimits.MAX_PATTERN) {
      return Optional.of("is longer than " + ExpressionLimits.MAX_PATTERN + " characters");
    }
    try {
      Pattern.compile(pattern);
      return Optional.empty();
    } catch (final PatternSyntaxException e) {
      return Optional.of(
          "is not a regular expression: " + missing(pattern).orElse(e.getDescription()));
    }
  }

  /** What other regular expressions have and these do not, where a wrong one has it. */
  public static Optional<String> missing(final String pattern) {
    if (LOOK_AROUND.matcher(pattern).find()) {
      return Optional.of(
          "(?=…), (?!…), (?<=…) and (?<!…) are not in RE2, whose matches take linear time; match what"
              + " is around too, and take a group of it");
    }
    return BACK_REFERENCE.matcher(pattern).find()
        ? Optional.of("\\1 is not in RE2, whose matches take linear time")
        : Optional.empty();
  }

  /** Whether it is found in a text. */
  boolean isIn(final String text) {
    return pattern.matcher(text).find();
  }
}
