package io.lockstep.engine.transport.route;

import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.scenario.plan.RequestOutcome;

/**
 * Why a proxy did not open the way to the target.
 *
 * @param outcome its kind
 * @param reason in words; a {@link FailureReason}
 */
public record RouteFailure(RequestOutcome outcome, String reason) {
  static RouteFailure of(final RequestOutcome outcome, final String reason) {
    return new RouteFailure(outcome, FailureReason.of(reason));
  }
}
