package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.OperatorCommand;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What an operator asks of a shard, until the shard's duty cycle takes it. The stronger of two
 * commands stays.
 */
final class CommandInbox {
  private final AtomicReference<OperatorCommand> pending = new AtomicReference<>();

  /** Any thread. */
  void put(final OperatorCommand command) {
    pending.accumulateAndGet(
        command,
        (current, added) -> current == null || current == OperatorCommand.STOP ? added : current);
  }

  /** The shard's thread; {@code null} if there is none. */
  OperatorCommand take() {
    return pending.getPlain() == null ? null : pending.getAndSet(null);
  }
}
