package io.lockstep.replay.event;

import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.NameResolvedDecoder;
import io.lockstep.journal.event.ProxyTakenDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Takes the events about how the target was found apart. */
final class NameFields {
  private static final String[] OUTCOMES = {"?", "first", "same", "changed", "failed"};

  private NameFields() {}

  static void lookup(
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
    to.text("text", text(text));
  }

  static void proxy(
      final DirectBuffer buffer,
      final int offset,
      final MessageHeaderDecoder header,
      final FieldSink to) {
    final ProxyTakenDecoder event =
        new ProxyTakenDecoder().wrapAndApplyHeader(buffer, offset, header);
    to.number("tunnels", event.tunnels());
    final byte[] text = new byte[ProxyTakenDecoder.textLength()];
    event.getText(text, 0, text.length);
    to.text("text", text(text));
    if (event.reserved() != 0) {
      to.number("reserved", event.reserved());
    }
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
