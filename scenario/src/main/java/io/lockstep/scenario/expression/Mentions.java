package io.lockstep.scenario.expression;

import io.lockstep.scenario.expression.Term.Operator;
import io.lockstep.scenario.plan.expression.Function;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the names in a term, and which of them are known to be set where they are read. */
final class Mentions {
  private final List<Mention> found = new ArrayList<>();

  private Mentions() {}

  /**
   * All of them, in the order of the text.
   *
   * @param condition whether the term is a condition, of which null is false
   */
  static List<Mention> of(final Term term, final boolean condition) {
    final Mentions mentions = new Mentions();
    mentions.add(term, condition, Set.of());
    return mentions.found;
  }

  /**
   * @param set variables that are not null here, since that was asked before
   */
  private void add(final Term term, final boolean condition, final Set<String> set) {
    if (term instanceof Term.Name name) {
      add(name, condition || set.contains(name.name()));
    } else if (term instanceof Term.Member member) {
      found.add(new Mention(member.offset(), member.owner(), member.member(), true));
    } else if (term instanceof Term.Call call) {
      call(call, set);
    } else if (term instanceof Term.Items items) {
      items.items().forEach(item -> add(item, false, set));
    } else if (term instanceof Term.Unary unary) {
      add(unary.operand(), unary.operator() == Operator.NOT, set);
    } else if (term instanceof Term.Binary binary) {
      binary(binary, set);
    } else if (term instanceof Term.Conditional conditional) {
      add(conditional.condition(), true, set);
      add(conditional.then(), condition, with(set, conditional.condition(), true));
      add(conditional.otherwise(), condition, with(set, conditional.condition(), false));
    }
  }

  private void add(final Term.Name name, final boolean tested) {
    found.add(new Mention(name.offset(), "", name.name(), tested));
  }

  private void call(final Term.Call call, final Set<String> set) {
    for (int i = 0; i < call.arguments().size(); i++) {
      final boolean replaced = call.function() == Function.DEFAULT && i == 0;
      if (replaced && call.arguments().get(i) instanceof Term.Name name) {
        add(name, true);
      } else {
        add(call.arguments().get(i), false, set);
      }
    }
  }

  private void binary(final Term.Binary binary, final Set<String> set) {
    switch (binary.operator()) {
      case AND, OR -> {
        final boolean goesOn = binary.operator() == Operator.AND;
        add(binary.left(), true, set);
        add(binary.right(), true, with(set, binary.left(), goesOn));
      }
      case EQUAL, DIFFERENT -> {
        final boolean asksForNull = isNull(binary.left()) || isNull(binary.right());
        add(binary.left(), asksForNull, set);
        add(binary.right(), asksForNull, set);
      }
      default -> {
        add(binary.left(), false, set);
        add(binary.right(), false, set);
      }
    }
  }

  private static Set<String> with(
      final Set<String> set, final Term condition, final boolean truth) {
    final Set<String> all = new LinkedHashSet<>(set);
    all.addAll(setWhere(condition, truth));
    return all;
  }

  /** Variables that cannot be null where a condition is so. */
  static Set<String> setWhere(final Term term, final boolean truth) {
    if (term instanceof Term.Name name) {
      return truth ? Set.of(name.name()) : Set.of();
    }
    if (term instanceof Term.Unary unary && unary.operator() == Operator.NOT) {
      return setWhere(unary.operand(), !truth);
    }
    return term instanceof Term.Binary binary ? setWhere(binary, truth) : Set.of();
  }

  private static Set<String> setWhere(final Term.Binary binary, final boolean truth) {
    return switch (binary.operator()) {
      case AND, OR -> {
        final Set<String> left = new LinkedHashSet<>(setWhere(binary.left(), truth));
        final Set<String> right = setWhere(binary.right(), truth);
        if (truth == (binary.operator() == Operator.AND)) {
          left.addAll(right);
        } else {
          left.retainAll(right);
        }
        yield left;
      }
      case EQUAL, DIFFERENT -> {
        final boolean equal = truth == (binary.operator() == Operator.EQUAL);
        yield equal == hasNull(binary) ? Set.of() : comparedWithLiteral(binary);
      }
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          truth ? compared(binary) : Set.of(); // what is null is neither less nor greater
      default -> Set.of();
    };
  }

  private static boolean hasNull(final Term.Binary binary) {
    return isNull(binary.left()) || isNull(binary.right());
  }

  private static Set<String> comparedWithLiteral(final Term.Binary binary) {
    return binary.left() instanceof Term.Literal || binary.right() instanceof Term.Literal
        ? compared(binary)
        : Set.of();
  }

  private static Set<String> compared(final Term.Binary binary) {
    final Set<String> names = new LinkedHashSet<>();
    for (final Term side : List.of(binary.left(), binary.right())) {
      if (side instanceof Term.Name name) {
        names.add(name.name());
      }
    }
    return names;
  }

  private static boolean isNull(final Term term) {
    return term instanceof Term.Literal literal && literal.value() == null;
  }
}
