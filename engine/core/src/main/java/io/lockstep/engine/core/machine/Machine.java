package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.scenario.plan.Plan;

/** One shard (contract stub). */
public final class Machine implements Transport.CompletionHandler {
  /** All VUs of the plan with {@code vu % shards == shard} live here. */
  public Machine(
      final Plan plan,
      final int shard,
      final int shards,
      final TransportKind kind,
      final Transport transport,
      final BlockWriter journal) {
    throw new UnsupportedOperationException();
  }

  /** Tick 0: the run-started event and the spawning of all VUs. The open tick becomes 1. */
  public void start() {}

  /** Earliest tick with a timer, an arrival or a control deadline; {@link Transport#NULL_TICK} if none. */
  public long nextTick() {
    return 0;
  }

  /** The tick that inputs are admitted to. */
  public long openTick() {
    return 0;
  }

  /** Fires all that is due in ticks up to and including this one, in order; the open tick becomes the one after it. */
  public int advance(final long throughTick) {
    return 0;
  }

  /** An input, admitted to the open tick. */
  @Override
  public void onCompletion(final Completion completion) {}

  /** An input, admitted to the open tick. */
  public void onCommand(final OperatorCommand command, final long atNs) {}

  /** An input, admitted to the open tick: the last one of a run, given once {@link #isComplete()}. */
  public void onResources(final Resources resources) {}

  /** Whether every VU is complete. */
  public boolean isComplete() {
    return false;
  }

  /** The run-ended event. */
  public void conclude() {}

  public MetricsTracker metrics() {
    throw new UnsupportedOperationException();
  }

  public GenerationDigest generationDigest() {
    throw new UnsupportedOperationException();
  }
}
