package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.RequestOutcome;
import java.math.BigInteger;

/**
 * Counts what decides a capacity search: the completions that were admitted, and the arrivals that
 * were dropped, in the present step. Inputs and schedule alone go in, so a replay decides alike. No
 * percentile is estimated: the 99th is within the limit exactly if no more than one response of a
 * hundred is beyond it.
 */
final class CapacitySearch {
  private static final long BILLION = 1_000_000_000L;
  private static final long HUNDRED = 100;

  private final int scenario;
  private final Load.Capacity load;
  private long step;
  private long responses;
  private long slow;
  private long requests;
  private long errors;
  private long dropped;

  CapacitySearch(final int scenario, final Load.Capacity load) {
    this.scenario = scenario;
    this.load = load;
  }

  /**
   * @param failed whether the plan expects something else
   */
  void onCompleted(final Completion completion, final boolean failed, final long intendedNs) {
    final boolean complete = completion.outcome == RequestOutcome.RESPONSE;
    requests++;
    errors += failed ? 1 : 0;
    responses += complete ? 1 : 0;
    slow += complete && completion.lastByteNs - intendedNs > load.objective().p99Ns() ? 1 : 0;
  }

  void onDropped() {
    dropped++;
  }

  /** Ends the step and begins the next. */
  CapacityStep endStep() {
    final CapacityStep ended =
        new CapacityStep(
            scenario, load.rate(step), responses, slow, requests, errors, dropped, verdict());
    step++;
    responses = 0;
    slow = 0;
    requests = 0;
    errors = 0;
    dropped = 0;
    return ended;
  }

  private CapacityVerdict verdict() {
    if (dropped > 0) {
      return CapacityVerdict.VUS_EXHAUSTED;
    }
    if (requests == 0) {
      return CapacityVerdict.NO_RESPONSE;
    }
    if (tooManyErrors()) {
      return CapacityVerdict.TOO_MANY_ERRORS;
    }
    return slow * HUNDRED > responses ? CapacityVerdict.TOO_SLOW : CapacityVerdict.HELD;
  }

  private boolean tooManyErrors() {
    final long allowed = load.objective().errorsPerBillion();
    return allowed != Load.UNLIMITED
        && BigInteger.valueOf(errors)
                .multiply(BigInteger.valueOf(BILLION))
                .compareTo(BigInteger.valueOf(allowed).multiply(BigInteger.valueOf(requests)))
            > 0;
  }
}
