package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.engine.core.port.ProxyUse;
import io.lockstep.journal.event.NameResolvedEncoder;
import io.lockstep.journal.event.ProxyTakenEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Encodes how the target was found: lookups of names, and the proxy. Rare. */
final class NameRecorder {
  private final EventWriter events;

  NameRecorder(final EventWriter events) {
    this.events = events;
  }

  void proxyTaken(final ProxyUse proxy) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            ProxyTakenEncoder.BLOCK_LENGTH,
            ProxyTakenEncoder.TEMPLATE_ID,
            EventWriter.VERSION_5);
    new ProxyTakenEncoder()
        .wrap(events.buffer(), offset)
        .tunnels((short) (proxy.tunnels() ? 1 : 0))
        .reserved(0)
        .putText(padded(proxy.url()), 0, ProxyTakenEncoder.textLength());
  }

  void nameResolved(final NameLookup lookup) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            NameResolvedEncoder.BLOCK_LENGTH,
            NameResolvedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_5);
    new NameResolvedEncoder()
        .wrap(events.buffer(), offset)
        .outcome((short) lookup.outcome().code())
        .addresses(lookup.addresses())
        .tookNs(lookup.tookNs())
        .putText(padded(lookup.text()), 0, NameResolvedEncoder.textLength());
  }

  /** With zeros behind. */
  private static byte[] padded(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > FailureReason.MAX_BYTES) {
      throw new IllegalArgumentException("a text of " + bytes.length + " bytes");
    }
    return Arrays.copyOf(bytes, FailureReason.MAX_BYTES);
  }
}
