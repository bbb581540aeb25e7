package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.journal.event.ConnectionsSampledEncoder;

/** Encodes what became of connections, numbered by the {@link EventPublisher}. */
final class ConnectionEvents {
  private static final int VERSION_4 = 4;

  private final EventPublisher events;
  private final ConnectionsSampledEncoder sampled = new ConnectionsSampledEncoder();

  ConnectionEvents(final EventPublisher events) {
    this.events = events;
  }

  void connectionsSampled(final ConnectionCounts counts) {
    final int offset =
        events.claim(
            ConnectionsSampledEncoder.BLOCK_LENGTH,
            ConnectionsSampledEncoder.TEMPLATE_ID,
            VERSION_4);
    sampled
        .wrap(events.buffer(), offset)
        .vu(EventPublisher.NO_VU)
        .tick(events.tick())
        .sequence(events.takeSequence())
        .phase(events.phase())
        .reserved((short) 0)
        .unused(0)
        .opened(counts.opened())
        .ahead(counts.ahead())
        .failedAhead(counts.failedAhead())
        .closedIdle(counts.closedIdle())
        .retired(counts.retired())
        .strays(counts.strays());
  }
}
