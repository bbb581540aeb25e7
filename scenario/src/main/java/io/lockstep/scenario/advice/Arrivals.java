package io.lockstep.scenario.advice;

import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Load.ArrivalProcess;
import io.lockstep.scenario.plan.Stages;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/**
 * How many arrivals a schedule has. That of even arrivals is exact; random ones draw their number
 * from the seed, so there only what is nearly sure counts: the mean less four standard deviations.
 */
final class Arrivals {
  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigDecimal DEVIATIONS = BigDecimal.valueOf(4);

  private Arrivals() {}

  /** Empty where it is not the schedule that decides. */
  static Optional<BigInteger> of(final Load load, final long tickNs) {
    if (load instanceof Load.Open open) {
      final BigInteger twice =
          BigInteger.valueOf(open.arrivals())
              .multiply(BigInteger.valueOf(open.durationTicks()))
              .multiply(BigInteger.valueOf(tickNs))
              .multiply(TWO);
      return Optional.of(count(twice, open.periodNs(), open.process()));
    }
    if (load instanceof Load.RampingRate ramp) {
      return Optional.of(count(twice(ramp, tickNs), ramp.periodNs(), ramp.process()));
    }
    return Optional.empty();
  }

  /** Twice the area under the ramp. */
  private static BigInteger twice(final Load.RampingRate ramp, final long tickNs) {
    final Stages stages = ramp.stages();
    BigInteger twice = BigInteger.ZERO;
    long from = ramp.startRate();
    for (int i = 0; i < stages.count(); i++) {
      final long to = stages.targets().get(i);
      twice =
          twice.add(
              BigInteger.valueOf(from)
                  .add(BigInteger.valueOf(to))
                  .multiply(BigInteger.valueOf(stages.ticks().get(i)))
                  .multiply(BigInteger.valueOf(tickNs)));
      from = to;
    }
    return twice;
  }

  /** Arrival i is due where the area comes to i, before the end. */
  private static BigInteger count(
      final BigInteger twiceArea, final long periodNs, final ArrivalProcess process) {
    final BigInteger divisor = BigInteger.valueOf(periodNs).multiply(TWO);
    if (process == ArrivalProcess.UNIFORM) {
      return twiceArea.add(divisor).subtract(BigInteger.ONE).divide(divisor);
    }
    final BigDecimal mean =
        new BigDecimal(twiceArea).divide(new BigDecimal(divisor), MathContext.DECIMAL64);
    return mean.subtract(DEVIATIONS.multiply(mean.sqrt(MathContext.DECIMAL64)))
        .max(BigDecimal.ZERO)
        .toBigInteger();
  }
}
