package io.lockstep.engine.core.testing;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.ArrayList;
import java.util.List;

/** A transport that does nothing by itself: the test looks at what was sent and answers it. */
public final class HandTransport implements Transport {
  /** Sent and not yet cancelled or taken by the test, in order. */
  public final List<Sent> sent = new ArrayList<>();

  /** Cancelled, in order. */
  public final List<Sent> cancelled = new ArrayList<>();

  private final Completion completion = new Completion();

  /** A request under way. */
  public record Sent(int vu, int request, int seq, long streamKey, long tick, long intendedNs) {}

  @Override
  public void send(
      final int vu,
      final int request,
      final int requestSeq,
      final long streamKey,
      final long tick,
      final long intendedNs,
      final RenderedRequest rendered) {
    sent.add(new Sent(vu, request, requestSeq, streamKey, tick, intendedNs));
  }

  @Override
  public void cancel(final int vu, final int requestSeq) {
    final Sent found =
        sent.stream().filter(s -> s.vu == vu && s.seq == requestSeq).findFirst().orElseThrow();
    sent.remove(found);
    cancelled.add(found);
  }

  /** The request of a VU. */
  public Sent of(final int vu) {
    return sent.stream().filter(s -> s.vu == vu).findFirst().orElseThrow();
  }

  /** Whether a VU has a request under way. */
  public boolean has(final int vu) {
    return sent.stream().anyMatch(s -> s.vu == vu);
  }

  /** A completion of a request that ends at a time; the request is not under way any more. */
  public Completion ended(final Sent request, final RequestOutcome outcome, final long atNs) {
    sent.remove(request);
    completion.vu = request.vu;
    completion.requestSeq = request.seq;
    completion.outcome = outcome;
    completion.status = outcome == RequestOutcome.RESPONSE ? 200 : 0;
    completion.connectNs = 0;
    completion.sentNs = request.intendedNs;
    completion.firstByteNs = outcome == RequestOutcome.RESPONSE ? atNs : Completion.NULL_TIME;
    completion.lastByteNs = atNs;
    completion.bytesSent = 10;
    completion.bytesReceived = 100;
    return completion;
  }

  @Override
  public int poll(final long tick, final CompletionHandler handler, final int limit) {
    return 0;
  }

  @Override
  public long nextTick() {
    return NULL_TICK;
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
