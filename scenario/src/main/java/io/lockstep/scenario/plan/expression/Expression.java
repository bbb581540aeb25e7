package io.lockstep.scenario.plan.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A compiled expression: flat postfix code, see {@link Op}, and its constants. Immutable. Two are
 * equal where code, constants and text are.
 */
public final class Expression {
  private final String text;
  private final int[] code;
  private final List<Object> constants;
  private final int kinds;
  private final long[] longs;
  private final double[] doubles;
  private final String[] texts;
  private final TextPattern[] patterns;
  private final TextQuery[] queries;
  private final List<String> headers = new ArrayList<>();
  private final List<String> jsonPaths = new ArrayList<>();
  private final List<Integer> feeders = new ArrayList<>();
  private int stack;
  private int draws;
  private boolean tainted;
  private boolean usesResponse;
  private boolean usesBody;
  private boolean usesSize;
  private boolean usesClock;
  private boolean usesSetup;
  private boolean usesTrace;

  /**
   * A compiled expression.
   *
   * @param text its canonical spelling: what digests, messages and logical requests show
   * @param code its instructions
   * @param constants Long, Double and String, in the order of their indexes, which count per type
   * @param kinds that its value may have
   */
  public Expression(
      final String text, final int[] code, final List<Object> constants, final int kinds) {
    this.text = text;
    this.code = code.clone();
    this.constants = List.copyOf(constants);
    this.kinds = kinds;
    longs = constants.stream().filter(Long.class::isInstance).mapToLong(c -> (Long) c).toArray();
    doubles =
        constants.stream().filter(Double.class::isInstance).mapToDouble(c -> (Double) c).toArray();
    texts = constants.stream().filter(String.class::isInstance).toArray(String[]::new);
    patterns = new TextPattern[texts.length];
    queries = new TextQuery[texts.length];
    scan();
  }

  private void scan() {
    for (int at = 0; at < code.length; at += Op.length(code[at])) {
      switch (code[at]) {
        case Op.SECRET -> tainted = true;
        case Op.HEADER -> headers.add(texts[code[at + 2]]);
        case Op.JSON -> jsonPaths.add(texts[code[at + 2]]);
        case Op.COLUMN -> feeders.add(code[at + 1]);
        case Op.SETUP -> usesSetup = true;
        case Op.BUILT_IN -> {
          final BuiltIn builtIn = BuiltIn.of(code[at + 1]);
          usesResponse |= builtIn.isOfResponse();
          usesBody |= builtIn == BuiltIn.BODY;
          usesSize |= builtIn == BuiltIn.SIZE;
          usesTrace |= builtIn == BuiltIn.TRACE_ID;
        }
        case Op.CALL -> call(Function.of(code[at + 1]), code[at + 3]);
        default -> {
          // needs nothing
        }
      }
    }
    usesResponse |= !headers.isEmpty() || !jsonPaths.isEmpty();
    stack = Op.stack(code);
    if (stack < 1 || stack > ExpressionLimits.MAX_STACK) {
      throw new IllegalArgumentException(
          "code must hold 1 to " + ExpressionLimits.MAX_STACK + " values, holds " + stack);
    }
  }

  private void call(final Function function, final int operand) {
    if (function.draws()) {
      draws++;
    }
    usesClock |= function.trait() == Function.Trait.CLOCK;
    if (function == Function.MATCHES) {
      patterns[operand] = TextPattern.of(texts[operand]);
    } else if (function == Function.JSON_OF) {
      queries[operand] = TextQueries.ofJsonPath(texts[operand]);
    }
  }

  /** Its canonical spelling, with constants filled in. */
  public String text() {
    return text;
  }

  /** Length of its code. */
  public int length() {
    return code.length;
  }

  /** An instruction's operation or operand. */
  public int code(final int at) {
    return code[at];
  }

  /** A whole number among its constants. */
  public long number(final int index) {
    return longs[index];
  }

  /** A double among its constants. */
  public double decimal(final int index) {
    return doubles[index];
  }

  /** A text among its constants. */
  public String text(final int index) {
    return texts[index];
  }

  /** A text among its constants, as the regular expression that it is. */
  public TextPattern pattern(final int index) {
    return patterns[index];
  }

  /**
   * A text among its constants, as the JSONPath that it is; {@code null} where none can be
   * followed.
   */
  public TextQuery query(final int index) {
    return queries[index];
  }

  /** Kinds that its value may have, a mask of {@link Kind}. */
  public int kinds() {
    return kinds;
  }

  /** How many values are held at most while it is computed. */
  public int stack() {
    return stack;
  }

  /** How many of its instructions draw. */
  public int draws() {
    return draws;
  }

  /** Whether a secret is in it. */
  public boolean isTainted() {
    return tainted;
  }

  /** Whether its value is known already. */
  public boolean isConstant() {
    return code.length == Op.length(code[0]) && code[0] <= Op.TEXT;
  }

  /** Whether it looks at the last response. */
  public boolean usesResponse() {
    return usesResponse;
  }

  /** Whether it looks at the last response's headers. */
  public boolean usesHeaders() {
    return !headers.isEmpty();
  }

  /** Whether it looks at the last response's body, as text or by a JSONPath. */
  public boolean usesBody() {
    return usesBody || !jsonPaths.isEmpty();
  }

  /** Whether it looks at the last response's body as text. */
  public boolean usesWholeBody() {
    return usesBody;
  }

  /** Whether it asks for the size of the last response's body. */
  public boolean usesSize() {
    return usesSize;
  }

  /** Indexes of the feeders whose rows it looks at, in its order. */
  public List<Integer> feeders() {
    return List.copyOf(feeders);
  }

  /** Whether it asks for the time. */
  public boolean usesClock() {
    return usesClock;
  }

  /** Whether it looks at what a setup has left. */
  public boolean usesSetup() {
    return usesSetup;
  }

  /** Whether it tells which trace it is part of. */
  public boolean usesTrace() {
    return usesTrace;
  }

  /** Names of the headers that it looks at, in its order. */
  public List<String> headers() {
    return List.copyOf(headers);
  }

  /** The JSONPaths that it looks for, in its order. */
  public List<String> jsonPaths() {
    return List.copyOf(jsonPaths);
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof Expression that
        && text.equals(that.text)
        && kinds == that.kinds
        && Arrays.equals(code, that.code)
        && constants.equals(that.constants);
  }

  @Override
  public int hashCode() {
    return 31 * text.hashCode() + Arrays.hashCode(code);
  }

  @Override
  public String toString() {
    return text;
  }
}
