package io.lockstep.engine.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.core.port.FailureStages;
import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockSink;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.block.EventCursor;
import io.lockstep.journal.event.FailureReasonedDecoder;
import io.lockstep.journal.event.ReasonDefinedDecoder;
import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FailureRecorderTest {
  private static final int DEFINED = ReasonDefinedDecoder.TEMPLATE_ID;
  private static final int REASONED = FailureReasonedDecoder.TEMPLATE_ID;
  private static final long NEVER = Completion.NULL_TIME;

  private final Map<Integer, Integer> countByTemplate = new HashMap<>();
  private long bytes;
  private final BlockWriter journal = new BlockWriter(counting(), new Block());
  private final FailureRecorder recorder = new FailureRecorder(new EventWriter(journal));

  private BlockSink counting() {
    return full -> {
      int offset = Block.HEADER_LENGTH;
      while (offset < full.end()) {
        final int length = EventCursor.lengthAt(full.buffer(), offset, full.end());
        countByTemplate.merge(EventCursor.templateIdAt(full.buffer(), offset), 1, Integer::sum);
        bytes += length;
        offset += length;
      }
      return full;
    };
  }

  private Completion fail(final String reason) {
    final Completion completion = ended(RequestOutcome.RESET, 1, 2, 3);
    completion.stage = FailureStage.RECEIVE;
    completion.reason = reason;
    recorder.record(7, completion);
    return completion;
  }

  @Test
  void shouldJournalATextOnceAndItsNumberWithEachFailure() {
    assertEquals(1, fail("one").reasonNumber);
    assertEquals(2, fail("two").reasonNumber);
    assertEquals(1, fail("one").reasonNumber);
    journal.flush();
    assertEquals(Map.of(DEFINED, 2, REASONED, 3), countByTemplate);
    assertEquals(2 * 248 + 3 * 32, bytes);
  }

  @Test
  void shouldGiveAllReasonsBeyondTheFirstSoManyOneNumber() {
    for (int i = 1; i <= FailureReason.MAX_DIFFERENT; i++) {
      assertEquals(i, fail("reason " + i).reasonNumber);
    }
    for (int i = 1; i <= 100; i++) {
      final Completion another = fail("another " + i);
      assertEquals(FailureReason.OTHER_NUMBER, another.reasonNumber);
      assertEquals(FailureReason.OTHER, another.reason, "as a replay sees it");
    }
    assertEquals(500, fail("reason 500").reasonNumber);
    journal.flush();
    assertEquals(FailureReason.MAX_DIFFERENT, countByTemplate.get(DEFINED));
    assertEquals(FailureReason.MAX_DIFFERENT + 101, countByTemplate.get(REASONED));
  }

  @Test
  void shouldJournalNothingOfAFailureThatNobodyExplained() {
    assertEquals(FailureReason.NO_NUMBER, fail(null).reasonNumber);
    journal.flush();
    assertEquals(Map.of(), countByTemplate);
    assertThrows(IllegalArgumentException.class, () -> fail("x".repeat(217)));
  }

  @Test
  void shouldTellTheStageFromWhatWasMeasured() {
    assertEquals(FailureStage.SEND, stage(ended(RequestOutcome.RESET, 5, NEVER, NEVER), true));
    assertEquals(FailureStage.WAIT, stage(ended(RequestOutcome.RESET, 5, 6, NEVER), true));
    assertEquals(FailureStage.RECEIVE, stage(ended(RequestOutcome.RESET, 5, 6, 7), true));
    assertEquals(FailureStage.RECEIVE, stage(ended(RequestOutcome.RESET, 5, NEVER, 7), true));
    assertEquals(FailureStage.WAIT, stage(ended(RequestOutcome.RESET, 5, NEVER, NEVER), false));
    assertEquals(
        FailureStage.CONNECT,
        stage(ended(RequestOutcome.CONNECT_REFUSED, NEVER, NEVER, NEVER), true));
    assertNull(stage(ended(RequestOutcome.RESPONSE, 5, 6, 7), true));
    assertNull(stage(ended(RequestOutcome.INTERRUPTED, 5, 6, NEVER), true));
  }

  @Test
  void shouldAllowEveryStageThatItTells() {
    for (final RequestOutcome outcome : RequestOutcome.values()) {
      assertEquals(outcome.isFailure(), !outcome.stages().isEmpty(), outcome.key());
      for (final long handedNs : new long[] {NEVER, 6}) {
        for (final long firstByteNs : new long[] {NEVER, 7}) {
          final FailureStage stage = stage(ended(outcome, 5, handedNs, firstByteNs), true);
          assertEquals(
              outcome.isFailure(),
              stage != null && outcome.stages().contains(stage),
              outcome + " at " + stage);
        }
      }
    }
    Arrays.stream(FailureStage.values())
        .forEach(stage -> assertEquals(stage, FailureStage.of(stage.code())));
  }

  private static FailureStage stage(final Completion completion, final boolean isHandedKnown) {
    return FailureStages.of(completion, isHandedKnown);
  }

  private static Completion ended(
      final RequestOutcome outcome,
      final long sentNs,
      final long handedNs,
      final long firstByteNs) {
    final Completion completion = new Completion();
    completion.outcome = outcome;
    completion.sentNs = sentNs;
    completion.handedNs = handedNs;
    completion.firstByteNs = firstByteNs;
    return completion;
  }
}
