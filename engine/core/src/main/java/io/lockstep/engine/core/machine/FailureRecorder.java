package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.journal.event.FailureExplainedDecoder;
import io.lockstep.journal.event.FailureExplainedEncoder;
import io.lockstep.journal.event.FailureReasonedDecoder;
import io.lockstep.journal.event.FailureReasonedEncoder;
import io.lockstep.journal.event.ReasonDefinedDecoder;
import io.lockstep.journal.event.ReasonDefinedEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Journals why requests failed, just before their completions. A text is journaled once per shard
 * and has a number from then on; beyond {@link FailureReason#MAX_DIFFERENT} texts all others have
 * one number together, so that neither memory nor the journal grows with what a target says.
 * Recordings of old have the text with each failure.
 */
final class FailureRecorder {
  private final EventWriter events;
  private final ReasonDefinedEncoder defined = new ReasonDefinedEncoder();
  private final FailureReasonedEncoder reasoned = new FailureReasonedEncoder();
  private final FailureExplainedEncoder explained = new FailureExplainedEncoder();
  private final Map<String, Integer> numberByText = new LinkedHashMap<>();

  /** Texts by number, which counts from 1. */
  private final List<String> texts = new ArrayList<>();

  private final byte[] text = new byte[FailureExplainedEncoder.textLength()];

  FailureRecorder(final EventWriter events) {
    this.events = events;
  }

  /** Journals why a request failed whose completion comes next, where somebody said it. */
  void record(final int vu, final Completion completion) {
    if (completion.reason == null || completion.stage == null) {
      return;
    }
    completion.reasonNumber = number(vu, completion.reason);
    if (completion.reasonNumber == FailureReason.OTHER_NUMBER) {
      completion.reason = FailureReason.OTHER; // as a replay sees it
    }
    reasoned(
        vu,
        completion.requestSeq,
        completion.outcome.code(),
        completion.stage.code(),
        completion.reasonNumber);
  }

  private int number(final int vu, final String reason) {
    final Integer known = numberByText.get(reason);
    if (known != null) {
      return known;
    }
    if (texts.size() == FailureReason.MAX_DIFFERENT) {
      return FailureReason.OTHER_NUMBER;
    }
    final byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > FailureReason.MAX_BYTES) {
      throw new IllegalArgumentException("a reason of " + bytes.length + " bytes");
    }
    texts.add(reason);
    numberByText.put(reason, texts.size());
    defined(vu, texts.size(), bytes, bytes.length);
    return texts.size();
  }

  /** Journals a reason that was recorded, and knows it from then on. */
  void replay(final ReasonDefinedDecoder recorded) {
    if (recorded.reason() != texts.size() + 1) {
      throw new IllegalStateException(
          "reason " + recorded.reason() + " comes after reason " + texts.size());
    }
    recorded.getText(text, 0, text.length);
    final int length = length();
    texts.add(new String(text, 0, length, StandardCharsets.UTF_8));
    defined(recorded.vu(), recorded.reason(), text, length);
  }

  /** Journals why a request failed, from a recording, and says it to the completion. */
  void replay(final FailureReasonedDecoder recorded, final Completion to) {
    final int number = recorded.reason();
    if (number < 1 || (number > texts.size() && number != FailureReason.OTHER_NUMBER)) {
      throw new IllegalStateException(
          "reason " + number + " is not among the " + texts.size() + " that are known");
    }
    to.reason = number == FailureReason.OTHER_NUMBER ? FailureReason.OTHER : texts.get(number - 1);
    to.reasonNumber = number;
    to.isNoted = true;
    reasoned(recorded.vu(), recorded.requestSeq(), recorded.outcome(), recorded.stage(), number);
  }

  /** The same from a recording of version 4. */
  void replay(final FailureExplainedDecoder recorded, final Completion to) {
    recorded.getText(text, 0, text.length);
    final int length = length();
    to.reason = new String(text, 0, length, StandardCharsets.UTF_8);
    to.isNoted = true;
    final int offset =
        events.begin(
            recorded.vu(),
            FailureExplainedEncoder.BLOCK_LENGTH,
            FailureExplainedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_4);
    explained
        .wrap(events.buffer(), offset)
        .outcome(recorded.outcome())
        .reserved(0)
        .requestSeq(recorded.requestSeq());
    putText(offset, FailureExplainedEncoder.textEncodingOffset(), text, length);
    explained.reserved2(0);
  }

  private int length() {
    int length = text.length;
    while (length > 0 && text[length - 1] == 0) {
      length--;
    }
    return length;
  }

  private void defined(final int vu, final int number, final byte[] bytes, final int length) {
    final int offset =
        events.begin(
            vu,
            ReasonDefinedEncoder.BLOCK_LENGTH,
            ReasonDefinedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_5);
    defined.wrap(events.buffer(), offset).reserved((short) 0).reason(number).reserved2(0);
    putText(offset, ReasonDefinedEncoder.textEncodingOffset(), bytes, length);
  }

  private void putText(final int event, final int field, final byte[] bytes, final int length) {
    events.buffer().putBytes(event + field, bytes, 0, length);
    events.buffer().setMemory(event + field + length, text.length - length, (byte) 0);
  }

  private void reasoned(
      final int vu, final int requestSeq, final int outcome, final int stage, final int number) {
    final int offset =
        events.begin(
            vu,
            FailureReasonedEncoder.BLOCK_LENGTH,
            FailureReasonedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_5);
    reasoned
        .wrap(events.buffer(), offset)
        .stage((short) stage)
        .reason(number)
        .requestSeq(requestSeq)
        .outcome((short) outcome)
        .reserved((short) 0)
        .reserved2(0);
  }
}
