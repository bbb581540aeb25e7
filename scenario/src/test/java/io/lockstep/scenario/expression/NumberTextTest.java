package io.lockstep.scenario.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.expression.Comparisons;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.Texts;
import io.lockstep.scenario.plan.expression.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as text and back, and their order. */
class NumberTextTest {
  @ParameterizedTest(name = "{0} is spelled {1}")
  @CsvSource({
    "0.1, 0.1",
    "-0.0, 0",
    "100.0, 100",
    "2e-3, 0.002",
    "1e-6, 0.000001",
    "1.5e-7, 1.5e-7",
    "1e20, 100000000000000000000",
    "1e21, 1e21",
    "-1.25e300, -1.25e300",
    "4.9e-324, 4.94065645841247e-324",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "5.684341886080802e-14, 5.6843418860808015e-14",
    "9007199254740993.0, 9007199254740992",
  })
  void shouldSpellTheFewestDigitsThatReadBack(final double value, final String text) {
    assertEquals(text, text(value));
    assertEquals(value + 0.0, Double.parseDouble(text));
  }

  private static String text(final double value) {
    final Value register = new Value();
    register.set(value);
    Texts.toText(register);
    return register.text();
  }

  @Property(tries = 5000)
  void everyDoubleReadsBackAndIsNoLongerThanTheJdksSpelling(@ForAll final long bits) {
    final double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      final String text = text(value);
      assertEquals(value + 0.0, Double.parseDouble(text) + 0.0);
      assertTrue(new BigDecimal(text).stripTrailingZeros().precision() <= 17, text);
      final Value read = new Value();
      read.set(text);
      assertTrue(Operators.toNumber(read), text);
      assertEquals(value + 0.0, read.decimal() + 0.0);
    }
  }

  @Property(tries = 5000)
  void everyWholeNumberReadsBackAndAOneDigitLongerOneIsNoLong(@ForAll final long number) {
    final Value value = new Value();
    value.set(Long.toString(number));
    assertTrue(Operators.toNumber(value));
    assertEquals(number, value.number());
    final BigInteger larger = BigInteger.valueOf(number).multiply(BigInteger.TEN.pow(19));
    value.set(larger.toString());
    assertTrue(Operators.toNumber(value));
    assertEquals(larger.doubleValue(), value.decimal());
  }

  @Property(tries = 5000)
  void aWholeNumberAndADoubleAreOrderedExactly(@ForAll final long whole, @ForAll final int near) {
    final double decimal = (double) whole + near % 3 * 0.5;
    final int order = BigDecimal.valueOf(whole).compareTo(new BigDecimal(decimal));
    assertEquals(order < 0, holds(whole, decimal, true));
    assertEquals(order > 0, holds(whole, decimal, false));
  }

  private static boolean holds(final long whole, final double decimal, final boolean less) {
    final Value a = new Value();
    final Value b = new Value();
    a.set(whole);
    b.set(decimal);
    if (less) {
      Comparisons.less(a, b);
    } else {
      Comparisons.less(b, a);
      return b.truth();
    }
    return a.truth();
  }
}
