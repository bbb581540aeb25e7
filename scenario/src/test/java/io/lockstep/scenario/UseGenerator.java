package io.lockstep.scenario;

import io.lockstep.scenario.expression.ExpressionException;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Check.Literal;
import io.lockstep.scenario.plan.Check.Predicate;
import io.lockstep.scenario.plan.Check.Range;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.Extraction.Pick;
import io.lockstep.scenario.plan.Extraction.Transform;
import io.lockstep.scenario.plan.Extraction.ValueType;
import io.lockstep.scenario.plan.ResponseSource;
import io.lockstep.scenario.plan.ResponseUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws what may be done with responses. */
final class UseGenerator {
  /** Largest integer in a size check. */
  private static final long MAX_SIZE = 1L << 40;

  private static final String[] TEXTS = {"a", "ä: '☃' #", "\"q\" \\ {x}", "- 1", "true", "0x1"};

  private final Random random;

  UseGenerator(final Random random) {
    this.random = random;
  }

  Browsing browsing() {
    return random.nextBoolean()
        ? Browsing.NONE
        : new Browsing(random.nextBoolean(), random.nextInt(101), random.nextBoolean());
  }

  ResponseUse use() {
    return new ResponseUse(
        IntStream.range(0, random.nextInt(4)).mapToObj(this::extraction).toList(),
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> new Check(i + text(), condition(), pick(Check.OnFailure.values())))
            .toList(),
        random.nextBoolean() ? List.of() : List.of(new Check.Range(200, 299)));
  }

  private Extraction extraction(final int index) {
    final ValueType type = pick(ValueType.values());
    final String fallback =
        switch (type) {
          case TEXT -> text();
          case INTEGER -> Integer.toString(random.nextInt());
          case DECIMAL -> random.nextInt(1_000) + ".25";
          case BOOLEAN -> Boolean.toString(random.nextBoolean());
        };
    return new Extraction(
        "v_" + index,
        source(),
        pick(),
        IntStream.range(0, random.nextInt(4)).mapToObj(i -> transform()).toList(),
        type,
        random.nextBoolean() ? Optional.of(fallback) : Optional.empty());
  }

  private ResponseSource source() {
    return switch (random.nextInt(10)) {
      case 0 -> new ResponseSource.JmesPath("a.b");
      case 1 ->
          new ResponseSource.Regex(
              "a(b)?", random.nextBoolean() ? OptionalInt.of(1) : OptionalInt.empty());
      case 2 -> new ResponseSource.Boundary(text(), text());
      case 3 -> new ResponseSource.Cookie("c");
      case 4 -> new ResponseSource.Status();
      case 5 -> new ResponseSource.Body();
      default -> place();
    };
  }

  /** A place that checks have as well. */
  private ResponseSource place() {
    return switch (random.nextInt(4)) {
      case 0 -> new ResponseSource.HeaderField("X-A");
      case 1 -> new ResponseSource.Json("$.a['b c']");
      case 2 -> new ResponseSource.XPath("//a[@b='c']");
      default ->
          new ResponseSource.Css(
              "a > b", random.nextBoolean() ? Optional.of("href") : Optional.empty());
    };
  }

  private Pick pick() {
    final Pick.Kind kind = pick(Pick.Kind.values());
    return new Pick(kind, kind == Pick.Kind.NTH ? random.nextInt(10_000) : 0);
  }

  private Transform transform() {
    return switch (random.nextInt(3)) {
      case 0 -> new Transform.Replace(text(), random.nextBoolean() ? "" : text());
      case 1 -> {
        final int from = random.nextInt(100);
        yield new Transform.Substring(from, from + random.nextInt(100));
      }
      default -> pick(Transform.Plain.values());
    };
  }

  private Check.Condition condition() {
    return switch (random.nextInt(8)) {
      case 0 -> new Check.StatusIn(statuses());
      case 1 -> new Check.BodyDigest("0123456789abcdef".repeat(4));
      case 2 -> new Check.JsonSchema(UsePrinter.SCHEMA_TEXT);
      case 3 -> new Check.SizeIn(size());
      case 4 -> new Check.DurationAtMost(random.nextInt(Integer.MAX_VALUE));
      case 5 -> new Check.Expression("status == 200 && '" + pick("a", "b") + "' != \"\"");
      case 6 -> new Check.ValueMeets(new ResponseSource.Body(), List.of(ofBody()));
      default -> new Check.ValueMeets(place(), predicates());
    };
  }

  private List<Range> statuses() {
    final List<Range> ranges = new ArrayList<>();
    final int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      final long hundred = 100L * (1 + random.nextInt(5));
      ranges.add(
          random.nextBoolean()
              ? new Range(hundred, hundred + 99)
              : new Range(hundred + i, hundred + i));
    }
    return random.nextInt(3) == 0 ? List.of(new Range(150, 321)) : ranges;
  }

  private Range size() {
    final long min = random.nextInt(1_000_000);
    return new Range(
        min, random.nextBoolean() ? Long.MAX_VALUE : min + random.nextLong(MAX_SIZE - min));
  }

  /** At least one, in the order of the reference. */
  private List<Predicate> predicates() {
    final List<Predicate> all =
        List.of(
            new Predicate.Exists(random.nextBoolean()),
            new Predicate.EqualTo(literal()),
            new Predicate.Contains(text()),
            new Predicate.Matches("a.*b"),
            new Predicate.AtLeast("-2.5"),
            new Predicate.AtMost(Integer.toString(random.nextInt(1_000))));
    final int chosen = 1 + random.nextInt((1 << all.size()) - 1);
    return IntStream.range(0, all.size())
        .filter(i -> (chosen & (1 << i)) != 0)
        .mapToObj(all::get)
        .toList();
  }

  private Predicate ofBody() {
    return switch (random.nextInt(3)) {
      case 0 -> new Predicate.EqualTo(literal());
      case 1 -> new Predicate.Contains(text());
      default -> new Predicate.Matches("^a");
    };
  }

  private Literal literal() {
    return switch (random.nextInt(3)) {
      case 0 -> new Literal(Literal.Kind.NUMBER, pick("0", "-7", "2.5"));
      case 1 -> new Literal(Literal.Kind.BOOLEAN, Boolean.toString(random.nextBoolean()));
      default -> new Literal(Literal.Kind.TEXT, text());
    };
  }

  private String text() {
    return pick(TEXTS);
  }

  @SafeVarargs
  private final <T> T pick(final T... values) {
    return values[random.nextInt(values.length)];
  }

  /** The checks of a use that are expressions, as a file would have them read. */
  static List<SourceExpression> conditions(final ResponseUse use) {
    return use.checks().stream()
        .filter(check -> check.condition() instanceof Check.Expression)
        .map(check -> condition(((Check.Expression) check.condition()).text()))
        .toList();
  }

  private static SourceExpression condition(final String text) {
    try {
      return SourceExpression.condition(text);
    } catch (final ExpressionException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
