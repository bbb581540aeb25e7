package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.metric.ThreadUse.Role;
import io.lockstep.engine.core.port.HostProbe;
import io.lockstep.engine.core.port.HostProbe.ThreadCounts;
import io.lockstep.engine.core.port.HostProbe.ThreadProbe;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * One thread that runs one agent until it is done, is told to end, or fails. Unlike Agrona's runner
 * it ends at the first failure: a machine that has thrown is in no state to go on.
 */
final class AgentThread implements Runnable {
  /** No pinning. */
  static final int ANY_CPU = -1;

  private final Agent agent;
  private final IdleStrategy idle;
  private final int cpu;
  private final BooleanSupplier done;
  private final HostProbe host;
  private final Thread thread;
  private volatile ThreadProbe probe = () -> ThreadCounts.UNKNOWN;
  private volatile boolean ending;
  private volatile Throwable failure;
  private Runnable onFailure;

  /** What it had used when the run's clock started. */
  private long cpuBeforeNs;

  private ThreadCounts before = ThreadCounts.UNKNOWN;

  /** A thread of whose waits nobody asks. */
  AgentThread(
      final Agent agent,
      final IdleStrategy idle,
      final int cpu,
      final BooleanSupplier done,
      final ThreadFactory threads) {
    this(agent, idle, cpu, done, threads, HostProbe.NONE);
  }

  AgentThread(
      final Agent agent,
      final IdleStrategy idle,
      final int cpu,
      final BooleanSupplier done,
      final ThreadFactory threads,
      final HostProbe host) {
    this.host = host;
    this.agent = agent;
    this.idle = idle;
    this.cpu = cpu;
    this.done = done;
    thread = threads.newThread(this);
    thread.setName(agent.roleName());
    thread.setDaemon(true);
  }

  /**
   * Starts the thread.
   *
   * @param failed called on the thread itself as its last act, if the agent failed
   */
  void start(final Runnable failed) {
    onFailure = failed;
    thread.start();
  }

  /** Ends the agent after its present cycle. */
  void end() {
    ending = true;
  }

  /** Waits for the thread's end. Where it never started, closes the agent here instead. */
  void join() {
    if (thread.getState() == Thread.State.NEW) {
      close();
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (final InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /** What it uses is counted from here on; any thread. */
  void begin() {
    cpuBeforeNs = cpuOfThreadNs();
    before = probe.read();
  }

  /** CPU that the thread has used since the begin, 0 unless it runs. */
  long cpuNs() {
    return Math.max(0, cpuOfThreadNs() - cpuBeforeNs);
  }

  private long cpuOfThreadNs() {
    return Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()));
  }

  /** What the thread has used since the begin; for as long as it runs. */
  ThreadUse use(final int shard, final Role role, final long wallNs) {
    final ThreadCounts counts = probe.read().since(before);
    return new ThreadUse(
        shard, role, wallNs, cpuNs(), counts.waitNs(), counts.slices(), counts.preemptions());
  }

  /** What ended the agent before its time; {@code null} if nothing did. */
  Throwable failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      if (cpu != ANY_CPU) {
        Pinning.pin(cpu);
      }
      probe = host.currentThread();
      agent.onStart();
      while (!ending && !done.getAsBoolean()) {
        idle.idle(agent.doWork());
      }
    } catch (final Throwable e) {
      failure = e;
    } finally {
      close();
    }
    if (failure != null) {
      onFailure.run();
    }
  }

  private void close() {
    try {
      agent.onClose();
    } catch (final RuntimeException | Error e) {
      if (failure == null) {
        failure = e;
      } else if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }
}
