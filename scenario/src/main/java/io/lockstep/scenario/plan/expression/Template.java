package io.lockstep.scenario.plan.expression;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A compiled template: literal texts around expressions, {@code literal(0) expression(0) literal(1)
 * …}. Immutable. Its literals are encoded once.
 */
public final class Template {
  private final List<String> literals;
  private final List<Expression> expressions;
  private final byte[][] encoded;

  /**
   * A compiled template.
   *
   * @param literals one more than there are expressions
   */
  public Template(final List<String> literals, final List<Expression> expressions) {
    if (literals.size() != expressions.size() + 1) {
      throw new IllegalArgumentException(
          "expected "
              + (expressions.size() + 1)
              + " literals around the expressions, got "
              + literals.size());
    }
    this.literals = List.copyOf(literals);
    this.expressions = List.copyOf(expressions);
    encoded = literals.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /** A template that always renders to the same text. */
  public static Template constant(final String text) {
    return new Template(List.of(text), List.of());
  }

  /** Number of its expressions. */
  public int expressions() {
    return expressions.size();
  }

  public Expression expression(final int index) {
    return expressions.get(index);
  }

  /** The text before an expression, or after the last one. */
  public String literal(final int index) {
    return literals.get(index);
  }

  /** A literal in UTF-8, not to be changed. */
  public byte[] encoded(final int index) {
    return encoded[index];
  }

  /** Whether it always renders to the same text. */
  public boolean isConstant() {
    return expressions.isEmpty();
  }

  /** The text of a constant template. */
  public String constant() {
    if (!isConstant()) {
      throw new IllegalStateException("not constant: " + text());
    }
    return literals.get(0);
  }

  /** Whether a secret is in it, so that what is sent is not what is journaled. */
  public boolean isTainted() {
    return expressions.stream().anyMatch(Expression::isTainted);
  }

  /** Whether it looks at the last response. */
  public boolean usesResponse() {
    return expressions.stream().anyMatch(Expression::usesResponse);
  }

  /** Whether it looks at what a setup has left. */
  public boolean usesSetup() {
    return expressions.stream().anyMatch(Expression::usesSetup);
  }

  /** Whether it tells which trace it is part of. */
  public boolean usesTrace() {
    return expressions.stream().anyMatch(Expression::usesTrace);
  }

  /** Whether it looks at the last response's headers. */
  public boolean usesHeaders() {
    return expressions.stream().anyMatch(Expression::usesHeaders);
  }

  /** Whether it looks at the last response's body. */
  public boolean usesBody() {
    return expressions.stream().anyMatch(Expression::usesBody);
  }

  /** How many values are held at most while it is rendered. */
  public int stack() {
    return expressions.stream().mapToInt(Expression::stack).max().orElse(0);
  }

  /** Its canonical spelling, which reads back as the same template. */
  public String text() {
    final StringBuilder out = new StringBuilder();
    for (int i = 0; i < literals.size(); i++) {
      final boolean before = i < expressions.size();
      out.append(escaped(literals.get(i), before));
      if (before) {
        out.append("${").append(expressions.get(i).text()).append('}');
      }
    }
    return out.toString();
  }

  /** A literal as a template spells it. */
  public static String escaped(final String literal, final boolean beforeExpression) {
    final String escaped = literal.replace("${", "$${");
    return beforeExpression && escaped.endsWith("$")
        ? escaped.substring(0, escaped.length() - 1) + "${\"$\"}"
        : escaped;
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof Template that
        && literals.equals(that.literals)
        && expressions.equals(that.expressions);
  }

  @Override
  public int hashCode() {
    return 31 * literals.hashCode() + expressions.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
