package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.engine.core.port.ResponseTools;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.Plan;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;

/**
 * All that a run needs.
 *
 * @param plan what to run
 * @param kind what carries the requests; decides whether time is real or virtual
 * @param options threads and cores
 * @param threads makes the threads: a transport may want its own kind
 * @param transports makes the transport of a shard
 * @param journals gives the journal of a shard
 * @param feeders the rows of the plan's feeders, in their order
 * @param responses makes what responses are understood with
 */
public record RunContext(
    Plan plan,
    TransportKind kind,
    RunOptions options,
    ThreadFactory threads,
    TransportFactory transports,
    IntFunction<ShardJournal> journals,
    List<FeederSource> feeders,
    ResponseTools responses) {
  public RunContext {
    feeders = List.copyOf(feeders);
    if (feeders.size() != plan.feeders().size()) {
      throw new IllegalArgumentException(
          "the plan has " + plan.feeders().size() + " feeders, given are " + feeders.size());
    }
  }

  /** A run without data that does nothing with responses. */
  public RunContext(
      final Plan plan,
      final TransportKind kind,
      final RunOptions options,
      final ThreadFactory threads,
      final TransportFactory transports,
      final IntFunction<ShardJournal> journals) {
    this(
        plan, kind, options, threads, transports, journals, List.of(), ResponseTools.NONE);
  }

  /** Makes the transport of a shard. */
  @FunctionalInterface
  public interface TransportFactory {
    /**
     * Called on the thread that starts the run. Sends, polls and the close come from one other
     * thread; only a transport that no thread ever used is closed on the one that made it. {@code
     * clock} is the run's.
     */
    Transport create(int shard, Clock clock);
  }
}
