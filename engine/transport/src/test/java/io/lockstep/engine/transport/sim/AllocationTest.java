package io.lockstep.engine.transport.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.lockstep.engine.core.agent.RunContext;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.agent.RunResult;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.testing.EchoTransport;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Simulation.ErrorRate;
import io.lockstep.scenario.plan.Stages;
import io.lockstep.scenario.plan.Timing;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The tick path allocates nothing: counted by the JVM, for the thread that runs the machine. */
final class AllocationTest {
  private static final long EVENTS = 1_000_000;

  /** What reading the count may leave on the thread; no event costs a byte. */
  private static final long TOLERANCE = 256;

  /**
   * How often is counted at most. A busy machine compiles late, and code that is not compiled yet
   * allocates what it would not afterwards; what an event really costs is there each time.
   */
  private static final int ATTEMPTS = 6;

  private static final String FLOW =
      """
      name: flow
      scenarios:
        all:
          load: {executor: constant-vus, vus: 500, duration: 24h}
          flow:
            - group: page
              steps:
                - request: {name: a, path: /}
                - parallel: {max: 3}
                  requests: [{name: b, path: /}, {name: c, path: /}, {name: d, path: /}, {name: e, path: /}]
            - choose: weighted
              options:
                - steps: [{repeat: 3, steps: [{request: {name: f, path: /}}, {think: 1ms}]}]
                - steps: [{during: 5ms, steps: [{request: {name: g, path: /}}]}]
            - retry: {times: 3, backoff: {initial: 1ms, jitter: full}}
              steps: [{request: {name: h, path: /}}]
            - rendezvous: {users: 5, timeout: 5ms}
            - choose: round-robin
              options: [{steps: [{stop: iteration}]}, {}]
            - pace: {distribution: normal, mean: 20ms, std_dev: 5ms}
      simulate: {latency: {distribution: exponential, mean: 1ms}, errors: {reset: 0.2}}
      """;

  private static final String LOGIC =
      """
      name: logic
      metrics: {sum: trend, asked: counter, well: rate, left: gauge}
      scenarios:
        s:
          load: {executor: constant-vus, vus: 100, duration: 8760h}
          flow:
            - set: {n: 'int(2, 5)', total: 0}
            - while: n > 0
              max: 5
              steps:
                - request: {name: a, path: "/${n}/${iteration}"}
                - set: {n: n - 1, total: total + status}
            - if: total == 400 && duration < 5
              then: [{request: {name: b, path: /}}]
              else: [{request: {name: c, path: /}}]
            - measure: {sum: total + 0.5, asked: 1, well: status == 200, left: n}
            - think: 1ms
      thresholds: {sum: ["p(95)<2000"], left: [{expression: "max<9", over: 10s}]}
      simulate: {latency: {distribution: exponential, mean: 1ms}, errors: {reset: 0.2}}
      """;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldAllocateNothingPerEventInSimulation() {
    final Plan plan = broad(Load.UNLIMITED, 10_000 * Plans.SECOND);
    final SimulatedTransport transport = new SimulatedTransport(plan, 0, 1);
    final BlockWriter writer = new BlockWriter(full -> full, new Block());
    final Machine machine = new Machine(plan, 0, 1, TransportKind.SIMULATED, transport, writer);
    machine.start();
    simulate(machine, transport, writer, EVENTS / 5);
    final long bytes = leastBytes(machine, transport, writer);
    assertTrue(machine.metrics().counts().errors() > 1000, "failures are part of it");
    assertTrue(machine.metrics().counts().droppedArrivals() > 1000, "and drops");
    assertTrue(bytes <= TOLERANCE, bytes + " bytes for " + EVENTS + " events");
  }

  /** Contents of simulated responses, hashed and looked up for each. */
  @Test
  void shouldAllocateNothingPerEventThatHasContents() {
    final Plan plan =
        Plans.recording(
            broad(Load.UNLIMITED, 10_000 * Plans.SECOND),
            new Recording(Recording.Bodies.ALL, 1000),
            List.of(new Header("A", "b")),
            "body".repeat(500));
    final SimulatedTransport transport = new SimulatedTransport(plan, 0, 1);
    final BlockWriter writer = new BlockWriter(full -> full, new Block());
    final Machine machine = new Machine(plan, 0, 1, TransportKind.SIMULATED, transport, writer);
    machine.start();
    simulate(machine, transport, writer, EVENTS / 5);
    final long bytes = leastBytes(machine, transport, writer);
    assertTrue(bytes <= TOLERANCE, bytes + " bytes for " + EVENTS + " events");
  }

  @Test
  void shouldAllocateNothingPerEventOfAFlow() throws ScenarioException {
    final Plan plan = ScenarioFile.parse("flow.yaml", FLOW);
    final SimulatedTransport transport = new SimulatedTransport(plan, 0, 1);
    final BlockWriter writer = new BlockWriter(full -> full, new Block());
    final Machine machine = new Machine(plan, 0, 1, TransportKind.SIMULATED, transport, writer);
    machine.start();
    simulate(machine, transport, writer, EVENTS / 5);
    final long bytes = leastBytes(machine, transport, writer);
    assertTrue(machine.metrics().counts().errors() > 1000, "retries are part of it");
    assertTrue(bytes <= TOLERANCE, bytes + " bytes for " + EVENTS + " events");
  }

  /** Conditions and numbers cost nothing; texts do. */
  @Test
  void shouldAllocateNothingPerEventOfConditionsOverNumbers() throws ScenarioException {
    final Plan plan = ScenarioFile.parse("logic.yaml", LOGIC);
    final SimulatedTransport transport = new SimulatedTransport(plan, 0, 1);
    final BlockWriter writer = new BlockWriter(full -> full, new Block());
    final Machine machine = new Machine(plan, 0, 1, TransportKind.SIMULATED, transport, writer);
    machine.start();
    simulate(machine, transport, writer, EVENTS / 5);
    final long bytes = leastBytes(machine, transport, writer);
    assertTrue(bytes <= TOLERANCE, bytes + " bytes for " + EVENTS + " events");
  }

  @Test
  void shouldAllocateNothingPerEventOfRampsAndThrottles() {
    final Stages vus = stages(500, 100, 300);
    final Stages rates = stages(20_000, 100, 3_000);
    final Load.ArrivalProcess poisson = Load.ArrivalProcess.POISSON;
    final Load.ArrivalProcess uniform = Load.ArrivalProcess.UNIFORM;
    final Plan plan =
        Plans.of(
            Group.of("vus", 500, new Load.RampingVus(10, vus, 20))
                .timing(new Timing(0, 0, 30, 20_000, 10)),
            Group.of("p", 200, new Load.RampingRate(1, 1_000_000_000, rates, poisson, 3)),
            Group.of("u", 200, new Load.RampingRate(1, 1_000_000_000, rates, uniform, 3)));
    final SimulatedTransport transport = new SimulatedTransport(plan, 0, 1);
    final BlockWriter writer = new BlockWriter(full -> full, new Block());
    final Machine machine = new Machine(plan, 0, 1, TransportKind.SIMULATED, transport, writer);
    machine.start();
    simulate(machine, transport, writer, EVENTS / 5);
    final long bytes = leastBytes(machine, transport, writer);
    assertTrue(machine.metrics().counts().interruptedIterations() > 100, "ramps go down");
    assertTrue(bytes <= TOLERANCE, bytes + " bytes for " + EVENTS + " events");
  }

  /** A saw of 200 teeth of two seconds. */
  private static Stages stages(final long high, final long low, final long upTicks) {
    final long[] ticks = new long[400];
    final long[] targets = new long[400];
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = i % 2 == 0 ? upTicks : 2 * Plans.SECOND - upTicks;
      targets[i] = i % 2 == 0 ? high : low;
    }
    return new Stages(LongArray.of(ticks), LongArray.of(targets));
  }

  /** Twice the iterations through the runner, digests included: the same bytes. */
  @Test
  void shouldAllocateNothingPerEventInTheRunnersThreads() {
    for (final TransportKind kind : TransportKind.values()) {
      final AtomicLong allocated = new AtomicLong();
      run(kind, 2000, allocated); // warms up
      long few = Long.MAX_VALUE;
      long many = Long.MAX_VALUE;
      long events = 0;
      for (int i = 0; i < ATTEMPTS && (events == 0 || many - few >= 16_384); i++) {
        final long ofFew = run(kind, 2000, allocated).events();
        few = Math.min(few, allocated.get());
        events = run(kind, 4000, allocated).events() - ofFew;
        many = Math.min(many, allocated.get());
      }
      assertTrue(events > EVENTS / 5, kind + ": " + events);
      assertTrue(
          many - few < 16_384, kind + ": " + (many - few) + " bytes for " + events + " events");
    }
  }

  /** Of the quietest of several million events. */
  private static long leastBytes(
      final Machine machine, final SimulatedTransport transport, final BlockWriter writer) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS && least > TOLERANCE; i++) {
      final long from = THREADS.getCurrentThreadAllocatedBytes();
      simulate(machine, transport, writer, writer.events() + EVENTS);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - from);
    }
    return least;
  }

  private static RunResult run(
      final TransportKind kind, final long iterations, final AtomicLong allocated) {
    final Plan plan =
        Plans.of(
            Group.iterations("a", 50, iterations)
                .asks(Ask.of("a").latency(new Distribution.Exponential(2_000_000)), Ask.of("b")));
    final RunOptions options = new RunOptions(1, Threading.SHARED, Idle.SPIN, List.of(), 5_000_000);
    final List<InlineBlockSink> sinks = new ArrayList<>();
    return new Runner(
            new RunContext(
                plan,
                kind,
                options,
                work ->
                    new Thread(
                        () -> {
                          work.run();
                          allocated.set(THREADS.getCurrentThreadAllocatedBytes());
                        }),
                (shard, clock) ->
                    kind == TransportKind.SIMULATED
                        ? new SimulatedTransport(plan, shard, 1)
                        : new EchoTransport(plan.vus(), 1, 1, clock),
                shard -> {
                  sinks.add(new InlineBlockSink("run", shard, new DiscardingStore()));
                  return ShardJournal.inline(sinks.get(0));
                }))
        .run();
  }

  private static Plan broad(final long iterations, final long ticks) {
    return Plans.of(
        new Group(
            "closed",
            1000,
            new Load.Closed(ticks, iterations),
            Plans.SECOND,
            new Distribution.Normal(3_000_000, 1_000_000),
            List.of(
                Ask.of("a")
                    .latency(new Distribution.LogNormal(2_000_000, 0.7))
                    .errors(
                        new ErrorRate(RequestOutcome.RESET, 0.05),
                        new ErrorRate(RequestOutcome.RESPONSE_TIMEOUT, 0.05))
                    .timeout(40),
                Ask.of("b").latency(new Distribution.Exponential(1_000_000)))),
        Group.arrivals("open", 20, 20_000, ticks, Load.ArrivalProcess.POISSON));
  }

  private static void simulate(
      final Machine machine,
      final SimulatedTransport transport,
      final BlockWriter writer,
      final long events) {
    while (writer.events() < events) {
      final long tick = Math.min(machine.nextTick(), transport.nextTick());
      machine.advance(tick - 1);
      transport.poll(tick, machine, Integer.MAX_VALUE);
      machine.advance(tick);
    }
  }
}
