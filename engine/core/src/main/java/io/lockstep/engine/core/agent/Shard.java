package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.metric.ThreadUse.Role;
import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** A shard put together: its machine, its transport, its journal, and the threads that run them. */
final class Shard {
  private static final int THREADS = 3;
  private static final int ENGINE = 0;
  private static final int TRANSPORT = 1;
  private static final int JOURNAL = 2;
  private static final long BACKOFF_SPINS = 100;
  private static final long BACKOFF_YIELDS = 10;
  private static final long BACKOFF_MIN_NS = 1_000;

  private final RunContext context;
  private final int index;
  private final BlockWriter writer;
  private final ShardAgent agent;

  /** {@code null} in simulation. */
  private ResourceSampler resources;

  /** {@code null} where the engine's thread is the transport's too. */
  private TransportAgent transportAgent;

  private AgentThread engine;

  /** Whether {@link #engine} is started with this shard, not with another that shares it. */
  private boolean leads = true;

  private final List<AgentThread> others = new ArrayList<>();

  private Shard(
      final RunContext context,
      final int index,
      final Clock clock,
      final ShardJournal journal,
      final Transport transport) {
    this.context = context;
    this.index = index;
    writer = new BlockWriter(journal.journal(), journal.journal().first());
    final boolean simulated = context.kind() == TransportKind.SIMULATED;
    if (simulated) {
      final Machine machine = machine(transport);
      agent =
          new SimulationAgent(
              "engine-" + index, machine, transport, writer, context.plan().tickNs());
    } else if (context.options().threading() == Threading.SHARED) {
      final boolean waits = context.options().idle() == Idle.BACKOFF;
      resources = sampler(journal, transport, () -> 0);
      agent = live(transport, clock, waits);
    } else {
      final AgentThread[] thread = new AgentThread[1];
      final TransportQueue queue =
          new TransportQueue(
                  maxContentBytes(context.plan()),
                  idle(),
                  clock::nanoTime,
                  () -> !thread[0].isAlive())
              .counting(transport.connections(), transport.lookups());
      transportAgent = new TransportAgent("transport-" + index, transport, queue);
      thread[0] = thread(transportAgent, TRANSPORT);
      others.add(thread[0]);
      resources = sampler(journal, transport, queue::stallNs);
      agent = live(queue, clock, false);
    }
    agent.after(context.setup());
    if (journal.agent() != null) {
      others.add(thread(journal.agent(), JOURNAL));
    }
    engine =
        new AgentThread(
            agent, engineIdle(), cpu(ENGINE), agent::isDone, context.threads(), context.host());
  }

  /** Puts a shard together; starts nothing, and leaves nothing open if it fails. */
  static Shard create(final RunContext context, final int index, final Clock clock) {
    final ShardJournal journal = context.journals().apply(index);
    final Transport transport = context.transports().create(index, clock);
    try {
      return new Shard(context, index, clock, journal, transport);
    } catch (final RuntimeException | Error e) {
      try {
        transport.close();
      } catch (final RuntimeException | Error problem) {
        e.addSuppressed(problem);
      }
      throw e;
    }
  }

  /**
   * Starts all threads.
   *
   * @param failed called when one of them fails, on that thread
   */
  void start(final Runnable failed) {
    others.forEach(other -> other.start(failed));
    if (leads) {
      engine.start(failed);
    }
  }

  /** What its threads use is counted from here on. */
  void begin() {
    if (resources != null) {
      engine.begin();
      others.forEach(AgentThread::begin);
      resources.begin();
    }
  }

  /** Another thread drives this shard, and others too; before a start. */
  void driveBy(final AgentThread newEngine, final boolean newLeads) {
    engine = newEngine;
    leads = newLeads;
  }

  /** How many of its threads meet at a gate. */
  int meeting() {
    return transportAgent == null ? 1 : 2;
  }

  /** Lets its threads meet there, once they start. */
  void startsAt(final StartGate gate) {
    agent.startsAt(gate);
    if (transportAgent != null) {
      transportAgent.startsAt(gate);
    }
  }

  /** Ends the engine after its present cycle, whatever is still to do. */
  void end() {
    engine.end();
  }

  /**
   * Waits until the machine is done, ended or something has failed, then ends the other threads.
   * Agents whose threads never started are closed here.
   */
  void join() {
    engine.join();
    others.forEach(AgentThread::end);
    others.forEach(AgentThread::join);
  }

  ShardAgent agent() {
    return agent;
  }

  /**
   * What ended the shard before its time, {@code null} if nothing did. The engine fails too where
   * its transport or journal has, so theirs is the cause.
   */
  Throwable failure() {
    for (final AgentThread other : others) {
      if (other.failure() != null) {
        return other.failure();
      }
    }
    return engine.failure();
  }

  long events() {
    return writer.events();
  }

  long eventBytes() {
    return writer.bytes();
  }

  private static long maxContentBytes(final Plan plan) {
    return plan.capturesAny()
        ? (long) plan.connections().maxHeaderBytes() + plan.recording().maxBodyBytes()
        : 0;
  }

  private Machine machine(final Transport transport) {
    return new Machine(
        context.plan(),
        index,
        context.options().shards(),
        context.kind(),
        transport,
        writer,
        context.around());
  }

  private LiveAgent live(final Transport transport, final Clock clock, final boolean waits) {
    return new LiveAgent(
        "engine-" + index,
        machine(transport),
        transport,
        writer,
        context.plan().tickNs(),
        clock,
        context.options().flushIntervalNs(),
        resources,
        waits);
  }

  private ResourceSampler sampler(
      final ShardJournal journal, final Transport transport, final LongSupplier queueStallNs) {
    return new ResourceSampler(
            journal.journal()::stallNs,
            queueStallNs,
            () -> engine.cpuNs(),
            () -> others.stream().mapToLong(AgentThread::cpuNs).max().orElse(0))
        .watching(context.options(), context.host(), transport, this::threadUses);
  }

  private List<ThreadUse> threadUses(final long wallNs) {
    final List<ThreadUse> uses = new ArrayList<>();
    uses.add(engine.use(index, Role.ENGINE, wallNs));
    for (int i = 0; i < others.size(); i++) {
      final Role role = i == 0 ? Role.TRANSPORT : Role.JOURNAL;
      uses.add(others.get(i).use(index, role, wallNs));
    }
    return uses;
  }

  private AgentThread thread(final Agent worker, final int role) {
    return new AgentThread(
        worker, idle(), cpu(role), () -> false, context.threads(), context.host());
  }

  private int cpu(final int role) {
    final List<Integer> cpus = context.options().cpus();
    final int threads = context.options().threading() == Threading.SHARED ? 1 : THREADS;
    return cpus.isEmpty() ? AgentThread.ANY_CPU : cpus.get((index * threads + role) % cpus.size());
  }

  /** An engine that shares its thread with a live transport waits in that, not here. */
  private IdleStrategy engineIdle() {
    final boolean own = context.options().idle() == Idle.BACKOFF && others.isEmpty();
    return own ? new BusySpinIdleStrategy() : idle();
  }

  private IdleStrategy idle() {
    final Idle idle = context.options().idle();
    switch (idle) {
      case SPIN:
        return new BusySpinIdleStrategy();
      case YIELD:
        return new YieldingIdleStrategy();
      case BACKOFF:
        return new BackoffIdleStrategy(
            BACKOFF_SPINS, BACKOFF_YIELDS, BACKOFF_MIN_NS, TimeUnit.MICROSECONDS.toNanos(100));
      default:
        throw new IllegalArgumentException("no strategy for " + idle);
    }
  }
}
