package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Comparison;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes the text of a threshold apart: {@code aggregation comparison number [unit]}, such as {@code
 * p(99) < 250ms}. Which metric it is about plays no part here. Used once.
 */
final class ThresholdParser {
  static final String FORM = "an expression such as p(99)<250ms, rate<1% or count>1000";

  private static final int MAX_LENGTH = 100;
  private static final int MAX_DIGITS = 30;

  private final String text;
  private int at;
  private Fault fault;

  /**
   * An expression in parts.
   *
   * @param text all of it
   * @param aggregation what is asked of the samples
   * @param aggregationAt index of its first character
   * @param percentile 0 to 100, or 0 where it has none
   * @param comparison with the number
   * @param number as written
   * @param numberAt index of its first character
   * @param unit empty where there is none
   * @param unitAt index of its first character
   */
  record Parsed(
      String text,
      Aggregation aggregation,
      int aggregationAt,
      double percentile,
      Comparison comparison,
      BigDecimal number,
      int numberAt,
      String unit,
      int unitAt) {}

  /**
   * What is wrong with a text.
   *
   * @param index of the character meant
   * @param message a sentence without its full stop
   * @param notes what is allowed
   */
  record Fault(int index, String message, List<String> notes) {}

  ThresholdParser(final String text) {
    this.text = text;
  }

  /** The parts; empty where {@link #fault} says why not. */
  Optional<Parsed> parse() {
    if (text.length() > MAX_LENGTH) {
      return fail(0, "the expression is longer than " + MAX_LENGTH + " characters");
    }
    skipBlanks();
    final int aggregationAt = at;
    final String word = word();
    final Optional<Aggregation> aggregation =
        Arrays.stream(Aggregation.values()).filter(a -> a.key().equals(word)).findFirst();
    if (aggregation.isEmpty()) {
      return fail(aggregationAt, "`" + word + "` is no aggregation", aggregations());
    }
    final Optional<Double> percentile = percentile(aggregation.get());
    if (percentile.isEmpty()) {
      return Optional.empty();
    }
    skipBlanks();
    final Optional<Comparison> comparison = comparison();
    if (comparison.isEmpty()) {
      return noComparison();
    }
    skipBlanks();
    final int numberAt = at;
    final Optional<BigDecimal> number = number();
    if (number.isEmpty()) {
      return fail(numberAt, "a number is missing here", "expected " + FORM);
    }
    skipBlanks();
    return Optional.of(
        new Parsed(
            text,
            aggregation.get(),
            aggregationAt,
            percentile.get(),
            comparison.get(),
            number.get(),
            numberAt,
            text.substring(at).strip(),
            at));
  }

  /** Why the text is none. */
  Fault fault() {
    return fault;
  }

  private static String aggregations() {
    final StringBuilder all = new StringBuilder("one of:");
    for (final Aggregation aggregation : Aggregation.values()) {
      all.append(' ').append(aggregation.form());
    }
    return all.toString();
  }

  private <T> Optional<T> fail(final int index, final String message, final String... notes) {
    fault = new Fault(index, message, List.of(notes));
    return Optional.empty();
  }

  private Optional<Double> percentile(final Aggregation aggregation) {
    if (aggregation != Aggregation.PERCENTILE) {
      return Optional.of(aggregation == Aggregation.MED ? 50.0 : 0.0);
    }
    final int from = at;
    if (!take("(")) {
      return fail(from, "`p` needs its percentile", "expected p(99)");
    }
    skipBlanks();
    final int numberAt = at;
    final Optional<BigDecimal> number = number();
    if (number.isEmpty()
        || number.get().signum() < 0
        || number.get().compareTo(BigDecimal.valueOf(100)) > 0) {
      return fail(numberAt, "a percentile is a number from 0 to 100", "expected p(99) or p(99.9)");
    }
    skipBlanks();
    return take(")")
        ? Optional.of(number.get().doubleValue())
        : fail(at, "`)` is missing here", "expected p(99)");
  }

  private Optional<Comparison> comparison() {
    final Optional<Comparison> found =
        Arrays.stream(Comparison.values())
            .filter(c -> text.startsWith(c.sign(), at))
            .max((a, b) -> Integer.compare(a.sign().length(), b.sign().length()));
    found.ifPresent(c -> at += c.sign().length());
    return found;
  }

  /** Says what is meant where the signs are there in another order, or one of them. */
  private Optional<Parsed> noComparison() {
    if (text.startsWith("=>", at) || text.startsWith("=<", at)) {
      final char sign = text.charAt(at + 1);
      return fail(at, "`=" + sign + "` is no comparison", "write `" + sign + "=`");
    }
    return text.startsWith("=", at)
        ? fail(at, "`=` is no comparison", "write `==`")
        : fail(at, "a comparison is missing here", "one of: < <= > >= == !=");
  }

  private String word() {
    final int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  /** Decimal digits with at most one point among them, and perhaps a sign before them. */
  private Optional<BigDecimal> number() {
    final int from = at;
    take("-");
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    final String digits = text.substring(from, at);
    return digits.matches("-?[0-9]+(\\.[0-9]+)?") && digits.length() <= MAX_DIGITS
        ? Optional.of(new BigDecimal(digits))
        : Optional.empty();
  }

  private static boolean isDigit(final char c) {
    return c >= '0' && c <= '9';
  }

  private boolean take(final String expected) {
    final boolean there = text.startsWith(expected, at);
    at += there ? expected.length() : 0;
    return there;
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}
