package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.LoadChange;
import io.lockstep.engine.core.machine.OperatorCommand;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * What an operator asks of a shard, until the shard's duty cycle takes it. The stronger of two
 * commands that end the run stays; changes of loads stay in their order.
 */
final class CommandInbox {
  /** Changes that can wait: a duty cycle takes one, so a person never fills it. */
  static final int MAX_CHANGES = 256;

  /** The threshold that a pending command is about. */
  private final AtomicInteger threshold = new AtomicInteger();

  private final AtomicReference<OperatorCommand> pending = new AtomicReference<>();
  private final ManyToOneConcurrentArrayQueue<LoadChange> changes =
      new ManyToOneConcurrentArrayQueue<>(MAX_CHANGES);

  /** Any thread; a command that ends the run. */
  void put(final OperatorCommand command) {
    pending.accumulateAndGet(
        command,
        (current, added) -> current == null || current == OperatorCommand.STOP ? added : current);
  }

  /** Any thread: all shards together found that a threshold ends the run. */
  void putThreshold(final int index) {
    threshold.set(index);
    put(OperatorCommand.THRESHOLD);
  }

  /** The shard's thread, where it took {@link OperatorCommand#THRESHOLD}. */
  int threshold() {
    return threshold.get();
  }

  /** Any thread; false if too many wait already. */
  boolean offer(final LoadChange change) {
    return changes.offer(change);
  }

  /** The shard's thread: whether anything waits. */
  boolean isPending() {
    return pending.getPlain() != null || !changes.isEmpty();
  }

  /** The shard's thread; {@code null} if there is none. */
  OperatorCommand take() {
    return pending.getPlain() == null ? null : pending.getAndSet(null);
  }

  /** The shard's thread; {@code null} if there is none. */
  LoadChange takeChange() {
    return changes.poll();
  }
}
