package io.lockstep.journal;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockSink;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.event.IterationEndedDecoder;
import io.lockstep.journal.event.IterationEndedEncoder;
import io.lockstep.journal.event.MessageHeaderEncoder;
import io.lockstep.journal.event.RequestCompletedEncoder;
import io.lockstep.journal.event.RunEndedEncoder;
import io.lockstep.journal.event.VuTransitionEncoder;
import java.util.Random;

/** Writes random but repeatable events of several lengths. */
public final class EventStream {
  private final Random random;
  private final BlockWriter writer;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final IterationEndedEncoder iteration = new IterationEndedEncoder();
  private final RequestCompletedEncoder completed = new RequestCompletedEncoder();
  private final VuTransitionEncoder transition = new VuTransitionEncoder();
  private final RunEndedEncoder ended = new RunEndedEncoder();
  private long tick;

  public EventStream(final long seed, final BlockSink sink, final Block first) {
    random = new Random(seed);
    writer = new BlockWriter(sink, first);
  }

  public BlockWriter writer() {
    return writer;
  }

  /** Writes {@code count} events and passes them on in blocks, some of them not full. */
  public EventStream events(final int count) {
    for (int i = 0; i < count; i++) {
      one();
      if (random.nextInt(200) == 0) {
        writer.flush();
      }
    }
    writer.flush();
    return this;
  }

  /** One event of 48 bytes, as the speed of the journal is measured with. */
  public void fortyEight() {
    final int offset =
        claim(48, IterationEndedEncoder.BLOCK_LENGTH, IterationEndedEncoder.TEMPLATE_ID);
    iteration.wrap(writer.buffer(), offset);
    iteration.vu((int) tick).tick(tick).sequence(1).phase((short) 2);
    iteration.outcome((short) 1).scenario(0).iteration(tick).startedNs(tick).endedNs(tick++);
  }

  /** The last event of a run. */
  public void end() {
    final int offset =
        claim(
            4 + RunEndedEncoder.BLOCK_LENGTH,
            RunEndedEncoder.BLOCK_LENGTH,
            RunEndedEncoder.TEMPLATE_ID);
    ended.wrap(writer.buffer(), offset);
    ended.vu(-1).tick(tick).sequence(0).phase((short) 3).outcome((short) 1).shard(0);
    ended
        .generationLow(random.nextLong())
        .generationHigh(random.nextLong())
        .iterations(tick)
        .endedNs(tick);
    writer.flush();
  }

  private void one() {
    tick += random.nextInt(3);
    switch (random.nextInt(3)) {
      case 0 -> fortyEight();
      case 1 -> {
        final int offset =
            claim(24, VuTransitionEncoder.BLOCK_LENGTH, VuTransitionEncoder.TEMPLATE_ID);
        transition.wrap(writer.buffer(), offset);
        transition.vu(random.nextInt(1000)).tick(tick).sequence(random.nextInt(9)).phase((short) 1);
        transition.fromState((short) 1).toState((short) 2).reserved((short) 0);
      }
      default -> {
        final int offset =
            claim(
                4 + RequestCompletedEncoder.BLOCK_LENGTH,
                RequestCompletedEncoder.BLOCK_LENGTH,
                RequestCompletedEncoder.TEMPLATE_ID);
        completed.wrap(writer.buffer(), offset);
        completed.vu(random.nextInt(1000)).tick(tick).sequence(random.nextInt(9)).phase((short) 1);
        completed.outcome((short) 1).status(200).requestSeq(random.nextInt()).connectNs(7);
        completed
            .sentNs(random.nextLong())
            .firstByteNs(random.nextLong())
            .lastByteNs(random.nextLong());
        completed.bytesSent(random.nextLong()).bytesReceived(random.nextLong()).handedNs(tick);
        completed.protocol((short) 2).resent((short) 0).reserved15(0).reserved16(0);
      }
    }
  }

  private int claim(final int length, final int blockLength, final int templateId) {
    final int offset = writer.claim(length);
    header.wrap(writer.buffer(), offset);
    header
        .blockLength((short) blockLength)
        .templateId((short) templateId)
        .schemaId(IterationEndedDecoder.SCHEMA_ID)
        .version(IterationEndedDecoder.SCHEMA_VERSION);
    return offset + MessageHeaderEncoder.ENCODED_LENGTH;
  }
}
