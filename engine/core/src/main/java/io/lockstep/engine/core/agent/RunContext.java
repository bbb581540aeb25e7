package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.BlockSink;
import io.lockstep.scenario.plan.Plan;
import java.util.function.IntFunction;

/**
 * All that a run needs.
 *
 * @param plan what to run
 * @param kind what carries the requests; decides whether time is real or virtual
 * @param options threads and cores
 * @param transports makes the transport of a shard
 * @param journals gives the journal of a shard; the caller closes them after the run
 */
public record RunContext(
    Plan plan,
    TransportKind kind,
    RunOptions options,
    TransportFactory transports,
    IntFunction<BlockSink> journals) {
  /** Makes the transport of a shard. */
  @FunctionalInterface
  public interface TransportFactory {
    /** {@code clock} is the run's; called on the thread that starts the run, used on the shard's thread. */
    Transport create(int shard, Clock clock);
  }
}
