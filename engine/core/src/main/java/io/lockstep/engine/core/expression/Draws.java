package io.lockstep.engine.core.expression;

import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.expression.ArgumentRules;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.Value;

/**
 * The random functions. A call takes the 64 bits of its draw and, where it needs more, the numbers
 * that follow them by {@link KeyedRandom#second}. The first argument's register takes the result.
 */
final class Draws {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String HEX = "0123456789abcdef";
  private static final String[] DOMAINS = {"example.com", "example.net", "example.org"};
  private static final long NUMBERS = 1000;

  private Draws() {}

  static void call(
      final Function function,
      final Value[] stack,
      final int base,
      final int count,
      final long bits) {
    final Value into = stack[base];
    if (function != Function.CHOICE && !isRight(function, stack, base, count)) {
      return;
    }
    switch (function) {
      case UUID -> into.set(uuid(bits));
      case INT -> whole(into, stack[base + 1], bits);
      case FLOAT -> decimal(stack, base, count, bits);
      case CHOICE -> choose(stack, base, count, bits);
      case STRING -> random(LETTERS, into, bits);
      case HEX -> random(HEX, into, bits);
      case NAME -> into.set(name(bits));
      case EMAIL -> into.set(email(bits));
      default -> throw new IllegalStateException(function + " draws nothing");
    }
  }

  /** Whether arguments are such as the function takes; a failure where not. */
  private static boolean isRight(
      final Function function, final Value[] stack, final int base, final int count) {
    String fault = null;
    for (int i = 0; i < count && fault == null; i++) {
      final Value argument = stack[base + i];
      fault =
          argument.isNull()
              ? function.functionName() + "() takes numbers, not " + Operators.described(argument)
              : ArgumentRules.fault(function, i, argument);
    }
    if (fault == null && (function == Function.INT || function == Function.FLOAT)) {
      fault = ArgumentRules.rangeFault(function, stack[base], stack[base + 1]);
    }
    if (fault != null) {
      stack[base].fail(fault);
    }
    return fault == null;
  }

  /** RFC 9562, version 4. */
  private static String uuid(final long bits) {
    final long high = (bits & ~0xF000L) | 0x4000L;
    final long low = (KeyedRandom.second(bits) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    final StringBuilder out = new StringBuilder(36);
    for (int nibble = 0; nibble < 32; nibble++) {
      if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) {
        out.append('-');
      }
      final long word = nibble < 16 ? high : low;
      out.append(HEX.charAt((int) (word >>> (60 - 4 * (nibble & 15))) & 0xF));
    }
    return out.toString();
  }

  private static void whole(final Value min, final Value max, final long bits) {
    final long span = max.number() - min.number() + 1;
    min.set(min.number() + KeyedRandom.below(bits, span));
  }

  private static void decimal(
      final Value[] stack, final int base, final int count, final long bits) {
    final Value into = stack[base];
    final double min = into.decimal();
    final double max = stack[base + 1].decimal();
    final double drawn = min + (max - min) * KeyedRandom.unit(bits);
    if (count < 3) {
      into.set(drawn);
      return;
    }
    final long decimals = stack[base + 2].number();
    double scale = 1;
    for (long i = 0; i < decimals; i++) {
      scale *= 10;
    }
    into.set(Math.rint(drawn * scale) / scale);
  }

  private static void choose(
      final Value[] stack, final int base, final int count, final long bits) {
    final Value into = stack[base];
    if (count == 1 && into.kind() == Kind.LIST) {
      if (into.list().isEmpty()) {
        into.setNull();
      } else {
        into.setItem(into.list().get((int) KeyedRandom.below(bits, into.list().size())));
      }
    } else {
      into.copy(stack[base + chosen(count, bits)]);
    }
  }

  /** Index of the argument that a choice gives. */
  static int chosen(final int count, final long bits) {
    return (int) KeyedRandom.below(bits, count);
  }

  private static void random(final String alphabet, final Value into, final long bits) {
    final int length = (int) into.number();
    final StringBuilder out = new StringBuilder(length);
    long next = bits;
    for (int i = 0; i < length; i++) {
      out.append(alphabet.charAt((int) KeyedRandom.below(next, alphabet.length())));
      next = KeyedRandom.second(next);
    }
    into.set(out.toString());
  }

  private static String name(final long bits) {
    return PeopleNames.first(bits) + " " + PeopleNames.last(KeyedRandom.second(bits));
  }

  private static String email(final long bits) {
    final long last = KeyedRandom.second(bits);
    final long number = KeyedRandom.second(last);
    final long domain = KeyedRandom.second(number);
    return lower(PeopleNames.first(bits))
        + "."
        + lower(PeopleNames.last(last))
        + KeyedRandom.below(number, NUMBERS)
        + "@"
        + DOMAINS[(int) KeyedRandom.below(domain, DOMAINS.length)];
  }

  private static String lower(final String name) {
    return (char) (name.charAt(0) | 0x20) + name.substring(1);
  }
}
