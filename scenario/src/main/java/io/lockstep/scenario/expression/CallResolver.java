package io.lockstep.scenario.expression;

import io.lockstep.scenario.plan.expression.ArgumentRules;
import io.lockstep.scenario.plan.expression.Codings;
import io.lockstep.scenario.plan.expression.Dates;
import io.lockstep.scenario.plan.expression.ExpressionLimits;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Function.Trait;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.PureFunctions;
import io.lockstep.scenario.plan.expression.TextPattern;
import io.lockstep.scenario.plan.expression.Texts;
import io.lockstep.scenario.plan.expression.Value;
import java.util.List;
import java.util.Optional;

/** Checks the arguments of calls, and folds the calls that need nothing but constants. */
final class CallResolver {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private final Names names;
  private final List<Fault> faults;

  CallResolver(final Names names, final List<Fault> faults) {
    this.names = names;
    this.faults = faults;
  }

  Resolved resolve(final Term.Call call, final List<Resolved> arguments) {
    final Function function = call.function();
    final int before = faults.size();
    int secrets = 0;
    for (int i = 0; i < arguments.size(); i++) {
      check(function, i, arguments.get(i));
      secrets = Math.max(secrets, arguments.get(i).secrets());
    }
    if (secrets > ExpressionLimits.MAX_SECRET_DEPTH) {
      faults.add(
          Fault.of(
              call.offset(),
              "more than " + ExpressionLimits.MAX_SECRET_DEPTH + " functions are around a secret"));
    }
    if (faults.size() == before) {
      checkTogether(call, arguments);
    }
    if (faults.size() > before) {
      return Resolved.faulty(call);
    }
    if (function.isPure()
        && function != Function.JSON_OF // its answer is not known to the scenario module
        && arguments.stream().allMatch(Resolved::isConstant)) {
      final Value result = computed(function, arguments);
      if (result.kind() != Kind.LIST) { // a list has no literal
        return folded(call, result, faults);
      }
    }
    final List<Term> terms = arguments.stream().map(Resolved::term).toList();
    return new Resolved(
        new Term.Call(call.offset(), function, terms),
        kinds(function, arguments),
        secrets == 0 ? 0 : secrets + 1);
  }

  private static int kinds(final Function function, final List<Resolved> arguments) {
    final boolean chooses =
        function == Function.DEFAULT || (function == Function.CHOICE && arguments.size() > 1);
    return chooses
        ? arguments.stream().mapToInt(Resolved::kinds).reduce(0, (a, b) -> a | b)
        : function.result();
  }

  private static Value computed(final Function function, final List<Resolved> arguments) {
    final Value[] stack = arguments.stream().map(Resolved::value).toArray(Value[]::new);
    if (function == Function.MATCHES) {
      PureFunctions.matches(stack[0], stack[1].text());
    } else {
      PureFunctions.call(function, stack, 0, stack.length, null);
    }
    return stack[0];
  }

  /** The constant that a term comes to; a fault where it comes to none. */
  static Resolved folded(final Term term, final Value value, final List<Fault> faults) {
    if (value.isFailure()) {
      faults.add(Fault.of(term.offset(), value.failure()));
      return Resolved.faulty(term);
    }
    if (value.kind() == Kind.LONG && value.number() == Long.MIN_VALUE) {
      return Resolved.of(term, Kind.LONG.mask()); // has no literal
    }
    return Resolved.constant(term.offset(), value.item());
  }

  static Fault secretShows(final int offset, final String where) {
    return Fault.of(
        offset,
        "a secret cannot be part of " + where,
        "what becomes of a secret must not show in the run: it can be joined by `+`, and be given to "
            + "functions that make a text of any text");
  }

  private void check(final Function function, final int index, final Resolved argument) {
    final int offset = argument.term().offset();
    if (!argument.mayBe(function.argument(index))) {
      faults.add(
          Fault.of(
              offset,
              function.functionName()
                  + "() takes "
                  + Kind.words(function.argument(index))
                  + " here, not "
                  + Kind.words(argument.kinds()),
              "it is " + function.signature()));
      return;
    }
    final boolean literal = function.isLiteral(index);
    if (argument.isTainted()
        && (literal || (function.trait() != Trait.SECRET && function.trait() != Trait.CHOICE))) {
      faults.add(secretShows(offset, function.functionName() + "()"));
      return;
    }
    if (argument.term() instanceof Term.Literal known && known.value() != null) {
      final Value value = argument.value();
      Texts.toText(value);
      known(function, index, value.text(), offset);
      rule(function, index, argument.value(), offset);
    } else if (literal) {
      faults.add(
          Fault.of(
              offset,
              function.functionName() + "() takes a text here that is known before the run",
              "it is " + function.signature() + "; write the text in quotes"));
    }
  }

  private void rule(final Function function, final int index, final Value value, final int offset) {
    final String fault = ArgumentRules.fault(function, index, value);
    if (fault != null) {
      faults.add(Fault.of(offset, fault, "it is " + function.signature()));
    }
  }

  /** Looks at arguments that are known, each of which is right. */
  private void checkTogether(final Term.Call call, final List<Resolved> arguments) {
    final Function function = call.function();
    if (function == Function.CHOICE && arguments.size() == 1 && arguments.get(0).isEmptyList()) {
      faults.add(
          Fault.of(
              arguments.get(0).term().offset(),
              "choice() cannot choose from an empty list",
              "it is " + function.signature()));
    } else if ((function == Function.INT || function == Function.FLOAT)
        && arguments.get(0).isConstant()
        && arguments.get(1).isConstant()) {
      final String fault =
          ArgumentRules.rangeFault(function, number(arguments.get(0)), number(arguments.get(1)));
      if (fault != null) {
        faults.add(Fault.of(call.offset(), fault, "it is " + function.signature()));
      }
    }
  }

  private static Value number(final Resolved argument) {
    final Value value = argument.value();
    Operators.toNumber(value);
    return value;
  }

  /** Looks at an argument whose text is known. */
  private void known(
      final Function function, final int index, final String text, final int offset) {
    final Optional<List<String>> allowed = Codings.allowed(function, index);
    if (allowed.isPresent() && !allowed.get().contains(text)) {
      faults.add(
          new Fault(
              offset,
              function.functionName() + "() does not know \"" + text + "\"",
              text,
              allowed.get(),
              List.of()));
    }
    fault(function, index, text)
        .ifPresent(fault -> faults.add(Fault.of(offset, "\"" + text + "\" " + fault)));
  }

  private Optional<String> fault(final Function function, final int index, final String text) {
    return switch (function) {
      case MATCHES -> index == 1 ? TextPattern.fault(text) : Optional.empty();
      case JSON -> names.jsonFault(text);
      case JSON_OF -> index == 1 ? names.jsonFault(text) : Optional.empty();
      case HEADER -> isToken(text) ? Optional.empty() : Optional.of("is not a header name");
      case COUNTER -> text.isEmpty() ? Optional.of("is not a name") : Optional.empty();
      case DATE -> index == 0 ? dateFault(text) : offsetFault(text);
      default -> Optional.empty();
    };
  }

  private static Optional<String> dateFault(final String text) {
    return Dates.isWord(text) ? Optional.empty() : Dates.patternFault(text);
  }

  private static Optional<String> offsetFault(final String text) {
    final Value value = new Value();
    Dates.offset(text, value);
    return value.isFailure()
        ? Optional.of("is not an offset such as -1d or 2h30m")
        : Optional.empty();
  }

  private static boolean isToken(final String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }
}
