package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Check.Range;
import io.lockstep.scenario.read.EitherType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.List;
import java.util.stream.Collectors;

/** Statuses that a check allows: a code, a class such as 2xx, a list of these, or a range. */
final class Statuses {
  private static final int MIN = 100;
  private static final int MAX = 599;
  private static final IntegerType CODE = new IntegerType("a status", MIN, MAX);

  private static final Key<Long> LEAST =
      Key.optional("min", CODE, (long) MIN, "100", "least status allowed");
  private static final Key<Long> MOST =
      Key.optional("max", CODE, (long) MAX, "599", "largest status allowed");

  private static final Type<List<Range>> MAP =
      new ObjectType<>(
          "a range of statuses",
          List.of(LEAST, MOST),
          List.of(new Rule(List.of(LEAST, MOST), Statuses::ascends)),
          v -> List.of(new Range(v.get(LEAST), v.get(MOST))));

  static final Type<List<Range>> TYPE =
      new EitherType<>(
          "a status such as 200, 2xx, [200, 204] or {min: 200, max: 299}",
          List.of(
              new EitherType.Option<>(node -> node instanceof MapNode, MAP),
              new EitherType.Option<>(
                  node -> node instanceof ListNode, new ListType<>("statuses", new One(), MAX)),
              new EitherType.Option<>(
                  node -> node instanceof ScalarNode, new MappedType<>(new One(), List::of))));

  private Statuses() {}

  private static boolean ascends(final Values v) {
    if (v.get(LEAST) > v.get(MOST)) {
      v.in().conflict(v.offset(LEAST), "`min` is larger than `max`");
      return false;
    }
    return true;
  }

  /** As a sentence says them: {@code 200, 204 or 3xx}. */
  static String text(final List<Range> ranges) {
    final String all = ranges.stream().map(Statuses::text).collect(Collectors.joining(", "));
    final int last = all.lastIndexOf(", ");
    return last < 0 ? all : all.substring(0, last) + " or " + all.substring(last + 2);
  }

  private static String text(final Range range) {
    if (range.min() == range.max()) {
      return Long.toString(range.min());
    }
    final boolean whole = range.min() % 100 == 0 && range.max() == range.min() + 99;
    return whole ? range.min() / 100 + "xx" : range.min() + " to " + range.max();
  }

  /** A code or a class. */
  private static final class One implements Type<Range> {
    @Override
    public String expected() {
      return CODE.expected() + ", or a class such as 2xx";
    }

    @Override
    public Schema schema(final Schemas in) {
      final Schema ofClass = Schema.of("class", "string").with("pattern", "^[1-5]xx$");
      return Schema.oneOf("status", List.of(in.of(CODE), ofClass));
    }

    @Override
    public Range read(final Node node, final Reading in) {
      if (node instanceof ScalarNode scalar && scalar.text().matches("[1-5]xx")) {
        final long min = (scalar.text().charAt(0) - '0') * 100L;
        return new Range(min, min + 99);
      }
      if (node instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.INTEGER) {
        final Long code = CODE.read(node, in);
        return code == null ? null : new Range(code, code);
      }
      return in.wrongType(node, this);
    }
  }
}
