package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.LoadChange;
import io.lockstep.engine.core.machine.OperatorCommand;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * What an operator asks of a shard, until the shard's duty cycle takes it. The stronger of two
 * commands that end the run stays; changes of loads stay in their order.
 */
final class CommandInbox {
  /** Changes that can wait: a duty cycle takes one, so a person never fills it. */
  static final int MAX_CHANGES = 256;

  private final AtomicReference<OperatorCommand> pending = new AtomicReference<>();
  private final ManyToOneConcurrentArrayQueue<LoadChange> changes =
      new ManyToOneConcurrentArrayQueue<>(MAX_CHANGES);

  /** Any thread; a command that ends the run. */
  void put(final OperatorCommand command) {
    pending.accumulateAndGet(
        command,
        (current, added) -> current == null || current == OperatorCommand.STOP ? added : current);
  }

  /** Any thread; false if too many wait already. */
  boolean offer(final LoadChange change) {
    return changes.offer(change);
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
