package io.lockstep.replay.shard;

import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.NameResolvedDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Reads lookups of names from a recording. */
final class NamesDecoder {
  private NamesDecoder() {}

  static NameLookup lookup(final DirectBuffer buffer, final int offset) {
    final NameResolvedDecoder event =
        new NameResolvedDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
    final byte[] text = new byte[NameResolvedDecoder.textLength()];
    event.getText(text, 0, text.length);
    int length = text.length;
    while (length > 0 && text[length - 1] == 0) {
      length--;
    }
    return new NameLookup(
        NameLookup.Outcome.of(event.outcome()),
        event.addresses(),
        event.tookNs(),
        new String(text, 0, length, StandardCharsets.UTF_8));
  }
}
