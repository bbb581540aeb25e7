package io.lockstep.scenario.plan.expression;

/** What an expression, its values and a rendered template may be at most. */
public final class ExpressionLimits {
  /** Characters of an expression. */
  public static final int MAX_EXPRESSION = 4096;

  /** Characters of a template. */
  public static final int MAX_TEMPLATE = 1 << 20;

  /** Expressions in a template. */
  public static final int MAX_PARTS = 1000;

  /** Parentheses, arguments, brackets and operators within each other, and lists in lists. */
  public static final int MAX_DEPTH = 64;

  /** Arguments of a call, items of a list. */
  public static final int MAX_ARGUMENTS = 64;

  /** Values that are held at the same time while an expression is computed. */
  public static final int MAX_STACK = 256;

  /** Characters of a text that an expression computes. */
  public static final int MAX_TEXT = 1 << 20;

  /** Items of a list that an expression computes, those of lists within it counted too. */
  public static final int MAX_LIST = 100_000;

  /** Characters of all texts in a list. */
  public static final int MAX_LIST_TEXT = 1 << 23;

  /** Bytes that a template renders to, in UTF-8. */
  public static final int MAX_RENDERED = 8 << 20;

  /** Characters of the pattern of {@code matches}. */
  public static final int MAX_PATTERN = 1000;

  /** Functions around a secret, so that what is sent stays bounded without a look at it. */
  public static final int MAX_SECRET_DEPTH = 4;

  private ExpressionLimits() {}
}
