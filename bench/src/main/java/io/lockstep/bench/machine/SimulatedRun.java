package io.lockstep.bench.machine;

import com.sun.management.ThreadMXBean;
import io.lockstep.engine.core.agent.RunContext;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunResult;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.transport.sim.SimulatedTransport;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.queue.JournalStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.scenario.plan.Plan;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * One simulated run as a user gets it: the engine's own runner, one shard, one thread, the journal
 * on disk and written by that same thread. The thread reports its own time and allocation, so what
 * is set up before it starts counts as neither.
 */
final class SimulatedRun {
  static final String RUN_ID = "bench";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Runner runner;
  private final InlineBlockSink journal;
  private long engineNs;
  private long cpuNs;
  private long allocatedBytes;

  /** Sets it up; the journal goes to {@code directory}. */
  SimulatedRun(final Plan plan, final Path directory) {
    this(plan, directory, Surroundings.NONE);
  }

  /** The same of a plan that needs something besides. */
  SimulatedRun(final Plan plan, final Path directory, final Surroundings around) {
    journal = new InlineBlockSink(RUN_ID, 0, JournalStore.create(directory));
    runner =
        new Runner(
            new RunContext(
                plan,
                TransportKind.SIMULATED,
                new RunOptions(1, RunOptions.Threading.SHARED, RunOptions.Idle.SPIN, List.of(), 0),
                this::thread,
                (shard, clock) -> new SimulatedTransport(plan, shard, 1),
                shard -> ShardJournal.inline(journal),
                around));
  }

  /** Runs to the end and closes the journal. Once only. */
  Outcome run() {
    final RunResult result = runner.run();
    final long closingNs = System.nanoTime();
    journal.close();
    final long closedNs = System.nanoTime() - closingNs;
    return new Outcome(
        result.events(),
        result.eventBytes(),
        engineNs + closedNs,
        cpuNs + closedNs,
        allocatedBytes,
        result.digest().hex(),
        journal.seal());
  }

  private Thread thread(final Runnable agent) {
    return new Thread(() -> measure(agent), "bench-engine");
  }

  private void measure(final Runnable agent) {
    final long bytes = THREADS.getCurrentThreadAllocatedBytes();
    final long startCpuNs = THREADS.getCurrentThreadCpuTime();
    final long startNs = System.nanoTime();
    agent.run();
    engineNs = System.nanoTime() - startNs;
    cpuNs = THREADS.getCurrentThreadCpuTime() - startCpuNs;
    allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
  }

  /**
   * What it came to.
   *
   * @param events in the journal
   * @param eventBytes of them
   * @param nanos from the start of the engine's thread to the closed journal
   * @param cpuNanos of the engine's thread, and the time to close the journal
   * @param allocatedBytes by the engine's thread
   * @param generation digest
   * @param seal of the journal
   */
  record Outcome(
      long events,
      long eventBytes,
      long nanos,
      long cpuNanos,
      long allocatedBytes,
      String generation,
      ShardSeal seal) {
    double eventsPerSecond() {
      return events * 1e9 / nanos;
    }

    /** What a core of its own would give, on a machine that has other things to do as well. */
    double eventsPerCpuSecond() {
      return events * 1e9 / cpuNanos;
    }

    double nanosPerEvent() {
      return (double) nanos / events;
    }

    double journalMegabytesPerSecond() {
      return seal.bytes() * 1e3 / nanos;
    }

    double allocatedPerEvent() {
      return (double) allocatedBytes / events;
    }
  }
}
