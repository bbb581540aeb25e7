package io.lockstep.scenario.model;

import io.lockstep.scenario.plan.Load;
import java.util.OptionalLong;

/** Who starts iterations, and when. */
public sealed interface LoadProfile {
  /** VUs; in the open model the most that can be busy at once. */
  int vus();

  /** How long running iterations may go on after the end. */
  long gracefulStopNs();

  /** Each VU starts iterations until the time is over. */
  record ConstantVus(int vus, long durationNs, long gracefulStopNs) implements LoadProfile {}

  /** Each VU runs so many iterations, for {@code maxDurationNs} at most where that is given. */
  record PerVuIterations(int vus, long iterations, OptionalLong maxDurationNs, long gracefulStopNs)
      implements LoadProfile {}

  /** {@code rate} iterations start in each {@code timeUnitNs}. */
  record ConstantArrivalRate(
      long rate,
      long timeUnitNs,
      long durationNs,
      int maxVus,
      Load.ArrivalProcess arrivals,
      long gracefulStopNs)
      implements LoadProfile {
    @Override
    public int vus() {
      return maxVus;
    }
  }
}
