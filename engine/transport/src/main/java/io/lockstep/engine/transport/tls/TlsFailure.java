package io.lockstep.engine.transport.tls;

import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.scenario.plan.RequestOutcome;

/**
 * What went wrong with a handshake.
 *
 * @param outcome its kind
 * @param reason in words; a {@link FailureReason}
 */
public record TlsFailure(RequestOutcome outcome, String reason) {
  static TlsFailure of(final RequestOutcome outcome, final String reason) {
    return new TlsFailure(outcome, FailureReason.of(reason));
  }
}
