package io.lockstep.replay.event;

import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.journal.event.BodyFaultedDecoder;
import io.lockstep.journal.event.FailureReasonedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.ReasonDefinedDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Takes the events about failures apart. Single-threaded. */
final class FailureFields {
  private final EventNames names;
  private final VuContext context;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final ReasonDefinedDecoder defined = new ReasonDefinedDecoder();
  private final BodyFaultedDecoder body = new BodyFaultedDecoder();
  private final FailureReasonedDecoder reasoned = new FailureReasonedDecoder();

  FailureFields(final EventNames names, final VuContext context) {
    this.names = names;
    this.context = context;
  }

  void decode(
      final EventKind kind, final DirectBuffer buffer, final int offset, final FieldSink to) {
    if (kind == EventKind.REASON_DEFINED) {
      onDefined(defined.wrapAndApplyHeader(buffer, offset, header), to);
    } else if (kind == EventKind.BODY_FAULTED) {
      onBody(body.wrapAndApplyHeader(buffer, offset, header), to);
    } else {
      onReasoned(reasoned.wrapAndApplyHeader(buffer, offset, header), to);
    }
  }

  /** The text of a reason. */
  static String text(final ReasonDefinedDecoder event) {
    final byte[] text = new byte[ReasonDefinedDecoder.textLength()];
    event.getText(text, 0, text.length);
    int length = text.length;
    while (length > 0 && text[length - 1] == 0) {
      length--;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  private static void onDefined(final ReasonDefinedDecoder event, final FieldSink to) {
    to.number("number", event.reason());
    to.text("text", text(event));
    reserved(event.reserved() | event.reserved2(), to);
  }

  private void onReasoned(final FailureReasonedDecoder event, final FieldSink to) {
    if (context != null) {
      final long request = context.request(event.vu(), event.requestSeq());
      to.text("request", request == VuContext.NONE ? "?" : names.request((int) request));
    }
    to.number("requestSeq", event.requestSeq());
    to.text("stage", names.failureStage(event.stage()));
    to.text("outcome", names.requestOutcome(event.outcome()));
    to.text("reason", reason(event));
    reserved(event.reserved() | event.reserved2(), to);
  }

  private void onBody(final BodyFaultedDecoder event, final FieldSink to) {
    to.text("request", names.request(event.request()));
    to.number("requestSeq", event.requestSeq());
    to.text("fault", names.bodyFault(event.fault()));
    reserved(event.reserved(), to);
  }

  private String reason(final FailureReasonedDecoder event) {
    if (event.reason() == FailureReason.OTHER_NUMBER) {
      return FailureReason.OTHER;
    }
    final String text = context == null ? null : context.reason(event.vu(), event.reason());
    return text == null ? "#" + event.reason() : text;
  }

  private static void reserved(final long value, final FieldSink to) {
    if (value != 0) {
      to.number("reserved", value);
    }
  }
}
