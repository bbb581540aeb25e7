package io.lockstep.replay.shard;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;

/**
 * Carries nothing: what came of each request is in the recording, and the replay hands it to the
 * machine itself, in the recorded order.
 */
final class ReplayTransport implements Transport {
  @Override
  public void send(
      final int vu,
      final int request,
      final int requestSeq,
      final long streamKey,
      final long tick,
      final long intendedNs,
      final RenderedRequest rendered) {
    // Its end is in the recording.
  }

  @Override
  public void cancel(final int vu, final int requestSeq) {
    // Nothing is under way.
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
    // Nothing is held.
  }
}
