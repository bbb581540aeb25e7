package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.journal.event.NameResolvedEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Encodes lookups of names. Rare. */
final class NameRecorder {
  private final EventWriter events;

  NameRecorder(final EventWriter events) {
    this.events = events;
  }

  void nameResolved(final NameLookup lookup) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            NameResolvedEncoder.BLOCK_LENGTH,
            NameResolvedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_5);
    final byte[] text = lookup.text().getBytes(StandardCharsets.UTF_8);
    if (text.length > NameResolvedEncoder.textLength()) {
      throw new IllegalArgumentException("a text of " + text.length + " bytes");
    }
    new NameResolvedEncoder()
        .wrap(events.buffer(), offset)
        .outcome((short) lookup.outcome().code())
        .addresses(lookup.addresses())
        .tookNs(lookup.tookNs())
        .putText(
            Arrays.copyOf(text, NameResolvedEncoder.textLength()),
            0,
            NameResolvedEncoder.textLength());
  }
}
