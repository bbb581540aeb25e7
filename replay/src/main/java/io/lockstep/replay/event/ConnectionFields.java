package io.lockstep.replay.event;

import io.lockstep.journal.event.FailureExplainedDecoder;
import io.lockstep.journal.event.HandshakeEndedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/** Takes the events about connections and failures apart. Single-threaded. */
final class ConnectionFields {
  private static final int RESUMED = 1;
  private static final int TLS_1_2 = 0x0303;
  private static final int TLS_1_3 = 0x0304;

  private final EventNames names;
  private final VuContext context;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final HandshakeEndedDecoder handshake = new HandshakeEndedDecoder();
  private final FailureExplainedDecoder failure = new FailureExplainedDecoder();

  ConnectionFields(final EventNames names, final VuContext context) {
    this.names = names;
    this.context = context;
  }

  void decode(
      final EventKind kind, final DirectBuffer buffer, final int offset, final FieldSink to) {
    if (kind == EventKind.HANDSHAKE_ENDED) {
      onHandshake(handshake.wrapAndApplyHeader(buffer, offset, header), to);
    } else {
      onFailure(failure.wrapAndApplyHeader(buffer, offset, header), to);
    }
  }

  private void onHandshake(final HandshakeEndedDecoder event, final FieldSink to) {
    request(event.vu(), event.requestSeq(), to);
    to.text("protocol", protocol(event.protocol()));
    to.text("resumed", event.flags() == RESUMED ? "yes" : flags(event.flags()));
    to.time("tls", event.tlsNs());
    reserved(event.reserved(), to);
  }

  private void onFailure(final FailureExplainedDecoder event, final FieldSink to) {
    request(event.vu(), event.requestSeq(), to);
    to.text("outcome", names.requestOutcome(event.outcome()));
    final byte[] text = new byte[FailureExplainedDecoder.textLength()];
    event.getText(text, 0, text.length);
    int length = text.length;
    while (length > 0 && text[length - 1] == 0) {
      length--;
    }
    to.text("text", new String(text, 0, length, StandardCharsets.UTF_8));
    reserved(event.reserved(), to);
    reserved(event.reserved2(), to);
  }

  private void request(final int vu, final int requestSeq, final FieldSink to) {
    if (context != null) {
      final long request = context.request(vu, requestSeq);
      to.text("request", request == VuContext.NONE ? "?" : names.request((int) request));
    }
    to.number("requestSeq", requestSeq);
  }

  private static String protocol(final int version) {
    return switch (version) {
      case 0 -> "none";
      case TLS_1_2 -> "TLSv1.2";
      case TLS_1_3 -> "TLSv1.3";
      default -> "0x" + HexFormat.of().toHexDigits((short) version);
    };
  }

  private static String flags(final int flags) {
    return flags == 0 ? "no" : "#" + flags;
  }

  private static void reserved(final int value, final FieldSink to) {
    if (value != 0) {
      to.number("reserved", value);
    }
  }
}
