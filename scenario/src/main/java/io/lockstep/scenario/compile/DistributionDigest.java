package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.LongArray;

/** The parts of a plan's digest with its distributions, each with a code that never changes. */
final class DistributionDigest {
  private static final int CONSTANT = 1;
  private static final int UNIFORM = 2;
  private static final int NORMAL = 3;
  private static final int LOG_NORMAL = 4;
  private static final int EXPONENTIAL = 5;
  private static final int EMPIRICAL = 6;

  private final CanonicalDigest out;

  DistributionDigest(final CanonicalDigest out) {
    this.out = out;
  }

  void put(final Distribution distribution) {
    if (distribution instanceof Distribution.Constant d) {
      out.putInt(CONSTANT).putLong(d.valueNs());
    } else if (distribution instanceof Distribution.Uniform d) {
      out.putInt(UNIFORM).putLong(d.minNs()).putLong(d.maxNs());
    } else if (distribution instanceof Distribution.Normal d) {
      out.putInt(NORMAL).putLong(d.meanNs()).putLong(d.stdDevNs());
    } else if (distribution instanceof Distribution.LogNormal d) {
      out.putInt(LOG_NORMAL).putLong(d.medianNs()).putDouble(d.sigma());
    } else if (distribution instanceof Distribution.Exponential d) {
      out.putInt(EXPONENTIAL).putLong(d.meanNs());
    } else if (distribution instanceof Distribution.Empirical d) {
      out.putInt(EMPIRICAL);
      put(d.valuesNs());
      put(d.weights());
    } else {
      throw new IllegalStateException("no code for the distribution " + distribution);
    }
  }

  void put(final LongArray array) {
    out.putInt(array.length());
    for (int i = 0; i < array.length(); i++) {
      out.putLong(array.get(i));
    }
  }
}
