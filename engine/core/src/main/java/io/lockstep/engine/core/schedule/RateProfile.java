package io.lockstep.engine.core.schedule;

import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Stages;
import java.math.BigInteger;

/**
 * An arrival rate over time, in straight pieces, and its exact integral: how many arrivals are owed
 * up to a time. Times are nanoseconds from the schedule's start. Immutable.
 *
 * <p>In a piece of length D the rate goes from a to b arrivals per period P. Twice the period times
 * the integral is then an integer plus one fraction: {@code 2P C(t) = K + 2at + (b - a)t²/D}, with
 * K the sum over the pieces before, which is an integer as each whole piece adds {@code (a + b)D}.
 */
final class RateProfile {
  private final long periodNs;
  private final long[] startNs;
  private final long[] rates;
  private final BigInteger[] startTwice;

  /**
   * @param lengthsNs of the pieces
   * @param rates from and to which each goes, two a piece
   */
  private RateProfile(final long periodNs, final long[] lengthsNs, final long[] rates) {
    this.periodNs = periodNs;
    this.rates = rates;
    startNs = new long[lengthsNs.length + 1];
    startTwice = new BigInteger[lengthsNs.length + 1];
    startTwice[0] = BigInteger.ZERO;
    for (int i = 0; i < lengthsNs.length; i++) {
      startNs[i + 1] = Math.addExact(startNs[i], lengthsNs[i]);
      startTwice[i + 1] =
          startTwice[i].add(
              BigInteger.valueOf(Math.addExact(from(i), to(i)))
                  .multiply(BigInteger.valueOf(lengthsNs[i])));
    }
  }

  /** The profile of an open load whose rate is known before the run. */
  static RateProfile of(final Load load, final long tickNs) {
    if (load instanceof Load.Open open) {
      final long[] lengthNs = {Math.multiplyExact(open.durationTicks(), tickNs)};
      return new RateProfile(
          open.periodNs(), lengthNs, new long[] {open.arrivals(), open.arrivals()});
    }
    if (load instanceof Load.RampingRate ramp) {
      return of(ramp, tickNs);
    }
    if (load instanceof Load.Capacity capacity) {
      return of(capacity, tickNs);
    }
    throw new IllegalArgumentException("no rate is planned for " + load);
  }

  private static RateProfile of(final Load.RampingRate ramp, final long tickNs) {
    final Stages stages = ramp.stages();
    final long[] lengthsNs = new long[stages.count()];
    final long[] rates = new long[2 * stages.count()];
    long rate = ramp.startRate();
    for (int i = 0; i < stages.count(); i++) {
      lengthsNs[i] = Math.multiplyExact(stages.ticks().get(i), tickNs);
      rates[2 * i] = rate;
      rate = stages.targets().get(i);
      rates[2 * i + 1] = rate;
    }
    return new RateProfile(ramp.periodNs(), lengthsNs, rates);
  }

  private static RateProfile of(final Load.Capacity capacity, final long tickNs) {
    final int steps = Math.toIntExact(capacity.steps());
    final long[] lengthsNs = new long[steps];
    final long[] rates = new long[2 * steps];
    for (int i = 0; i < steps; i++) {
      lengthsNs[i] = Math.multiplyExact(capacity.stepTicks(), tickNs);
      rates[2 * i] = capacity.rate(i);
      rates[2 * i + 1] = rates[2 * i];
    }
    return new RateProfile(capacity.periodNs(), lengthsNs, rates);
  }

  int pieces() {
    return startNs.length - 1;
  }

  long periodNs() {
    return periodNs;
  }

  /** Where a piece starts; that of the piece after the last is the end. */
  long startNs(final int piece) {
    return startNs[piece];
  }

  long lengthNs(final int piece) {
    return startNs[piece + 1] - startNs[piece];
  }

  /** Arrivals per period at the start of a piece. */
  long from(final int piece) {
    return rates[2 * piece];
  }

  /** Arrivals per period at the end of a piece. */
  long to(final int piece) {
    return rates[2 * piece + 1];
  }

  /** Twice the period times the integral up to the start of a piece. */
  BigInteger startTwice(final int piece) {
    return startTwice[piece];
  }

  long endNs() {
    return startNs[pieces()];
  }

  /**
   * How many arrivals are due in {@code [0, atNs)}: the integral rounded up, since arrival i is due
   * at the last nanosecond up to which no more than i are owed.
   */
  long owedBefore(final long atNs) {
    if (atNs <= 0) {
      return 0;
    }
    int piece = 0;
    while (piece < pieces() - 1 && startNs[piece + 1] < atNs) {
      piece++;
    }
    final BigInteger t = BigInteger.valueOf(Math.min(atNs, endNs()) - startNs[piece]);
    final BigInteger length = BigInteger.valueOf(Math.max(1, lengthNs(piece)));
    final BigInteger slope = BigInteger.valueOf(to(piece) - from(piece));
    // All times the length, so that nothing is a fraction.
    final BigInteger scaled =
        startTwice[piece]
            .add(t.multiply(BigInteger.valueOf(2 * from(piece))))
            .multiply(length)
            .add(slope.multiply(t).multiply(t));
    final BigInteger[] parts =
        scaled.divideAndRemainder(length.multiply(BigInteger.valueOf(2 * periodNs)));
    return parts[0].add(BigInteger.valueOf(parts[1].signum())).longValueExact();
  }
}
