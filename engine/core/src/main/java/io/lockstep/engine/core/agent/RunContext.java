package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.HostProbe;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.Plan;
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
 * @param around what the machines have besides the plan
 * @param setup what came of the plan's setup, which has run before
 * @param host tells what the system counts, for the judgement of a live run
 */
public record RunContext(
    Plan plan,
    TransportKind kind,
    RunOptions options,
    ThreadFactory threads,
    TransportFactory transports,
    IntFunction<ShardJournal> journals,
    Surroundings around,
    SetupResult setup,
    HostProbe host) {
  public RunContext {
    if (around.feeders().size() != plan.feeders().size()) {
      throw new IllegalArgumentException(
          "the plan has "
              + plan.feeders().size()
              + " feeders, given are "
              + around.feeders().size());
    }
  }

  /** A run that no setup came before, of which nobody asks the system. */
  public RunContext(
      final Plan plan,
      final TransportKind kind,
      final RunOptions options,
      final ThreadFactory threads,
      final TransportFactory transports,
      final IntFunction<ShardJournal> journals,
      final Surroundings around) {
    this(
        plan,
        kind,
        options,
        threads,
        transports,
        journals,
        around,
        SetupResult.NONE,
        HostProbe.NONE);
  }

  /** A run without data, secrets and a time of its own. */
  public RunContext(
      final Plan plan,
      final TransportKind kind,
      final RunOptions options,
      final ThreadFactory threads,
      final TransportFactory transports,
      final IntFunction<ShardJournal> journals) {
    this(plan, kind, options, threads, transports, journals, Surroundings.NONE);
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
