package io.lockstep.engine.core.machine;

import io.lockstep.journal.event.ArrivalDroppedEncoder;
import io.lockstep.journal.event.FlowNotedEncoder;
import io.lockstep.journal.event.GroupEndedEncoder;
import io.lockstep.journal.event.IterationEndedEncoder;
import io.lockstep.journal.event.TestStoppedEncoder;
import io.lockstep.journal.event.VuTransitionEncoder;

/** Encodes what VUs do but for their requests, and the arrivals that find none. */
final class VuPublisher {
  private final EventWriter events;
  private final VuTransitionEncoder transition = new VuTransitionEncoder();
  private final ArrivalDroppedEncoder dropped = new ArrivalDroppedEncoder();
  private final IterationEndedEncoder iterationEnded = new IterationEndedEncoder();
  private final GroupEndedEncoder groupEnded = new GroupEndedEncoder();
  private final TestStoppedEncoder testStopped = new TestStoppedEncoder();
  private final FlowNotedEncoder noted = new FlowNotedEncoder();

  VuPublisher(final EventWriter events) {
    this.events = events;
  }

  void transition(final int vu, final int from, final int to) {
    final int offset =
        events.begin(
            vu,
            VuTransitionEncoder.BLOCK_LENGTH,
            VuTransitionEncoder.TEMPLATE_ID,
            EventWriter.VERSION_1);
    transition
        .wrap(events.buffer(), offset)
        .fromState((short) from)
        .toState((short) to)
        .reserved((short) 0);
  }

  void iterationEnded(
      final int vu,
      final int scenario,
      final IterationOutcome outcome,
      final long iteration,
      final long startedNs,
      final long endedNs) {
    final int offset =
        events.begin(
            vu,
            IterationEndedEncoder.BLOCK_LENGTH,
            IterationEndedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_1);
    iterationEnded
        .wrap(events.buffer(), offset)
        .outcome((short) outcome.code())
        .scenario(scenario)
        .iteration(iteration)
        .startedNs(startedNs)
        .endedNs(endedNs);
  }

  void groupEnded(
      final int vu,
      final int scenario,
      final IterationOutcome outcome,
      final long iteration,
      final long startedNs,
      final long endedNs,
      final int group) {
    final int offset =
        events.begin(
            vu,
            GroupEndedEncoder.BLOCK_LENGTH,
            GroupEndedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_2);
    groupEnded
        .wrap(events.buffer(), offset)
        .outcome((short) outcome.code())
        .scenario(scenario)
        .iteration(iteration)
        .startedNs(startedNs)
        .endedNs(endedNs)
        .group(group)
        .reserved(0);
  }

  void testStopped(final int vu, final int scenario, final long iteration) {
    final int offset =
        events.begin(
            vu,
            TestStoppedEncoder.BLOCK_LENGTH,
            TestStoppedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_2);
    testStopped
        .wrap(events.buffer(), offset)
        .reserved((short) 0)
        .scenario(scenario)
        .iteration(iteration);
  }

  /**
   * @param text in UTF-8, short enough for the event
   */
  void flowNoted(
      final int vu,
      final int scenario,
      final long iteration,
      final NoteKind kind,
      final byte[] text,
      final int length) {
    final int offset =
        events.begin(
            vu, FlowNotedEncoder.BLOCK_LENGTH, FlowNotedEncoder.TEMPLATE_ID, EventWriter.VERSION_2);
    noted
        .wrap(events.buffer(), offset)
        .kind((short) kind.code())
        .scenario(scenario)
        .iteration(iteration)
        .putText(text, 0, length);
    final int written = FlowNotedEncoder.textEncodingOffset() + length;
    events.buffer().setMemory(offset + written, FlowNotedEncoder.BLOCK_LENGTH - written, (byte) 0);
  }

  void arrivalDropped(final int scenario, final long arrival) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            ArrivalDroppedEncoder.BLOCK_LENGTH,
            ArrivalDroppedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_1);
    dropped.wrap(events.buffer(), offset).reserved((short) 0).scenario(scenario).arrival(arrival);
  }
}
