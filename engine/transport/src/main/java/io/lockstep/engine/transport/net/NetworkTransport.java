package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Plan;
import io.netty.channel.ManualIoEventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/1.1 over real connections, for one shard. There is no thread inside: the event loop runs
 * within {@link #poll}, on the thread that first sends or polls, which from then on must be the one
 * that makes every call, {@link #close} included. A {@code FastThreadLocalThread} allocates least.
 *
 * <p>What a run of the loop has completed is handed over after it, in the order in which it
 * happened; a handler may send and cancel. A request that fails since an idle connection was just
 * being closed is reported as failed, never sent again.
 */
public final class NetworkTransport implements Transport {
  private static final int MAX_CLOSING_RUNS = 10_000;

  private final SessionContext context;
  private final ConnectionPolicy policy;
  private final ManualIoEventLoop loop;
  private final Backend backend;
  private final int shards;
  private Thread owner;
  private boolean awaited;
  private boolean closed;

  private NetworkTransport(
      final SessionContext context,
      final ConnectionPolicy policy,
      final Backend backend,
      final int shards) {
    this.context = context;
    this.policy = policy;
    this.loop = context.loop();
    this.backend = backend;
    this.shards = shards;
    context.policy(policy);
  }

  /**
   * Makes the transport of a shard, on any thread; opens no connection yet.
   *
   * @param resolution of the target that requests go to, which is also named in their Host
   * @throws NetworkException if the backend is not available.
   */
  public static NetworkTransport create(
      final Plan plan,
      final int shard,
      final int shards,
      final Clock clock,
      final Backend backend,
      final Resolution resolution) {
    final Backend concrete = backend.concrete();
    FailureClassifier.prepare();
    final SessionContext context =
        new SessionContext(plan, shard, shards, clock, concrete, resolution);
    final int localVus = (plan.vus() - shard + shards - 1) / shards;
    final int pool = plan.connections().pool();
    final ConnectionPolicy policy =
        pool == Connections.PER_VU
            ? new OwnConnections(context, localVus)
            : new PooledConnections(context, localVus, shareOf(pool, shard, shards));
    return new NetworkTransport(context, policy, concrete, shards);
  }

  /** Connections of a shard: all shards' add up to the pool, or to one each where it is smaller. */
  static int shareOf(final int pool, final int shard, final int shards) {
    return Math.max(1, pool / shards + (shard < pool % shards ? 1 : 0));
  }

  /** What is in use: never {@link Backend#AUTO}. */
  public Backend backend() {
    return backend;
  }

  /** How often bytes came on an idle connection, which was then closed. */
  public long strayInputs() {
    return context.strayInputs();
  }

  @Override
  public void send(
      final int vu,
      final int request,
      final int requestSeq,
      final long streamKey,
      final long tick,
      final long intendedNs) {
    checkThread();
    policy.send(vu / shards, request, requestSeq);
  }

  @Override
  public void cancel(final int vu, final int requestSeq) {
    checkThread();
    policy.cancel(vu / shards, requestSeq);
  }

  @Override
  public int poll(final long tick, final CompletionHandler handler, final int limit) {
    checkThread();
    int work = 0;
    if (!awaited && context.completions.size() < limit) {
      work += loop.runNow();
    }
    awaited = false;
    work += policy.startWaiting();
    context.throwBug();
    return work + handOver(handler, limit);
  }

  /**
   * Waits for something to happen on a connection, in the system call that also brings it. Returns
   * at once where a poll has something to do. What happened is handed over by the next poll, which
   * needs no run of the loop of its own.
   */
  @Override
  public void await(final long maxNs) {
    checkThread();
    if (context.completions.size() == 0 && !policy.canStart() && maxNs > 0) {
      loop.run(maxNs);
      awaited = true;
    }
  }

  @Override
  public long nextTick() {
    return NULL_TICK;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    checkThread();
    closed = true;
    context.closeSessions();
    final Future<?> ended = loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    for (int run = 0; !ended.isDone(); run++) {
      if (run == MAX_CLOSING_RUNS) {
        throw new IllegalStateException("event loop did not end in " + run + " runs");
      }
      loop.runNow();
    }
    context.close();
  }

  private int handOver(final CompletionHandler handler, final int limit) {
    int handed = 0;
    while (handed < limit) {
      final Completion completion = context.completions.poll();
      if (completion == null) {
        break;
      }
      handler.onCompletion(completion);
      handed++;
    }
    return handed;
  }

  private void checkThread() {
    final Thread current = Thread.currentThread();
    if (owner == null) {
      owner = current;
      loop.setOwningThread(current);
    }
    if (owner != current || closed) {
      throw new IllegalStateException(
          "transport of "
              + owner.getName()
              + (closed ? ", closed," : "")
              + " called by "
              + current);
    }
  }
}
