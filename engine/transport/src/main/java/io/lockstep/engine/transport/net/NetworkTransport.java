package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ConnectionTally;
import io.lockstep.engine.core.port.NameLookups;
import io.lockstep.engine.core.port.Network;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.port.WaitTally;
import io.lockstep.engine.transport.body.BodyStore;
import io.lockstep.engine.transport.tls.TlsClient;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.engine.transport.tls.TlsException;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.channel.ManualIoEventLoop;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/1.1 and HTTP/2 over real connections, for one shard. There is no thread inside: the event
 * loop runs within {@link #poll}, on the thread that first sends or polls, which from then on must
 * be the one that makes every call, {@link #close} included. A {@code FastThreadLocalThread}
 * allocates least.
 *
 * <p>What a run of the loop has completed is handed over after it, in the order in which it
 * happened; a handler may send and cancel. Timeouts come after a run that has handled all that was
 * ready when they were due: an answer that lies in a socket wins, however late it is looked at. A
 * request that fails since an idle connection was just being closed is reported as failed, never
 * sent again.
 */
public final class NetworkTransport implements Transport {
  private static final int MAX_CLOSING_RUNS = 10_000;

  /** Longest wait for what happens to connections that are opened ahead. */
  private static final long PREPARE_NS = 200_000;

  private final SessionContext context;
  private final ConnectionPolicy policy;

  /** {@code null} where nothing is opened ahead. */
  private final AheadOpening ahead;

  private final ManualIoEventLoop loop;
  private final IdleGate gate;
  private final Backend backend;
  private final int shards;
  private Thread owner;
  private boolean awaited;
  private int fullRuns;
  private long fullSinceNs;
  private boolean closed;

  private NetworkTransport(
      final SessionContext context,
      final ConnectionPolicy policy,
      final AheadOpening ahead,
      final Backend backend,
      final int shards) {
    this.context = context;
    this.policy = policy;
    this.ahead = ahead;
    this.loop = context.loop();
    this.gate = new IdleGate(backend.idleGateNs());
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
    return create(plan, shard, shards, clock, backend, resolution, TlsCredentials.NONE, Map.of());
  }

  /**
   * The same with something to trust and to show, where the target wants TLS, and files to send.
   *
   * @param pathByDigest where the files lie that requests send, by their SHA-256
   * @throws NetworkException if the backend is not available, or TLS cannot be had so.
   */
  public static NetworkTransport create(
      final Plan plan,
      final int shard,
      final int shards,
      final Clock clock,
      final Backend backend,
      final Resolution resolution,
      final TlsCredentials credentials,
      final Map<String, Path> pathByDigest) {
    final Backend concrete = backend.concrete();
    FailureClassifier.prepare();
    final TlsClient tls =
        resolution.target().secure() ? secured(plan, resolution, credentials) : null;
    final int localLanes = Machine.localLanes(plan, shard, shards);
    final BodyStore bodies = BodyStore.open(plan, pathByDigest);
    final SessionContext context =
        new SessionContext(plan, shard, shards, localLanes, clock, concrete, resolution, bodies);
    context.tls(tls);
    final int pool = plan.connections().pool();
    final int capacity =
        plan.connections().isShared()
            ? shareOf(pool, shard, shards)
            : Machine.localVus(plan, shard, shards);
    final ConnectionPolicy policy =
        plan.connections().isShared()
            ? new PooledConnections(context, localLanes, capacity)
            : context.http2() != null && !context.isPerRequest()
                ? new OwnMultiplexed(context, Machine.laneOwners(plan, shard, shards))
                : new OwnConnections(context, localLanes);
    final int wanted = plan.connections().opening().ahead();
    final int ahead = Math.min(capacity, wanted / shards + (shard < wanted % shards ? 1 : 0));
    final AheadOpening opening =
        ahead == 0 ? null : new AheadOpening(plan, context, policy, ahead, shards);
    return new NetworkTransport(context, policy, opening, concrete, shards);
  }

  private static TlsClient secured(
      final Plan plan, final Resolution resolution, final TlsCredentials credentials) {
    try {
      return TlsClient.create(
          plan.tls(),
          resolution.target(),
          credentials,
          TlsClient.protocols(Http2Context.use(plan).version()));
    } catch (final TlsException e) {
      throw new NetworkException(e.getMessage(), e);
    }
  }

  /** Connections of a shard: all shards' add up to the pool, or to one each where it is smaller. */
  static int shareOf(final int pool, final int shard, final int shards) {
    return Math.max(1, pool / shards + (shard < pool % shards ? 1 : 0));
  }

  /** What is in use: never {@link Backend#AUTO}. */
  public Backend backend() {
    return backend;
  }

  @Override
  public Network network() {
    return Network.valueOf(backend.name());
  }

  @Override
  public ConnectionTally connections() {
    return context.tally;
  }

  @Override
  public void send(
      final int vu,
      final int request,
      final int requestSeq,
      final long streamKey,
      final long tick,
      final long intendedNs,
      final RenderedRequest rendered) {
    checkThread();
    final int local = vu / shards;
    if (context.timeouts().isUnderWay(local)) {
      throw context.busy(local, requestSeq);
    }
    stir();
    context.timeouts().onSend(local, request);
    if (rendered == null || context.rendered().add(local, rendered)) {
      policy.send(local, request, requestSeq);
    } else {
      context.completeUnsent(local, requestSeq, RequestOutcome.INVALID_REQUEST);
    }
  }

  @Override
  public void cancel(final int vu, final int requestSeq) {
    checkThread();
    stir();
    policy.cancel(vu / shards, requestSeq);
  }

  @Override
  public int poll(final long tick, final CompletionHandler handler, final int limit) {
    checkThread();
    final long nowNs = context.clock.nanoTime();
    final long lookedNs = context.lookedNs();
    if (nowNs - lookedNs > Timeouts.PAUSE_NS) {
      policy.onPause(lookedNs, nowNs);
      context.onPause(lookedNs, nowNs);
    }
    int work = context.flush();
    if (work == 0 && gate.isShut(nowNs)) {
      return 0;
    }
    if (!awaited && context.completions.size() < limit) {
      work += runAndExpire(nowNs);
    }
    context.looked(nowNs);
    awaited = false;
    work += context.pumps().turn();
    work += context.idle().retire(nowNs);
    work += policy.startWaiting();
    work += handOver(handler, limit);
    work += context.flush();
    context.throwBug();
    if (work == 0) {
      gate.shut(nowNs);
    }
    return work;
  }

  /**
   * Waits for something to happen on a connection, in the system call that also brings it. Returns
   * at once where a poll has something to do. What happened is handed over by the next poll, which
   * needs no run of the loop of its own.
   */
  @Override
  public boolean prepare(final long nowNs, final boolean enough) {
    checkThread();
    if (ahead == null) {
      return true;
    }
    if (enough) {
      ahead.giveUp();
      return true;
    }
    gate.open();
    loop.run(PREPARE_NS);
    context.flush();
    context.throwBug();
    return ahead.step(nowNs);
  }

  @Override
  public void await(final long maxNs) {
    checkThread();
    if (context.flush() == 0
        && context.completions.size() == 0
        && context.pumps().isIdle()
        && !policy.canStart()
        && maxNs > 0) {
      final long quietNs = Math.min(maxNs, context.timeouts().quietNs());
      if (quietNs > 0) {
        gate.open();
        loop.run(quietNs);
        awaited = true;
      }
    }
  }

  @Override
  public NameLookups lookups() {
    return context.lookups;
  }

  @Override
  public WaitTally waits() {
    return context.waits;
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

  /**
   * Runs the loop, then ends what was due before the run. After a run that was full more may be
   * ready than it handled, so nothing is ended yet; but after as many as all connections could fill
   * everything that was ready when the first began has had its turn.
   */
  private int runAndExpire(final long nowNs) {
    if (fullRuns == 0) {
      fullSinceNs = nowNs;
    }
    final int work = loop.runNow();
    long dueNs = nowNs;
    if (work >= backend.fullRun()) {
      fullRuns++;
      if (fullRuns <= context.openSessions() / backend.fullRun() + 1) {
        return work;
      }
      dueNs = fullSinceNs;
    }
    fullRuns = 0;
    return work + context.timeouts().expire(dueNs, policy);
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

  /** The next poll has something to bring out. */
  private void stir() {
    gate.open();
    awaited &= !backend.writesLater();
  }

  private void checkThread() {
    final Thread current = Thread.currentThread();
    if (owner == null) {
      owner = current;
      loop.setOwningThread(current);
      loop.runNow(); // a ring takes nothing before its first run
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
