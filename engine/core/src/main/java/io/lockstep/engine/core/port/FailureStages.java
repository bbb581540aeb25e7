package io.lockstep.engine.core.port;

import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.List;

/**
 * Tells from what was measured of a request how far it had come when it failed, so that a recording
 * tells it too.
 */
public final class FailureStages {
  private FailureStages() {}

  /**
   * The stage.
   *
   * @param isHandedKnown whether {@link Completion#handedNs} is measured: where it is not, a
   *     request that was begun counts as sent
   * @return {@code null} for what is no failure.
   */
  public static FailureStage of(final Completion completion, final boolean isHandedKnown) {
    final RequestOutcome outcome = completion.outcome;
    final List<FailureStage> possible = outcome.stages();
    if (possible.isEmpty()) {
      return null;
    }
    if (possible.size() == 1) {
      return possible.get(0);
    }
    if (completion.firstByteNs != Completion.NULL_TIME) {
      return FailureStage.RECEIVE;
    }
    final boolean isOut =
        completion.sentNs != Completion.NULL_TIME
            && (!isHandedKnown || completion.handedNs != Completion.NULL_TIME);
    return isOut ? FailureStage.WAIT : FailureStage.SEND;
  }
}
