package io.lockstep.engine.core.expression;

import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.expression.ExpressionLimits;
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
  private static final int MAX_DECIMALS = 9;
  private static final long NUMBERS = 1000;

  private Draws() {}

  static void call(
      final Function function,
      final Value[] stack,
      final int base,
      final int count,
      final long bits) {
    final Value into = stack[base];
    if (function != Function.CHOICE && !numbers(function, stack, base, count)) {
      return;
    }
    switch (function) {
      case UUID -> into.set(uuid(bits));
      case INT -> whole(into, stack[base + 1], bits);
      case FLOAT -> decimal(stack, base, count, bits);
      case CHOICE -> choose(stack, base, count, bits);
      case STRING -> random(function, LETTERS, into, bits);
      case HEX -> random(function, HEX, into, bits);
      case NAME -> into.set(name(bits));
      case EMAIL -> into.set(email(bits));
      default -> throw new IllegalStateException(function + " draws nothing");
    }
  }

  private static boolean numbers(
      final Function function, final Value[] stack, final int base, final int count) {
    for (int i = base; i < base + count; i++) {
      if (!Operators.toNumber(stack[i])) {
        stack[base].fail(
            function.functionName() + "() takes numbers, not " + Operators.described(stack[i]));
        return false;
      }
    }
    return true;
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
    if (min.kind() != Kind.LONG || max.kind() != Kind.LONG) {
      min.fail("int() takes whole numbers");
      return;
    }
    final long span = max.number() - min.number() + 1;
    if (max.number() < min.number()) {
      min.fail("int() needs a range, not " + min.number() + " to " + max.number());
    } else if (span <= 0) {
      min.fail("int() takes ranges of up to 2^63-1 numbers");
    } else {
      min.set(min.number() + KeyedRandom.below(bits, span));
    }
  }

  private static void decimal(
      final Value[] stack, final int base, final int count, final long bits) {
    final Value into = stack[base];
    final double min = into.decimal();
    final double max = stack[base + 1].decimal();
    if (max < min) {
      into.fail("float() needs a range whose first bound is not the larger one");
      return;
    }
    final double drawn = min + (max - min) * KeyedRandom.unit(bits);
    if (count < 3) {
      into.set(drawn);
      return;
    }
    final Value decimals = stack[base + 2];
    if (decimals.kind() != Kind.LONG || decimals.number() < 0 || decimals.number() > MAX_DECIMALS) {
      into.fail("float() rounds to 0 to " + MAX_DECIMALS + " decimals");
      return;
    }
    double scale = 1;
    for (long i = 0; i < decimals.number(); i++) {
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

  private static void random(
      final Function function, final String alphabet, final Value into, final long bits) {
    if (into.kind() != Kind.LONG
        || into.number() < 0
        || into.number() > ExpressionLimits.MAX_TEXT) {
      into.fail(
          function.functionName() + "() takes a length from 0 to " + ExpressionLimits.MAX_TEXT);
      return;
    }
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
