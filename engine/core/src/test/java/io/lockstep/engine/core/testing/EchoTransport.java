package io.lockstep.engine.core.testing;

import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.RequestOutcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A live transport in memory: answers each request after so many polls. Allocates nothing after
 * construction.
 */
public final class EchoTransport implements Transport {
  private final Clock clock;
  private final int shards;
  private final int polls;

  /** By local VU; 0 where no request is under way. */
  private final int[] seqByVu;

  private final long[] sentNs;
  private final long[] duePoll;
  private final int[] ring;
  private final Completion completion = new Completion();
  private Content content;
  private int head;
  private int tail;
  private long poll;

  /** Answers {@code polls} polls after the send. */
  public EchoTransport(final int vus, final int shards, final int polls, final Clock clock) {
    this.clock = clock;
    this.shards = shards;
    this.polls = polls;
    final int slots = vus / shards + 1;
    seqByVu = new int[slots];
    sentNs = new long[slots];
    duePoll = new long[slots];
    ring = new int[Integer.highestOneBit(slots) * 4];
  }

  /** Answers with a content. */
  public EchoTransport with(final byte[] fields, final byte[] body) {
    content = new Content();
    content.wrap(Content.HEAD | Content.BODY, body.length);
    content.head(new UnsafeBuffer(fields), 0, fields.length);
    content.body(new UnsafeBuffer(body), 0, body.length);
    return this;
  }

  @Override
  public void send(
      final int vu,
      final int request,
      final int requestSeq,
      final long streamKey,
      final long tick,
      final long intendedNs,
      final RenderedRequest rendered) {
    final int slot = vu / shards;
    seqByVu[slot] = requestSeq;
    sentNs[slot] = clock.nanoTime();
    duePoll[slot] = poll + polls;
    ring[tail++ & ring.length - 1] = vu;
  }

  @Override
  public void cancel(final int vu, final int requestSeq) {
    seqByVu[vu / shards] = 0;
  }

  @Override
  public int poll(final long tick, final CompletionHandler handler, final int limit) {
    poll++;
    int count = 0;
    while (count < limit && head != tail) {
      final int vu = ring[head & ring.length - 1];
      final int slot = vu / shards;
      if (seqByVu[slot] != 0 && duePoll[slot] > poll) {
        return count;
      }
      head++;
      if (seqByVu[slot] != 0) {
        complete(vu, slot);
        handler.onCompletion(completion);
        count++;
      }
    }
    return count;
  }

  @Override
  public long nextTick() {
    return NULL_TICK;
  }

  @Override
  public void close() {
    // Holds memory only.
  }

  private void complete(final int vu, final int slot) {
    completion.vu = vu;
    completion.requestSeq = seqByVu[slot];
    completion.outcome = RequestOutcome.RESPONSE;
    completion.status = 200;
    completion.sentNs = sentNs[slot];
    completion.firstByteNs = clock.nanoTime();
    completion.lastByteNs = completion.firstByteNs;
    completion.bytesSent = 10;
    completion.bytesReceived = 20;
    if (content != null) {
      completion.content.wrap(content.flags(), content.bodyLength());
      completion.content.head(content.head(), 0, content.headLength());
      completion.content.body(content.body(), 0, content.keptLength());
    }
    seqByVu[slot] = 0;
  }
}
