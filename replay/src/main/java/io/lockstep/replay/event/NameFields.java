package io.lockstep.replay.event;

import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.NameResolvedDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Takes the event of a lookup apart. */
final class NameFields {
  private static final String[] OUTCOMES = {"?", "first", "same", "changed", "failed"};

  private NameFields() {}

  static void decode(
      final DirectBuffer buffer,
      final int offset,
      final MessageHeaderDecoder header,
      final FieldSink to) {
    final NameResolvedDecoder event =
        new NameResolvedDecoder().wrapAndApplyHeader(buffer, offset, header);
    final int outcome = event.outcome();
    to.text("outcome", outcome < OUTCOMES.length ? OUTCOMES[outcome] : "#" + outcome);
    to.number("addresses", event.addresses());
    to.time("took", event.tookNs());
    final byte[] text = new byte[NameResolvedDecoder.textLength()];
    event.getText(text, 0, text.length);
    int length = text.length;
    while (length > 0 && text[length - 1] == 0) {
      length--;
    }
    to.text("text", new String(text, 0, length, StandardCharsets.UTF_8));
  }
}
