package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.BodyFault;
import io.lockstep.journal.event.BodyFaultedDecoder;
import io.lockstep.journal.event.BodyFaultedEncoder;

/**
 * Journals what is wrong with the coding of a body that something looked at. It is found while a
 * completion acts, and journaled behind all of that: recordings of old have none, so in a replay it
 * is an input.
 */
final class BodyFaults {
  private final EventWriter events;
  private final BodyFaultedEncoder faulted = new BodyFaultedEncoder();
  private BodyFault found = BodyFault.NONE;
  private int vu;
  private int requestSeq;
  private int request;

  BodyFaults(final EventWriter events) {
    this.events = events;
  }

  /** Forgets what was found. */
  void clear() {
    found = BodyFault.NONE;
  }

  /** One was found, in the response to a request; the first counts. */
  void onFault(
      final int globalVu, final int seqOfVu, final int requestOfPlan, final BodyFault fault) {
    if (found == BodyFault.NONE) {
      found = fault;
      vu = globalVu;
      requestSeq = seqOfVu;
      request = requestOfPlan;
    }
  }

  /** Journals what was found. */
  void publish() {
    if (found != BodyFault.NONE) {
      put(vu, requestSeq, request, found.code());
    }
  }

  /** Journals one that was recorded. */
  void replay(final BodyFaultedDecoder recorded) {
    put(recorded.vu(), recorded.requestSeq(), recorded.request(), recorded.fault());
  }

  private void put(final int ofVu, final int seqOfVu, final int requestOfPlan, final int fault) {
    final int offset =
        events.begin(
            ofVu,
            BodyFaultedEncoder.BLOCK_LENGTH,
            BodyFaultedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_5);
    faulted
        .wrap(events.buffer(), offset)
        .fault((short) fault)
        .reserved(0)
        .requestSeq(seqOfVu)
        .request(requestOfPlan);
  }
}
