package io.lockstep.scenario.expression;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.ExpressionLimits;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Template;
import io.lockstep.scenario.plan.expression.Texts;
import io.lockstep.scenario.plan.expression.Value;
import io.lockstep.scenario.read.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A template whose syntax is right, before its names are known. Two are equal where their canonical
 * texts are.
 */
public final class SourceTemplate {
  private static final String OPEN = "${";
  private static final String ESCAPED = "$${";

  private final List<String> literals;
  private final List<Term> terms;
  private final boolean secretsAllowed;
  private final Place place;

  private SourceTemplate(
      final List<String> literals,
      final List<Term> terms,
      final boolean secretsAllowed,
      final Place place) {
    this.literals = List.copyOf(literals);
    this.terms = List.copyOf(terms);
    this.secretsAllowed = secretsAllowed;
    this.place = place;
  }

  /**
   * Parses a template.
   *
   * @param secretsAllowed whether it may have secrets: in a request only
   * @throws ExpressionException if its syntax is wrong.
   */
  public static SourceTemplate of(final String text, final boolean secretsAllowed)
      throws ExpressionException {
    try {
      return parse(text, secretsAllowed, Place.nowhere());
    } catch (final ParseException e) {
      throw new ExpressionException(List.of(e.fault()));
    }
  }

  static SourceTemplate parse(final String text, final boolean secretsAllowed, final Place place)
      throws ParseException {
    if (text.length() > ExpressionLimits.MAX_TEMPLATE) {
      throw new ParseException(
          0, "a template has at most " + ExpressionLimits.MAX_TEMPLATE + " characters");
    }
    final List<String> literals = new ArrayList<>();
    final List<Term> terms = new ArrayList<>();
    final StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(ESCAPED, at)) {
        literal.append(OPEN);
        at += ESCAPED.length();
      } else if (text.startsWith(OPEN, at)) {
        literals.add(literal.toString());
        literal.setLength(0);
        at = part(text, at, terms);
      } else {
        literal.append(text.charAt(at++));
      }
    }
    literals.add(literal.toString());
    return new SourceTemplate(literals, terms, secretsAllowed, place);
  }

  /** Reads one expression with its braces; returns where it ends. */
  private static int part(final String text, final int open, final List<Term> terms)
      throws ParseException {
    if (terms.size() == ExpressionLimits.MAX_PARTS) {
      throw new ParseException(
          open, "a template has at most " + ExpressionLimits.MAX_PARTS + " expressions");
    }
    final Parser.Parsed parsed = Parser.part(text, open + OPEN.length());
    if (parsed.end() >= text.length()) {
      throw new ParseException(open, "nothing closes this `${`", "for a literal `${`, write `$${`");
    }
    terms.add(parsed.term());
    return parsed.end() + 1;
  }

  /**
   * Compiles it.
   *
   * @throws ExpressionException if names are unknown, kinds do not fit, or a constant part of it
   *     fails.
   */
  public Template compile(final Names names) throws ExpressionException {
    final List<Fault> faults = new ArrayList<>();
    final Template template = compile(names, faults);
    if (!faults.isEmpty()) {
      throw new ExpressionException(faults);
    }
    return template;
  }

  /** Compiles it; {@code null}, and its faults are reported, where it is wrong. */
  public Template compile(final Names names, final Reading in) {
    final List<Fault> faults = new ArrayList<>();
    final Template template = compile(names, faults);
    if (!faults.isEmpty()) {
      place.report(faults, in);
      return null;
    }
    return template;
  }

  /** Constant parts become one with the literals beside them. */
  private Template compile(final Names names, final List<Fault> faults) {
    final Resolver resolver = new Resolver(names, secretsAllowed, faults);
    final List<String> texts = new ArrayList<>();
    final List<Expression> expressions = new ArrayList<>();
    final StringBuilder literal = new StringBuilder(literals.get(0));
    int draws = 0;
    for (int i = 0; i < terms.size(); i++) {
      final Resolved resolved = resolver.resolve(terms.get(i));
      if (resolved.kinds() == Kind.NULL.mask() && !resolved.isTainted()) {
        faults.add(Fault.of(terms.get(i).offset(), "null has no text", "leave it out"));
      } else if (resolved.isConstant()) {
        literal.append(spelled(resolved));
      } else if (faults.isEmpty()) {
        final Expression expression = Emitter.emit(resolved, names, draws, faults);
        if (expression != null) {
          draws += expression.draws();
          texts.add(literal.toString());
          expressions.add(expression);
          literal.setLength(0);
        }
      }
      literal.append(literals.get(i + 1));
    }
    texts.add(literal.toString());
    return faults.isEmpty() ? new Template(texts, expressions) : null;
  }

  private static String spelled(final Resolved constant) {
    final Value value = constant.value();
    Texts.toText(value);
    return value.text();
  }

  /**
   * A template that is made of parts of others, and of none of its own in the file: what is wrong
   * with it is told where one of them is.
   *
   * @param text which is right as a text
   * @param source one of them
   */
  public static SourceTemplate made(final String text, final SourceTemplate source) {
    try {
      return parse(text, source.secretsAllowed, source.place.whole());
    } catch (final ParseException e) {
      throw new IllegalArgumentException("made a wrong template: " + text, e);
    }
  }

  /** The same of a text that may be too long; empty, and that is reported, where it is. */
  public static Optional<SourceTemplate> made(
      final String text, final SourceTemplate source, final Reading in) {
    try {
      return Optional.of(parse(text, source.secretsAllowed, source.place.whole()));
    } catch (final ParseException e) {
      source.place.whole().report(List.of(e.fault()), in);
      return Optional.empty();
    }
  }

  /** An expression that comes to its text. */
  public String expression() {
    final List<String> parts = new ArrayList<>();
    for (int i = 0; i <= terms.size(); i++) {
      if (i > 0) {
        parts.add("text(" + Printer.print(terms.get(i - 1)) + ")");
      }
      if (!literals.get(i).isEmpty() || terms.isEmpty()) {
        parts.add(Texts.literal(literals.get(i)));
      }
    }
    return String.join(" + ", parts);
  }

  /** Whether it has no expression at all, so that it needs no names. */
  public boolean isLiteral() {
    return terms.isEmpty();
  }

  /** What stands around its expressions, one after the other. */
  public String literalParts() {
    return String.join("", literals);
  }

  /** A template without expressions, for a text that is in no file. */
  public static SourceTemplate literal(final String text) {
    return new SourceTemplate(List.of(text), List.of(), false, Place.nowhere());
  }

  /** The text of a template without expressions, its escapes undone. */
  public String literal() {
    if (!isLiteral()) {
      throw new IllegalStateException("has expressions: " + text());
    }
    return literals.get(0);
  }

  /** Reports that it cannot be used where it is. */
  public void reject(final Reading in, final String message, final String advice) {
    place.report(List.of(Fault.of(0, message, advice)), in);
  }

  /** The names in its expressions, in the order of its text. */
  public List<Mention> mentions() {
    return terms.stream().flatMap(term -> Mentions.of(term, false).stream()).toList();
  }

  /** Warns of a place in its text. */
  public void warn(
      final Reading in,
      final Diagnostic.Kind kind,
      final int offset,
      final String message,
      final String... notes) {
    place.warn(in, kind, offset, message, notes);
  }

  /** Whether it looks at what a setup has left. */
  public boolean usesSetup() {
    return terms.stream().anyMatch(SourceTemplate::usesSetup);
  }

  private static boolean usesSetup(final Term term) {
    return term.parts().stream().anyMatch(SourceTemplate::usesSetup)
        || (term instanceof Term.Member member && member.owner().equals(NameResolver.SETUP));
  }

  /** Its canonical spelling, as it was written: no constant is filled in. */
  public String text() {
    final StringBuilder out = new StringBuilder();
    for (int i = 0; i < terms.size(); i++) {
      out.append(Template.escaped(literals.get(i), true));
      out.append(OPEN).append(Printer.print(terms.get(i))).append('}');
    }
    return out.append(Template.escaped(literals.get(terms.size()), false)).toString();
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof SourceTemplate that
        && secretsAllowed == that.secretsAllowed
        && literals.equals(that.literals)
        && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
