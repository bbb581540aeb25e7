package io.lockstep.engine.core.machine;

import io.lockstep.journal.block.BlockWriter;

/**
 * Those who encode the events of a shard in place, by what the events tell of.
 *
 * @param writer numbers the events of all of them
 */
record Events(
    EventWriter writer,
    RunPublisher run,
    VuPublisher vus,
    RequestPublisher requests,
    ResponsePublisher responses,
    BodyFaults bodyFaults) {

  /** Events that go into a journal. */
  static Events into(final BlockWriter journal) {
    final EventWriter writer = new EventWriter(journal);
    return new Events(
        writer,
        new RunPublisher(writer),
        new VuPublisher(writer),
        new RequestPublisher(writer),
        new ResponsePublisher(writer),
        new BodyFaults(writer));
  }
}
