package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.GivenValue;
import io.lockstep.engine.core.machine.LoadChange;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Clock;
import io.lockstep.journal.block.JournalException;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Runs a plan to its end: makes the shards and their threads, starts the clock, waits. The one
 * place of the engine that knows threads and real time.
 */
public final class Runner {
  /** Value of {@link LiveMetrics#totalNs()} where iterations decide when a run ends. */
  public static final long UNKNOWN = -1;

  private static final double PERCENTILE = 99;

  /** Highest rate that can be set: that of the language. */
  private static final long MAX_RATE = 1_000_000_000L;

  private final RunContext context;
  private final RunClock clock = new RunClock();
  private final List<Shard> shards = new ArrayList<>();
  private final StartGate gate;
  private final ThresholdWatch watch;
  private final Histogram service = new Histogram(1, 3_600_000_000_000L, 2);
  private final Histogram response = new Histogram(1, 3_600_000_000_000L, 2);
  private final long totalNs;
  private final long totalIterations;

  /** Makes machines and transports, but starts nothing. If one fails, the others are closed. */
  public Runner(final RunContext context) {
    this.context = context;
    try {
      for (int i = 0; i < context.options().shards(); i++) {
        shards.add(Shard.create(context, i, clock));
      }
    } catch (final RuntimeException | Error e) {
      end(e);
      throw e;
    }
    watch = new ThresholdWatch(context.plan(), shards.size());
    for (int i = 0; i < shards.size(); i++) {
      final int shard = i;
      shards.get(i).agent().whenSliced(() -> judge(shard));
      if (shards.get(i).agent() instanceof SimulationAgent simulation) {
        simulation.waitWhile(() -> watch.isFarAhead(shard));
      }
    }
    if (SteppedSimulation.isFor(context)) {
      SteppedSimulation.drive(shards, context.threads());
    }
    shards.forEach(shard -> shard.agent().onTestStopped(() -> stopOthers(shard)));
    gate =
        new StartGate(
            shards.stream().mapToInt(Shard::meeting).sum(),
            context.setup().goesAhead(),
            System::nanoTime,
            this::begin);
    if (!context.kind().isVirtual()) { // one thread may drive several shards in virtual time
      shards.forEach(shard -> shard.startsAt(gate));
    }
    totalNs = totalNs(context);
    totalIterations = totalIterations(context);
  }

  /**
   * Runs to the end and returns what came of it. Once only.
   *
   * @throws JournalException if the journal could not be written; all threads have ended by then
   *     and what was journaled stays readable.
   * @throws IllegalStateException if a thread failed otherwise: a bug.
   * @throws OutOfMemoryError if the system gives no more threads; those that ran have ended.
   */
  public RunResult run() {
    if (context.kind().isVirtual()) {
      gate.open();
    }
    try {
      shards.forEach(shard -> shard.start(this::abort)); // one failure ends all shards at once
    } catch (final RuntimeException | Error e) {
      gate.open();
      end(e);
      throw e;
    }
    shards.forEach(Shard::join);
    final long wallNs = clock.nanoTime();
    shards.forEach(Runner::throwFailure);
    return result(wallNs);
  }

  /** Takes what all is measured against, then starts the clock: none of that is in any figure. */
  private void begin() {
    try {
      context.around().startNs(); // which is this moment
      shards.forEach(Shard::begin);
    } finally {
      clock.start();
    }
  }

  /** What the first VU remembers by name, by index, after the end: what a setup leaves. */
  public List<GivenValue> values() {
    return shards.get(0).agent().machine.values();
  }

  /** Asks for a graceful stop; returns at once; any thread. Idempotent. */
  public void stop() {
    shards.forEach(shard -> shard.agent().commands.put(OperatorCommand.STOP));
    gate.open();
  }

  /** A flow in one shard has asked for the end of the test, which that shard sees to by itself. */
  private void stopOthers(final Shard asking) {
    shards.stream()
        .filter(shard -> shard != asking)
        .forEach(shard -> shard.agent().commands.put(OperatorCommand.STOP));
  }

  /** Ends all at once; any thread. Idempotent. */
  public void abort() {
    shards.forEach(shard -> shard.agent().commands.put(OperatorCommand.ABORT));
    gate.open();
  }

  private void judge(final int shard) {
    final int ending = watch.take(shard, shards.get(shard).agent().metrics());
    if (ending != MetricsTracker.NO_THRESHOLD) {
      shards.forEach(other -> other.agent().commands.putThreshold(ending));
    }
  }

  /**
   * Asks for a change of an externally controlled load; returns at once; any thread. A rate is that
   * of all shards, a number of VUs too. Each shard admits it as an input of its own.
   *
   * @return false if too many changes wait already: ask again later.
   * @throws IllegalArgumentException if the plan's scenario cannot be changed so.
   */
  public boolean change(final LoadChange change) {
    check(change);
    boolean taken = true;
    for (final Shard shard : shards) {
      taken &= shard.agent().commands.offer(change);
    }
    return taken;
  }

  /**
   * Whether {@link #change} would take a change; any thread.
   *
   * @throws IllegalArgumentException if the plan's scenario cannot be changed so.
   */
  public void check(final LoadChange change) {
    final List<ScenarioPlan> scenarios = context.plan().scenarios();
    if (change.scenario() >= scenarios.size()
        || !(scenarios.get(change.scenario()).load() instanceof Load.Controlled load)) {
      throw new IllegalArgumentException(
          "scenario " + change.scenario() + " of the plan is not externally controlled");
    }
    final ScenarioPlan scenario = scenarios.get(change.scenario());
    final boolean rate = change.command() == OperatorCommand.SET_RATE;
    if (rate && !load.isOpen()) {
      throw new IllegalArgumentException(
          "scenario " + scenario.name() + " has no rate: its VUs start their own iterations");
    }
    final long most = rate ? MAX_RATE : scenario.vus();
    if (change.value() > most) {
      throw new IllegalArgumentException(
          (rate ? "the rate of scenario " : "the VUs of scenario ")
              + scenario.name()
              + " can be "
              + most
              + " at most, not "
              + change.value());
    }
  }

  /** A reading for people; one thread at a time. */
  public LiveMetrics live() {
    service.reset();
    response.reset();
    long elapsedNs = context.kind().isVirtual() ? Long.MAX_VALUE : clock.nanoTime();
    long active = 0;
    long issued = 0;
    long responses = 0;
    long errors = 0;
    long dropped = 0;
    long iterations = 0;
    for (final Shard shard : shards) {
      final LiveTracker live = shard.agent().live;
      if (context.kind().isVirtual()) {
        elapsedNs = Math.min(elapsedNs, live.elapsedNs());
      }
      active += live.active();
      issued += live.issued();
      responses += live.responses();
      errors += live.errors();
      dropped += live.dropped();
      iterations += live.iterations();
      live.drainServiceTo(service);
      live.drainResponseTo(response);
    }
    return new LiveMetrics(
        elapsedNs,
        totalNs,
        progress(elapsedNs, iterations),
        active,
        issued,
        responses,
        errors,
        dropped,
        service.getTotalCount() == 0 ? -1 : service.getValueAtPercentile(PERCENTILE),
        response.getTotalCount() == 0 ? -1 : response.getValueAtPercentile(PERCENTILE),
        capacity());
  }

  /** A search has one shard, which alone sees all. */
  private LiveCapacity capacity() {
    final CapacityStep step = shards.get(0).agent().live.capacityStep();
    if (step == null) {
      return null;
    }
    final ScenarioPlan scenario = context.plan().scenarios().get(step.scenario());
    final long periodNs = ((Load.Capacity) scenario.load()).periodNs();
    return new LiveCapacity(scenario.name(), step.rate(), periodNs, step.verdict());
  }

  private double progress(final long elapsedNs, final long iterations) {
    final double byTime = totalNs == UNKNOWN ? 0 : (double) elapsedNs / totalNs;
    final double byWork = totalIterations == UNKNOWN ? 0 : (double) iterations / totalIterations;
    return Math.min(1, Math.max(byTime, byWork));
  }

  /** Ends what was made and started before something failed. */
  private void end(final Throwable cause) {
    shards.forEach(Shard::end);
    for (final Shard shard : shards) {
      shard.join();
      if (shard.failure() != null && shard.failure() != cause) {
        cause.addSuppressed(shard.failure());
      }
    }
  }

  private RunResult result(final long wallNs) {
    final MetricsTracker metrics = watch.merged();
    GenerationDigest digest = GenerationDigest.EMPTY;
    RunOutcome outcome = RunOutcome.COMPLETED;
    long events = 0;
    long eventBytes = 0;
    for (final Shard shard : shards) {
      metrics.add(shard.agent().metrics());
      digest = digest.plus(shard.agent().generationDigest());
      events += shard.events();
      eventBytes += shard.eventBytes();
      outcome = outcome.and(shard.agent().machine.outcome());
    }
    return new RunResult(outcome, digest, metrics, events, eventBytes, wallNs);
  }

  private static void throwFailure(final Shard shard) {
    final Throwable failure = shard.failure();
    if (failure instanceof JournalException journal) {
      throw journal;
    }
    if (failure != null) {
      throw new IllegalStateException("a shard failed: " + failure.getMessage(), failure);
    }
  }

  /** Until the last schedule ends, without the graceful stop. */
  private static long totalNs(final RunContext context) {
    long ticks = 0;
    for (final ScenarioPlan scenario : context.plan().scenarios()) {
      final long duration = scenario.load().durationTicks();
      if (duration == Load.UNLIMITED) {
        return UNKNOWN;
      }
      ticks = Math.max(ticks, scenario.timing().startTicks() + duration);
    }
    return ticks * context.plan().tickNs();
  }

  private static long totalIterations(final RunContext context) {
    long sum = 0;
    for (final ScenarioPlan scenario : context.plan().scenarios()) {
      if (scenario.load() instanceof Load.SharedIterations shared) {
        sum += shared.iterations();
      } else if (scenario.load() instanceof Load.Closed closed
          && closed.iterations() != Load.UNLIMITED) {
        sum += closed.iterations() * scenario.vus();
      } else {
        return UNKNOWN;
      }
    }
    return sum;
  }

  /** Real time since the start, zero before it. */
  private static final class RunClock implements Clock {
    private static final long NOT_STARTED = Long.MIN_VALUE;

    private volatile long originNs = NOT_STARTED;

    void start() {
      originNs = System.nanoTime();
    }

    @Override
    public long nanoTime() {
      final long fromNs = originNs;
      return fromNs == NOT_STARTED ? 0 : System.nanoTime() - fromNs;
    }
  }
}
