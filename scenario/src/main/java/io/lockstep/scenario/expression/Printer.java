package io.lockstep.scenario.expression;

import io.lockstep.scenario.expression.Term.Operator;
import io.lockstep.scenario.plan.expression.Texts;
import java.util.List;

/** Prints terms in the one canonical way: with the parentheses that are needed, and one space. */
final class Printer {
  private static final int LOOSEST = Operator.CONDITIONAL;
  private static final int PRIMARY = Operator.INDEX.precedence();

  private Printer() {}

  static String print(final Term term) {
    final StringBuilder out = new StringBuilder();
    print(term, LOOSEST, out);
    return out.toString();
  }

  /** In parentheses where it binds less tightly than {@code least}. */
  private static void print(final Term term, final int least, final StringBuilder out) {
    final boolean wrap = precedence(term) < least;
    out.append(wrap ? "(" : "");
    if (term instanceof Term.Literal literal) {
      out.append(Texts.literal(literal.value()));
    } else if (term instanceof Term.Name name) {
      out.append(name.name());
    } else if (term instanceof Term.Member member) {
      out.append(member.owner()).append(Term.Member.suffix(member.member()));
    } else if (term instanceof Term.Call call) {
      out.append(call.function().functionName());
      print(call.arguments(), "(", ")", out);
    } else if (term instanceof Term.Items items) {
      print(items.items(), "[", "]", out);
    } else if (term instanceof Term.Unary unary) {
      out.append(unary.operator().spelling());
      print(unary.operand(), Operator.UNARY, out);
    } else if (term instanceof Term.Binary binary) {
      print(binary, out);
    } else if (term instanceof Term.Conditional conditional) {
      print(conditional.condition(), LOOSEST + 1, out);
      out.append(" ? ");
      print(conditional.then(), LOOSEST, out);
      out.append(" : ");
      print(conditional.otherwise(), LOOSEST, out);
    }
    out.append(wrap ? ")" : "");
  }

  private static void print(final Term.Binary binary, final StringBuilder out) {
    final int precedence = binary.operator().precedence();
    if (binary.operator() == Operator.INDEX) {
      print(binary.left(), PRIMARY, out);
      print(List.of(binary.right()), "[", "]", out);
      return;
    }
    final boolean chains = precedence != Operator.ORDER;
    print(binary.left(), chains ? precedence : precedence + 1, out);
    out.append(' ').append(binary.operator().spelling()).append(' ');
    print(binary.right(), precedence + 1, out);
  }

  private static void print(
      final List<Term> terms, final String open, final String close, final StringBuilder out) {
    String before = open;
    for (final Term term : terms) {
      out.append(before);
      print(term, LOOSEST, out);
      before = ", ";
    }
    out.append(terms.isEmpty() ? open : "").append(close);
  }

  private static int precedence(final Term term) {
    if (term instanceof Term.Conditional) {
      return Operator.CONDITIONAL;
    }
    if (term instanceof Term.Binary binary) {
      return binary.operator().precedence();
    }
    if (term instanceof Term.Unary) {
      return Operator.UNARY;
    }
    final boolean negative =
        term instanceof Term.Literal literal
            && ((literal.value() instanceof Long number && number < 0)
                || (literal.value() instanceof Double decimal && decimal < 0));
    return negative ? Operator.UNARY : PRIMARY;
  }
}
