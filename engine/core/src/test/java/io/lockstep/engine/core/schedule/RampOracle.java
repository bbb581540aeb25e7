package io.lockstep.engine.core.schedule;

import io.lockstep.scenario.plan.Stages;
import java.math.BigInteger;

/**
 * A line in pieces and its integral, in exact fractions: slow, short, and without a thought in
 * common with the code under test.
 */
final class RampOracle {
  private final long start;
  private final Stages stages;
  private final long tickNs;

  /** A fraction; the denominator is positive. */
  record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {
    static Fraction of(final long value) {
      return new Fraction(BigInteger.valueOf(value), BigInteger.ONE);
    }

    Fraction plus(final Fraction other) {
      return new Fraction(
          numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
          denominator.multiply(other.denominator));
    }

    Fraction times(final long factor) {
      return new Fraction(numerator.multiply(BigInteger.valueOf(factor)), denominator);
    }

    Fraction over(final long divisor) {
      return new Fraction(numerator, denominator.multiply(BigInteger.valueOf(divisor)));
    }

    @Override
    public int compareTo(final Fraction other) {
      return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    BigInteger ceiling() {
      final BigInteger[] parts = numerator.divideAndRemainder(denominator);
      return parts[0].add(BigInteger.valueOf(Math.max(0, parts[1].signum())));
    }
  }

  RampOracle(final long start, final Stages stages, final long tickNs) {
    this.start = start;
    this.stages = stages;
    this.tickNs = tickNs;
  }

  long endNs() {
    return stages.durationTicks() * tickNs;
  }

  /** The integral of the line from the start to a time, by trapezia. */
  Fraction integral(final long atNs) {
    Fraction sum = Fraction.of(0);
    long from = start;
    long beginNs = 0;
    for (int i = 0; i < stages.count(); i++) {
      final long lengthNs = stages.ticks().get(i) * tickNs;
      final long to = stages.targets().get(i);
      final long t = Math.min(atNs - beginNs, lengthNs);
      if (t > 0) {
        final Fraction here =
            Fraction.of(from).plus(Fraction.of(to - from).times(t).over(lengthNs));
        sum = sum.plus(Fraction.of(from).plus(here).times(t).over(2));
      }
      beginNs += lengthNs;
      from = to;
    }
    return sum;
  }

  /** The last nanosecond up to which no more than so much is owed, by bisection. */
  long lastNsOwing(final Fraction owed) {
    long low = 0;
    long high = endNs();
    if (integral(high).compareTo(owed) <= 0) {
      return high;
    }
    while (high - low > 1) {
      final long middle = low + (high - low) / 2;
      if (integral(middle).compareTo(owed) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
