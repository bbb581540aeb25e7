package io.lockstep.engine.core.expression;

import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.random.TraceId;
import io.lockstep.scenario.plan.expression.BuiltIn;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.ExpressionLimits;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Op;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.PureFunctions;
import io.lockstep.scenario.plan.expression.Template;
import io.lockstep.scenario.plan.expression.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Runs compiled expressions on a stack of registers that are made once. One per machine, on its
 * thread. A draw is that of (stream, site + ordinal of the call, visit), so it depends on nothing
 * that was computed before.
 */
public final class Evaluator {
  private static final double MS = 1e6;

  private final Value[] stack = new Value[ExpressionLimits.MAX_STACK];
  private final Taint taint = new Taint(stack);

  /** {@code null} but in a preview. */
  private Unknowns unknowns;

  /** {@code null} where nobody asks. */
  private BiConsumer<String, String> onSecret;

  private Expression expression;
  private Scope scope;
  private long site;
  private long visit;
  private int top;
  private String failedExpression = "";
  private String failure = "";

  public Evaluator() {
    for (int i = 0; i < stack.length; i++) {
      stack[i] = new Value();
    }
  }

  /**
   * Computes an expression without secrets into {@link #result()}.
   *
   * @param place key of the place in the plan
   * @param count number of the visit of that place within the iteration, from 0
   * @return whether it came to a value; otherwise {@link #failure()} says why
   */
  public boolean evaluate(
      final Expression computed, final long place, final long count, final Scope seen) {
    if (computed.isTainted()) {
      throw new IllegalArgumentException("a secret is for templates only: " + computed);
    }
    enter(place, count, seen);
    return run(computed);
  }

  /** Computes a condition. */
  public Truth test(
      final Expression condition, final long place, final long count, final Scope seen) {
    if (!evaluate(condition, place, count, seen)) {
      return Truth.FAILED;
    }
    Operators.condition(stack[0]);
    if (stack[0].isFailure()) {
      failed(stack[0]);
      return Truth.FAILED;
    }
    return stack[0].truth() ? Truth.TRUE : Truth.FALSE;
  }

  /** Has texts stand for values that nobody knows, in a preview. */
  public void previews(final Unknowns texts) {
    unknowns = texts;
  }

  /**
   * From now on somebody is told of each text of a wire form that a secret went into.
   *
   * @param told takes the text, and what the logical form has in its place
   */
  public void onSecret(final BiConsumer<String, String> told) {
    onSecret = told;
  }

  /** Whether nobody knows before a run what an expression comes to; only a preview asks. */
  public boolean isUnknown(final Expression computed, final Scope seen) {
    return unknowns != null && unknowns.of(computed, seen) != null;
  }

  /** As {@link #evaluate}, for a variable, which may get the text that stands for its value. */
  public boolean assign(
      final Expression computed, final long place, final long count, final Scope seen) {
    final String unknown = unknowns == null ? null : unknowns.of(computed, seen);
    final boolean known = evaluate(computed, place, count, seen);
    if (unknown == null) {
      return known;
    }
    unknowns.add(unknown);
    stack[0].setUnbounded(unknown);
    return true;
  }

  /** The expression that was looked at last. */
  public Expression last() {
    return expression;
  }

  /** What the last expression came to; valid until the next one. */
  public Value result() {
    return stack[0];
  }

  /** Why the last one failed. */
  public EvaluationFailure failure() {
    return new EvaluationFailure(failedExpression, failure);
  }

  /**
   * Appends what a template renders to. Both forms come of one evaluation: they differ only where a
   * secret is, which the logical form shows by name. A wire form that overflows is no failure,
   * since a replay has none: whoever sends it must look.
   *
   * @param logical takes the form that is digested and journaled
   * @param wire takes the form that is sent; {@code null} where nothing is
   * @return whether it came to a text; otherwise {@link #failure()} says why, and the logical form
   *     is as it was
   */
  public boolean render(
      final Template template,
      final long place,
      final long count,
      final Scope seen,
      final TextBuffer logical,
      final TextBuffer wire) {
    enter(place, count, seen);
    final int before = logical.length();
    final int parts = template.expressions();
    for (int i = 0; i < parts; i++) {
      Rendering.append(template.encoded(i), logical, wire);
      final Expression part = template.expression(i);
      final String unknown = unknowns == null ? null : unknowns.of(part, scope);
      if (unknown != null) {
        run(part); // a counter in it counts on
        logical.append(unknown);
      } else if (!run(part) || !appendResult(logical, wire)) {
        logical.truncate(before);
        return false;
      }
    }
    Rendering.append(template.encoded(parts), logical, wire);
    if (logical.isOverflowed()) {
      failedExpression = template.text();
      failure = "the text has more than " + ExpressionLimits.MAX_RENDERED + " bytes";
      logical.truncate(before);
      return false;
    }
    return true;
  }

  /** Appends the value of a part; whether it has a text. */
  private boolean appendResult(final TextBuffer logical, final TextBuffer wire) {
    final String shown = expression.isTainted() ? taint.logical(0) : null;
    Rendering.append(stack[0], shown, logical, wire);
    if (onSecret != null && shown != null && wire != null && stack[0].kind() == Kind.TEXT) {
      onSecret.accept(stack[0].text(), shown);
    }
    return !stack[0].isFailure() || failed(stack[0]);
  }

  private void enter(final long place, final long count, final Scope seen) {
    site = place;
    visit = count;
    scope = seen;
  }

  private boolean run(final Expression computed) {
    expression = computed;
    top = -1;
    if (computed.isTainted()) {
      taint.clear(computed.stack());
    }
    int at = 0;
    while (at < computed.length()) {
      at = step(computed, at);
      if (top >= 0 && stack[top].isFailure()) {
        return failed(stack[top]);
      }
    }
    return true;
  }

  private boolean failed(final Value value) {
    failedExpression = expression.text();
    failure = value.failure();
    return false;
  }

  /** Runs one instruction; returns where the next one is. */
  private int step(final Expression code, final int at) {
    final int operation = code.code(at);
    switch (operation) {
      case Op.LONG -> stack[++top].set(code.number(code.code(at + 1)));
      case Op.VARIABLE -> scope.variable(code.code(at + 1), stack[++top]);
      case Op.SETUP -> scope.setup(code.code(at + 1), stack[++top]);
      case Op.BUILT_IN -> builtIn(BuiltIn.of(code.code(at + 1)), stack[++top]);
      case Op.AND, Op.OR -> {
        Operators.condition(stack[top]);
        if (stack[top].isFailure()) {
          return at;
        }
        if (stack[top].truth() == (operation == Op.OR)) {
          return code.code(at + 1);
        }
        top--;
      }
      case Op.BRANCH -> {
        Operators.condition(stack[top]);
        if (stack[top].isFailure()) {
          return at;
        }
        top--;
        return stack[top + 1].truth() ? at + Op.length(operation) : code.code(at + 1);
      }
      case Op.JUMP -> {
        return code.code(at + 1);
      }
      case Op.TEST -> Operators.condition(stack[top]);
      case Op.NOT -> Operators.not(stack[top]);
      case Op.NEGATE -> Operators.negate(stack[top]);
      case Op.CALL -> call(Function.of(code.code(at + 1)), code.code(at + 2), code.code(at + 3));
      case Op.LIST -> list(code.code(at + 1));
      default -> {
        if (operation >= Op.ADD) {
          binary(operation);
        } else {
          push(code, at, stack[++top]);
        }
      }
    }
    return at + Op.length(operation);
  }

  /** The rarer instructions that push a value. */
  private void push(final Expression code, final int at, final Value into) {
    switch (code.code(at)) {
      case Op.NULL -> into.setNull();
      case Op.TRUE -> into.set(true);
      case Op.FALSE -> into.set(false);
      case Op.DOUBLE -> into.set(code.decimal(code.code(at + 1)));
      case Op.TEXT -> into.set(code.text(code.code(at + 1)));
      case Op.COLUMN -> scope.column(code.code(at + 1), code.code(at + 2), into);
      case Op.HEADER -> scope.header(code.code(at + 1), into);
      case Op.JSON -> scope.json(code.code(at + 1), into);
      case Op.COUNTER -> into.set(scope.count(code.code(at + 1)));
      case Op.SECRET ->
          taint.secret(top, scope.secret(code.code(at + 1)), code.text(code.code(at + 2)));
      default -> throw new IllegalStateException("no such operation: " + code.code(at));
    }
  }

  private void builtIn(final BuiltIn name, final Value into) {
    switch (name) {
      case VU -> into.set(scope.vu());
      case ITERATION -> into.set(scope.iteration());
      case SCENARIO -> into.set(scope.scenario());
      case SEED -> into.set(scope.seed());
      case STATUS -> into.set((long) scope.status());
      case DURATION -> into.set(scope.serviceTimeNs() / MS);
      case RESPONSE_TIME -> into.set(scope.responseTimeNs() / MS);
      case SIZE -> into.set(scope.size());
      case BODY -> scope.body(into);
      case FAILED -> into.set(scope.failed());
      case ERROR -> into.set(scope.error());
      case TRACE_ID -> into.set(TraceId.of(scope.stream()));
    }
  }

  private void binary(final int operation) {
    top--;
    if (expression.isTainted() && taint.isAny(top, 2)) {
      taint.add(top);
    } else {
      Op.binary(operation, stack[top], stack[top + 1]);
    }
  }

  private void list(final int count) {
    final int base = top - count + 1;
    final List<Object> items = new ArrayList<>(count);
    for (int i = base; i <= top; i++) {
      items.add(stack[i].item());
    }
    top = base;
    stack[top].set(items);
  }

  private void call(final Function function, final int count, final int operand) {
    final int base = top - count + 1;
    top = base;
    final boolean secret = expression.isTainted() && taint.isAny(base, count);
    if (function.draws()) {
      final long bits = KeyedRandom.draw(scope.stream(), site + operand, visit);
      if (secret) {
        taint.choose(base, count, bits);
      } else {
        Draws.call(function, stack, base, count, bits);
      }
    } else if (function.trait() == Function.Trait.CLOCK) {
      Times.call(function, stack, base, count, scope.nowNs());
    } else if (function == Function.JSON_OF) {
      PureFunctions.find(stack[base], expression.query(operand));
    } else if (secret) {
      taint.call(function, base, count);
    } else {
      PureFunctions.call(
          function,
          stack,
          base,
          count,
          function == Function.MATCHES ? expression.pattern(operand) : null);
    }
  }
}
