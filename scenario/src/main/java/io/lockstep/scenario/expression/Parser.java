package io.lockstep.scenario.expression;

import io.lockstep.scenario.expression.Term.Operator;
import io.lockstep.scenario.plan.expression.ExpressionLimits;
import io.lockstep.scenario.plan.expression.Function;
import java.util.ArrayList;
import java.util.List;

/**
 * Recursive descent over one expression. Depth is bounded, for the parser and for all that walks
 * its terms later, so that no text makes the stack overflow.
 */
final class Parser {
  private final Tokenizer tokens;
  private Token token;

  /** The one before, or the first itself. */
  private Token before;

  private int depth;

  private Parser(final Tokenizer tokens) throws ParseException {
    this.tokens = tokens;
    this.token = tokens.next();
    this.before = token;
  }

  /**
   * A parsed expression.
   *
   * @param term the expression
   * @param end where it ends
   */
  record Parsed(Term term, int end) {}

  /** Parses a text that is an expression. */
  static Term expression(final String text) throws ParseException {
    if (text.length() > ExpressionLimits.MAX_EXPRESSION) {
      throw new ParseException(0, tooLong());
    }
    try {
      return new Parser(new Tokenizer(text, 0, text.length(), false)).whole().term();
    } catch (final ParseException e) {
      throw Words.areText(text) ? new ParseException(e.fault().noted(Fault.ownQuotes(text))) : e;
    }
  }

  /** Parses an expression in a template, up to its closing brace or the end of the text. */
  static Parsed part(final String text, final int start) throws ParseException {
    final int limit = Math.min(text.length(), start + ExpressionLimits.MAX_EXPRESSION);
    final Parsed parsed = new Parser(new Tokenizer(text, start, limit, true)).whole();
    if (parsed.end() == limit && limit < text.length() && text.charAt(limit) != '}') {
      throw new ParseException(start, tooLong());
    }
    return parsed;
  }

  private static String tooLong() {
    return "an expression has at most " + ExpressionLimits.MAX_EXPRESSION + " characters";
  }

  private Parsed whole() throws ParseException {
    if (token.kind() == Token.Kind.END) {
      throw new ParseException(token.start(), "an expression is expected here");
    }
    final Term term = conditional();
    if (token.is(".") && term instanceof Term.Member member) {
      throw new ParseException(
          token.start(),
          "a value has nothing behind a point",
          "what is in a value that is JSON comes of a path: json("
              + Printer.print(member)
              + ", \"$.name\")");
    }
    if (token.kind() != Token.Kind.END) {
      throw new ParseException(
          token.start(),
          "expected an operator or the end, found " + token.shown(),
          Words.notes(before, token));
    }
    return new Parsed(term, token.start());
  }

  private Token take() throws ParseException {
    before = token;
    token = tokens.next();
    return before;
  }

  private void expect(final String mark, final String after) throws ParseException {
    if (!token.is(mark)) {
      throw new ParseException(
          token.start(), "expected `" + mark + "` after " + after + ", found " + token.shown());
    }
    take();
  }

  private void enter() throws ParseException {
    if (++depth > ExpressionLimits.MAX_DEPTH) {
      throw new ParseException(
          token.start(),
          "expressions are nested more than " + ExpressionLimits.MAX_DEPTH + " deep");
    }
  }

  private Term conditional() throws ParseException {
    enter();
    final Term condition = binary(Operator.OR.precedence());
    Term term = condition;
    if (token.is("?")) {
      final int offset = take().start();
      final Term then = conditional();
      expect(":", "the first choice of `?`");
      term = new Term.Conditional(offset, condition, then, conditional());
    }
    depth--;
    return term;
  }

  /** Operators that bind at least so tightly; equal ones from left to right. */
  private Term binary(final int precedence) throws ParseException {
    if (precedence > Operator.TIGHTEST) {
      return unary();
    }
    Term left = binary(precedence + 1);
    int chained = 0;
    for (Operator operator = operator(precedence);
        operator != null;
        operator = operator(precedence)) {
      final int offset = token.start();
      if (precedence == Operator.ORDER && chained > 0) {
        throw new ParseException(
            offset, "comparisons do not chain", "write `a < b && b < c`, not `a < b < c`");
      }
      if (++chained + depth > ExpressionLimits.MAX_DEPTH) {
        throw new ParseException(
            offset,
            "more than " + ExpressionLimits.MAX_DEPTH + " operators in a row",
            "set a variable to a part of it, and use that");
      }
      take();
      left = new Term.Binary(offset, operator, left, binary(precedence + 1));
    }
    return left;
  }

  private Operator operator(final int precedence) {
    return token.kind() == Token.Kind.MARK ? Operator.binary(token.text(), precedence) : null;
  }

  private Term unary() throws ParseException {
    if (!token.is("!") && !token.is("-")) {
      return indexed();
    }
    enter();
    final Token sign = take();
    final Term operand = unary();
    depth--;
    if (sign.is("!")) {
      return new Term.Unary(sign.start(), Operator.NOT, operand);
    }
    return new Term.Unary(sign.start(), Operator.NEGATE, operand);
  }

  private Term indexed() throws ParseException {
    Term term = primary();
    int brackets = 0;
    while (token.is("[")) {
      if (++brackets + depth > ExpressionLimits.MAX_DEPTH) {
        throw new ParseException(token.start(), "too many brackets in a row");
      }
      final int offset = take().start();
      final Term index = conditional();
      expect("]", "the index");
      term =
          term instanceof Term.Name owner
                  && index instanceof Term.Literal member
                  && member.value() instanceof String name
              ? new Term.Member(owner.offset(), owner.name(), member.offset(), name)
              : new Term.Binary(offset, Operator.INDEX, term, index);
    }
    return term;
  }

  private Term primary() throws ParseException {
    final Token first = token;
    switch (first.kind()) {
      case NUMBER:
        take();
        return new Term.Literal(first.start(), first.number());
      case TEXT:
        take();
        return new Term.Literal(first.start(), first.text());
      case NAME:
        return named(take());
      default:
        if (first.is("(")) {
          take();
          final Term term = conditional();
          expect(")", "the expression in parentheses");
          return term;
        }
        if (first.is("[")) {
          take();
          return new Term.Items(first.start(), list("]", "the list"));
        }
        throw new ParseException(
            first.start(), "expected a value, a name or `(`, found " + first.shown());
    }
  }

  private Term named(final Token name) throws ParseException {
    switch (name.text()) {
      case "true":
        return new Term.Literal(name.start(), true);
      case "false":
        return new Term.Literal(name.start(), false);
      case "null":
        return new Term.Literal(name.start(), null);
      default:
        if (token.is("(")) {
          return call(name);
        }
        if (!token.is(".")) {
          return new Term.Name(name.start(), name.text());
        }
        take();
        if (token.kind() != Token.Kind.NAME) {
          throw new ParseException(
              token.start(), "expected a name after the point, found " + token.shown());
        }
        final Token member = take();
        return new Term.Member(name.start(), name.text(), member.start(), member.text());
    }
  }

  private Term call(final Token name) throws ParseException {
    final Function function = Function.named(name.text()).orElse(null);
    if (function == null) {
      throw new ParseException(
          new Fault(
              name.start(),
              "there is no function `" + name.text() + "`",
              name.text(),
              Function.names(),
              List.of()));
    }
    take();
    final List<Term> arguments = list(")", "the arguments of " + name.text() + "()");
    final Function called = function.with(arguments.size());
    if (arguments.size() < called.minArguments() || arguments.size() > called.maxArguments()) {
      throw new ParseException(
          name.start(),
          name.text() + "() takes " + count(function) + ", not " + arguments.size(),
          "it is " + function.signature());
    }
    return new Term.Call(name.start(), called, arguments);
  }

  private static String count(final Function function) {
    final int min = function.minArguments();
    final int max = function.maxArguments();
    if (max == 0) {
      return "no arguments";
    }
    final String counted = min == max ? String.valueOf(min) : min + " to " + max;
    return counted + (max == 1 ? " argument" : " arguments");
  }

  /** Terms up to a closing mark, which is taken too. */
  private List<Term> list(final String close, final String what) throws ParseException {
    final List<Term> terms = new ArrayList<>();
    while (!token.is(close)) {
      if (!terms.isEmpty()) {
        if (!token.is(",")) {
          throw new ParseException(
              token.start(),
              "expected `,` or `" + close + "` in " + what + ", found " + token.shown());
        }
        take();
      }
      if (terms.size() == ExpressionLimits.MAX_ARGUMENTS) {
        throw new ParseException(
            token.start(), "more than " + ExpressionLimits.MAX_ARGUMENTS + " values in " + what);
      }
      terms.add(conditional());
    }
    take();
    return terms;
  }
}
