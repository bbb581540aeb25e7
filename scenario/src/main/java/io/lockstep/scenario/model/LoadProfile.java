package io.lockstep.scenario.model;

import io.lockstep.scenario.plan.Load;
import java.util.List;
import java.util.OptionalLong;

/** Who starts iterations, and when. */
public sealed interface LoadProfile {
  /** VUs; in the open model the most that can be busy at once. */
  int vus();

  /** How long running iterations may go on after the end. */
  long gracefulStopNs();

  /** How long iterations start; empty where only their number decides. */
  OptionalLong planNs();

  /** Whether iterations arrive by a schedule, rather than being started by VUs. */
  default boolean isOpen() {
    return false;
  }

  /** Whether VUs are the users, each for all of its iterations; else each iteration is one. */
  default boolean vusLast() {
    return !isOpen();
  }

  /** Each VU starts iterations until the time is over. */
  record ConstantVus(int vus, long durationNs, long gracefulStopNs) implements LoadProfile {
    @Override
    public OptionalLong planNs() {
      return OptionalLong.of(durationNs);
    }
  }

  /** The number of VUs goes from target to target. */
  record RampingVus(int startVus, List<Stage> stages, long gracefulRampDownNs, long gracefulStopNs)
      implements LoadProfile {
    public RampingVus {
      stages = List.copyOf(stages);
    }

    @Override
    public int vus() {
      return (int) Math.max(startVus, Stage.highestTarget(stages));
    }

    @Override
    public OptionalLong planNs() {
      return OptionalLong.of(Stage.sumNs(stages));
    }
  }

  /** Each VU runs so many iterations, for {@code maxDurationNs} at most where that is given. */
  record PerVuIterations(int vus, long iterations, OptionalLong maxDurationNs, long gracefulStopNs)
      implements LoadProfile {
    @Override
    public OptionalLong planNs() {
      return maxDurationNs;
    }
  }

  /** The VUs run so many iterations together. */
  record SharedIterations(int vus, long iterations, OptionalLong maxDurationNs, long gracefulStopNs)
      implements LoadProfile {
    @Override
    public OptionalLong planNs() {
      return maxDurationNs;
    }

    @Override
    public boolean vusLast() {
      return false;
    }
  }

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

    @Override
    public OptionalLong planNs() {
      return OptionalLong.of(durationNs);
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /** The rate goes from target to target. */
  record RampingArrivalRate(
      long startRate,
      long timeUnitNs,
      List<Stage> stages,
      int maxVus,
      Load.ArrivalProcess arrivals,
      long gracefulStopNs)
      implements LoadProfile {
    public RampingArrivalRate {
      stages = List.copyOf(stages);
    }

    @Override
    public int vus() {
      return maxVus;
    }

    @Override
    public OptionalLong planNs() {
      return OptionalLong.of(Stage.sumNs(stages));
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /** An operator changes the VUs and, where there is one, the rate. */
  record ExternallyControlled(
      int startVus,
      int maxVus,
      OptionalLong rate,
      long timeUnitNs,
      long durationNs,
      long gracefulStopNs)
      implements LoadProfile {
    @Override
    public int vus() {
      return maxVus;
    }

    @Override
    public OptionalLong planNs() {
      return OptionalLong.of(durationNs);
    }

    @Override
    public boolean isOpen() {
      return rate.isPresent();
    }
  }

  /** The rate rises by steps until a service-level objective breaks. */
  record Capacity(
      long startRate,
      long stepRate,
      long maxRate,
      long timeUnitNs,
      long stepDurationNs,
      int maxVus,
      Load.ArrivalProcess arrivals,
      Load.Objective objective,
      long gracefulStopNs)
      implements LoadProfile {
    /** How many steps there are at most. */
    public long steps() {
      return (maxRate - startRate + stepRate - 1) / stepRate + 1;
    }

    @Override
    public int vus() {
      return maxVus;
    }

    @Override
    public OptionalLong planNs() {
      return OptionalLong.of(stepDurationNs * steps());
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /**
   * A piece of a ramp.
   *
   * @param durationNs zero for a jump
   * @param target value at its end
   */
  record Stage(long durationNs, long target) {
    static long sumNs(final List<Stage> stages) {
      return stages.stream().mapToLong(Stage::durationNs).sum();
    }

    static long highestTarget(final List<Stage> stages) {
      return stages.stream().mapToLong(Stage::target).max().orElse(0);
    }
  }
}
