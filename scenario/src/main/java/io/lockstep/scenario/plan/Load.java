package io.lockstep.scenario.plan;

/** Who starts iterations, and when. Ticks count from the scenario's start. */
public sealed interface Load {
  /** Stands for "no limit". */
  long UNLIMITED = Long.MAX_VALUE;

  /** After so many ticks nothing starts, or {@link #UNLIMITED}. */
  long durationTicks();

  /**
   * Whether iterations arrive, each with an index that is its identity, whatever VU is free. Else
   * VUs start them.
   */
  default boolean isOpen() {
    return false;
  }

  /** Whether the VU is part of an iteration's identity; else an index over all VUs is all of it. */
  default boolean vusLast() {
    return !isOpen();
  }

  /**
   * Closed model: each VU starts its next iteration when its last one has ended.
   *
   * @param durationTicks after so many ticks no iteration starts, or {@link #UNLIMITED}.
   * @param iterations per VU, or {@link #UNLIMITED}; one of the two is limited.
   */
  record Closed(long durationTicks, long iterations) implements Load {}

  /**
   * Closed model with a number of VUs that follows a line through the stages' targets.
   *
   * @param startVus at the start
   * @param stages in order
   * @param gracefulRampDownTicks how long a VU that is not wanted any more may go on with its
   *     iteration
   */
  record RampingVus(int startVus, Stages stages, long gracefulRampDownTicks) implements Load {
    @Override
    public long durationTicks() {
      return stages.durationTicks();
    }
  }

  /**
   * Closed model whose VUs share one number of iterations: iteration i is an identity of its own.
   *
   * @param iterations of all VUs together
   * @param durationTicks after so many ticks no iteration starts, or {@link #UNLIMITED}.
   */
  record SharedIterations(long iterations, long durationTicks) implements Load {
    @Override
    public boolean vusLast() {
      return false;
    }
  }

  /**
   * Open model: iterations arrive at a constant rate, whether or not earlier ones have ended.
   *
   * @param arrivals so many arrivals
   * @param periodNs in each such period
   * @param durationTicks arrivals are due in {@code [0, durationTicks)}
   * @param process how they spread
   * @param site key of the random stream that the gaps of a Poisson process draw from
   */
  record Open(long arrivals, long periodNs, long durationTicks, ArrivalProcess process, long site)
      implements Load {
    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /**
   * Open model with a rate that follows a line through the stages' targets.
   *
   * @param startRate arrivals in each period at the start
   * @param periodNs the period
   * @param stages in order; their targets are rates
   * @param process how arrivals spread
   * @param site key of the random stream that the gaps of a Poisson process draw from
   */
  record RampingRate(
      long startRate, long periodNs, Stages stages, ArrivalProcess process, long site)
      implements Load {
    @Override
    public long durationTicks() {
      return stages.durationTicks();
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /**
   * What an operator changes while it runs: the number of VUs and, in the open model, the rate.
   *
   * @param startVus how many VUs take part at the start
   * @param rate arrivals in each period at the start; {@link #CLOSED} for a closed model
   * @param periodNs the period
   * @param durationTicks after so many ticks nothing starts
   */
  record Controlled(int startVus, long rate, long periodNs, long durationTicks) implements Load {
    /** Value of {@code rate} where VUs start their own iterations. */
    public static final long CLOSED = -1;

    @Override
    public boolean isOpen() {
      return rate != CLOSED;
    }
  }

  /**
   * Open model that looks for the highest rate at which a service-level objective holds: the rate
   * rises by steps until it breaks or the highest rate has held.
   *
   * @param startRate arrivals in each period in the first step
   * @param stepRate how much it rises by each step
   * @param maxRate the last step's rate; the last rise may be smaller
   * @param periodNs the period
   * @param stepTicks length of a step
   * @param process how arrivals spread
   * @param site key of the random stream that the gaps of a Poisson process draw from
   * @param objective what has to hold
   */
  record Capacity(
      long startRate,
      long stepRate,
      long maxRate,
      long periodNs,
      long stepTicks,
      ArrivalProcess process,
      long site,
      Objective objective)
      implements Load {
    /** How many steps there are at most. */
    public long steps() {
      return (maxRate - startRate + stepRate - 1) / stepRate + 1;
    }

    /** The rate of a step, from 0. */
    public long rate(final long step) {
      return step >= steps() - 1 ? maxRate : startRate + step * stepRate;
    }

    @Override
    public long durationTicks() {
      return steps() * stepTicks;
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /**
   * A service-level objective.
   *
   * @param p99Ns at least 99 of 100 response times are no longer, or {@link Load#UNLIMITED}
   * @param errorsPerBillion at most so many of a billion requests fail, or {@link Load#UNLIMITED}
   */
  record Objective(long p99Ns, long errorsPerBillion) {}

  /** How arrivals spread over time. */
  enum ArrivalProcess {
    /** Evenly spaced. */
    UNIFORM,
    /** Exponential gaps. */
    POISSON
  }
}
