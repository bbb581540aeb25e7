package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Flow;

/**
 * What a step is within.
 *
 * @param path of the list of steps that it is in
 * @param isLooped whether it may be visited more than once in an iteration
 * @param group index of the innermost group, or {@link Flow#NONE}
 * @param attemptSlot of the innermost retry, or {@link Flow#NONE}
 * @param failureSlot of that retry, where it remembers whether a request has failed, or {@link
 *     Flow#NONE}
 */
record Place(StepPath path, boolean isLooped, int group, int attemptSlot, int failureSlot) {
  /** Of the steps that a scenario has under a key. */
  static Place of(final String key) {
    return new Place(StepPath.of(key), false, Flow.NONE, Flow.NONE, Flow.NONE);
  }

  Place at(final StepPath newPath) {
    return new Place(newPath, isLooped, group, attemptSlot, failureSlot);
  }

  Place looped() {
    return new Place(path, true, group, attemptSlot, failureSlot);
  }

  /** Of the steps of a retry. */
  Place tried(final int newAttemptSlot, final int newFailureSlot) {
    return new Place(path, true, group, newAttemptSlot, newFailureSlot);
  }

  Place in(final int newGroup) {
    return new Place(path, isLooped, newGroup, attemptSlot, failureSlot);
  }
}
