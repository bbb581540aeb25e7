package io.lockstep.replay.shard;

import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.engine.core.port.ProxyUse;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.NameResolvedDecoder;
import io.lockstep.journal.event.ProxyTakenDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Reads from a recording how the target was found. */
final class NamesDecoder {
  private NamesDecoder() {}

  static NameLookup lookup(final DirectBuffer buffer, final int offset) {
    final NameResolvedDecoder event =
        new NameResolvedDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
    final byte[] text = new byte[NameResolvedDecoder.textLength()];
    event.getText(text, 0, text.length);
    return new NameLookup(
        NameLookup.Outcome.of(event.outcome()), event.addresses(), event.tookNs(), text(text));
  }

  static ProxyUse proxy(final DirectBuffer buffer, final int offset) {
    final ProxyTakenDecoder event =
        new ProxyTakenDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
    final byte[] text = new byte[ProxyTakenDecoder.textLength()];
    event.getText(text, 0, text.length);
    return new ProxyUse(event.tunnels() != 0, text(text));
  }

  /** Without the zeros behind it. */
  private static String text(final byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
