package io.lockstep.engine.content;

import io.lockstep.engine.content.text.Contained;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.engine.content.value.Numbers;
import io.lockstep.scenario.plan.Check.Literal;
import io.lockstep.scenario.plan.Check.Predicate;
import java.math.BigDecimal;

/** What values are held to: a predicate made into code. */
@FunctionalInterface
interface Expectation {
  /** Whether the values, or one of them, meet it. */
  boolean isMetBy(Matches found);

  static Expectation of(final Predicate predicate) {
    if (predicate instanceof Predicate.Exists exists) {
      return found -> found.count() > 0 == exists.expected();
    } else if (predicate instanceof Predicate.EqualTo equal) {
      return equalTo(equal.value());
    } else if (predicate instanceof Predicate.Contains contains) {
      return any((kind, text) -> text.contains(contains.text()));
    } else if (predicate instanceof Predicate.Matches matches) {
      final Contained pattern = new Contained(matches.pattern());
      return any((kind, text) -> pattern.in(text));
    } else if (predicate instanceof Predicate.AtLeast least) {
      final BigDecimal bound = new BigDecimal(least.number());
      return number(number -> number.compareTo(bound) >= 0);
    } else if (predicate instanceof Predicate.AtMost most) {
      final BigDecimal bound = new BigDecimal(most.number());
      return number(number -> number.compareTo(bound) <= 0);
    }
    throw new IllegalArgumentException("nothing expects " + predicate);
  }

  private static Expectation equalTo(final Literal literal) {
    return switch (literal.kind()) {
      case TEXT -> any((kind, text) -> isOr(kind, Kind.TEXT) && text.equals(literal.text()));
      case BOOLEAN -> any((kind, text) -> isOr(kind, Kind.BOOLEAN) && text.equals(literal.text()));
      case NUMBER -> {
        final BigDecimal number = new BigDecimal(literal.text());
        yield number(found -> found.compareTo(number) == 0);
      }
    };
  }

  private static boolean isOr(final Kind kind, final Kind typed) {
    return kind == typed || kind == Kind.UNTYPED;
  }

  private static Expectation number(final Bound bound) {
    return any(
        (kind, text) -> {
          final BigDecimal number = isOr(kind, Kind.NUMBER) ? Numbers.parse(text) : null;
          return number != null && bound.admits(number);
        });
  }

  private static Expectation any(final One one) {
    return found -> {
      for (int i = 0; i < found.count(); i++) {
        if (one.isMetBy(found.kind(i), found.text(i))) {
          return true;
        }
      }
      return false;
    };
  }

  /** A predicate on one value. */
  @FunctionalInterface
  interface One {
    boolean isMetBy(Kind kind, String text);
  }

  /** A predicate on a number. */
  @FunctionalInterface
  interface Bound {
    boolean admits(BigDecimal number);
  }
}
