package io.lockstep.scenario.expression;

import io.lockstep.scenario.expression.Term.Operator;
import io.lockstep.scenario.plan.expression.BuiltIn;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.ExpressionLimits;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes a resolved term as postfix code. */
final class Emitter {
  private final Names names;
  private final List<Object> longs = new ArrayList<>();
  private final List<Object> doubles = new ArrayList<>();
  private final List<Object> texts = new ArrayList<>();
  private int[] code = new int[32];
  private int length;
  private int draw;

  private Emitter(final Names names, final int firstDraw) {
    this.names = names;
    this.draw = firstDraw;
  }

  /**
   * The compiled form; {@code null}, and a fault, where it is too much.
   *
   * @param firstDraw ordinal of its first draw: draws are numbered over a whole template
   */
  static Expression emit(
      final Resolved resolved, final Names names, final int firstDraw, final List<Fault> faults) {
    final Emitter emitter = new Emitter(names, firstDraw);
    emitter.emit(resolved.term());
    if (Op.stack(Arrays.copyOf(emitter.code, emitter.length)) > ExpressionLimits.MAX_STACK) {
      faults.add(
          Fault.of(
              resolved.term().offset(),
              "more than " + ExpressionLimits.MAX_STACK + " values are needed at the same time",
              "set a variable to a part of it, and use that"));
      return null;
    }
    final List<Object> constants =
        Stream.of(emitter.longs, emitter.doubles, emitter.texts).flatMap(List::stream).toList();
    return new Expression(
        Printer.print(resolved.term()),
        Arrays.copyOf(emitter.code, emitter.length),
        constants,
        resolved.kinds());
  }

  private void put(final int... instruction) {
    if (length + instruction.length > code.length) {
      code = Arrays.copyOf(code, code.length * 2);
    }
    System.arraycopy(instruction, 0, code, length, instruction.length);
    length += instruction.length;
  }

  private void emit(final Term term) {
    if (term instanceof Term.Literal literal) {
      literal(literal.value());
    } else if (term instanceof Term.Name name) {
      final BuiltIn builtIn = BuiltIn.named(name.name()).orElse(null);
      if (builtIn != null) {
        put(Op.BUILT_IN, builtIn.code());
      } else {
        put(Op.VARIABLE, names.variable(name.name()));
      }
    } else if (term instanceof Term.Member member) {
      member(member);
    } else if (term instanceof Term.Call call) {
      call(call);
    } else if (term instanceof Term.Items items) {
      items.items().forEach(this::emit);
      put(Op.LIST, items.items().size());
    } else if (term instanceof Term.Unary unary) {
      emit(unary.operand());
      put(unary.operator().code());
    } else if (term instanceof Term.Conditional conditional) {
      conditional(conditional);
    } else {
      binary((Term.Binary) term);
    }
  }

  private void literal(final Object value) {
    if (value == null) {
      put(Op.NULL);
    } else if (value instanceof Boolean truth) {
      put(truth ? Op.TRUE : Op.FALSE);
    } else if (value instanceof Long) {
      put(Op.LONG, index(longs, value));
    } else if (value instanceof Double) {
      put(Op.DOUBLE, index(doubles, value));
    } else {
      put(Op.TEXT, index(texts, value));
    }
  }

  private static int index(final List<Object> constants, final Object value) {
    final int known = constants.indexOf(value);
    if (known >= 0) {
      return known;
    }
    constants.add(value);
    return constants.size() - 1;
  }

  private void member(final Term.Member member) {
    if (member.owner().equals(NameResolver.SECRETS)) {
      put(Op.SECRET, names.secret(member.member()), index(texts, member.member()));
    } else if (member.owner().equals(NameResolver.SETUP)) {
      put(Op.SETUP, names.setupValues().indexOf(member.member()));
    } else {
      final int feeder = names.feeder(member.owner());
      put(Op.COLUMN, feeder, names.column(feeder, member.member()));
    }
  }

  private void call(final Term.Call call) {
    switch (call.function()) {
      case HEADER -> {
        final String header = text(call, 0).toLowerCase(Locale.ROOT);
        put(Op.HEADER, names.header(header), index(texts, header));
      }
      case JSON -> put(Op.JSON, names.json(text(call, 0)), index(texts, text(call, 0)));
      case COUNTER -> put(Op.COUNTER, names.counter(text(call, 0)));
      default -> {
        call.arguments().forEach(this::emit);
        put(Op.CALL, call.function().code(), call.arguments().size(), extra(call));
      }
    }
  }

  private int extra(final Term.Call call) {
    if (call.function() == Function.MATCHES || call.function() == Function.JSON_OF) {
      return index(texts, text(call, 1));
    }
    return call.function().draws() ? draw++ : 0;
  }

  private static String text(final Term.Call call, final int argument) {
    return (String) ((Term.Literal) call.arguments().get(argument)).value();
  }

  private void binary(final Term.Binary binary) {
    emit(binary.left());
    if (binary.operator() == Operator.AND || binary.operator() == Operator.OR) {
      put(binary.operator().code(), 0);
      final int target = length - 1;
      emit(binary.right());
      put(Op.TEST);
      code[target] = length;
    } else {
      emit(binary.right());
      put(binary.operator().code());
    }
  }

  private void conditional(final Term.Conditional conditional) {
    emit(conditional.condition());
    put(Op.BRANCH, 0);
    final int otherwise = length - 1;
    emit(conditional.then());
    put(Op.JUMP, 0);
    final int end = length - 1;
    code[otherwise] = length;
    emit(conditional.otherwise());
    code[end] = length;
  }
}
