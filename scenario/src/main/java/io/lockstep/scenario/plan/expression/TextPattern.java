package io.lockstep.scenario.plan.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A regular expression of RE2: it takes time in proportion to the text, whatever the pattern, and
 * has its own Unicode tables, so that it finds the same on every JDK.
 */
public final class TextPattern {
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
      return Optional.of("is not a regular expression: " + e.getDescription());
    }
  }

  /** Whether it is found in a text. */
  boolean isIn(final String text) {
    return pattern.matcher(text).find();
  }
}
