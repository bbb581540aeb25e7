package io.lockstep.replay.inspect;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.journal.event.CapacitySteppedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.replay.event.EventKind;
import io.lockstep.replay.event.EventView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The steps of searches for capacity, taken from events. Those of no known verdict are left out.
 */
final class CapacitySteps {
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final CapacitySteppedDecoder stepped = new CapacitySteppedDecoder();
  private final List<CapacityStep> steps = new ArrayList<>();

  void onEvent(final EventView event) {
    if (event.templateId() == EventKind.CAPACITY_STEPPED.templateId()) {
      stepped.wrapAndApplyHeader(event.buffer(), event.offset(), header);
      Arrays.stream(CapacityVerdict.values())
          .filter(verdict -> verdict.code() == stepped.verdict())
          .forEach(verdict -> steps.add(step(verdict)));
    }
  }

  private CapacityStep step(final CapacityVerdict verdict) {
    return new CapacityStep(
        stepped.scenario(),
        stepped.rate(),
        stepped.responses(),
        stepped.slow(),
        stepped.requests(),
        stepped.errors(),
        stepped.dropped(),
        verdict);
  }

  List<CapacityStep> steps() {
    return List.copyOf(steps);
  }
}
