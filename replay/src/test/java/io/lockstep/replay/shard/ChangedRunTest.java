package io.lockstep.replay.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.agent.RunContext;
import io.lockstep.engine.core.agent.RunContext.TransportFactory;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.agent.RunResult;
import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.LoadChange;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.testing.EchoTransport;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.Recording;
import io.lockstep.engine.transport.sim.SimulatedTransport;
import io.lockstep.journal.block.Block;
import io.lockstep.replay.RecordedRun;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator changes a load through the runner: the change is journaled, and a replay has it. */
class ChangedRunTest {
  private static final int SHARDS = 2;
  private static final int VUS = 40;
  private static final long PERIOD_NS = 1_000_000_000;
  private static final long DURATION_NS = 2 * PERIOD_NS;

  private final Recording[] recordings = {new Recording(), new Recording()};

  /** What waits when a run begins is admitted at its start, so all of it has the new rate. */
  @Test
  void shouldChangeTheRateOfASimulatedRun() {
    final Plan plan = plan(DURATION_NS);
    final Runner runner = simulation(plan);
    assertTrue(runner.change(new LoadChange(OperatorCommand.SET_RATE, 0, 1_000)));

    final RunResult result = runner.run();

    assertEquals(2_000, result.metrics().counts().owedArrivals());
    assertEquals(2_000 + 4, result.metrics().counts().responses() + result.metrics().counts().droppedArrivals());
    assertEachShardWasCommandedAndReplays(plan, OperatorCommand.SET_RATE);
  }

  @Test
  void shouldChangeTheVusOfASimulatedRun() {
    final Plan plan = plan(DURATION_NS);
    final Runner runner = simulation(plan);
    assertTrue(runner.change(new LoadChange(OperatorCommand.SET_VUS, 0, 0)));

    final RunResult result = runner.run();

    assertEquals(20, result.metrics().counts().owedArrivals());
    assertEquals(20, result.metrics().counts().droppedArrivals(), "nobody takes part");
    assertEachShardWasCommandedAndReplays(plan, OperatorCommand.SET_VUS);
  }

  @Test
  void shouldChangeTheRateOfALiveRun() {
    final Plan plan = plan(PERIOD_NS / 2);
    final Runner runner =
        runner(
            plan,
            TransportKind.NETWORK,
            (shard, clock) -> new EchoTransport(VUS, SHARDS, 2, clock));
    final Thread operator =
        new Thread(
            () -> {
              while (runner.live().issued() < 1 && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
              runner.change(new LoadChange(OperatorCommand.SET_RATE, 0, 100_000));
            });
    operator.setDaemon(true);
    operator.start();
    try {
      final RunResult result = assertTimeoutPreemptively(Duration.ofSeconds(30), runner::run);
      assertTrue(result.metrics().counts().owedArrivals() > 100, "5 without the change");
      assertEquals(
          result.metrics().counts().owedArrivals() + 4,
          result.metrics().counts().droppedArrivals()
              + result.metrics().counts().completedIterations()
              + result.metrics().counts().interruptedIterations());
    } finally {
      operator.interrupt();
    }
    assertEachShardWasCommandedAndReplays(plan, OperatorCommand.SET_RATE);
  }

  @Test
  void shouldRefuseChangesThatTheLoadDoesNotAllow() {
    final Plan plan = plan(DURATION_NS);
    final Runner runner = simulation(plan);
    for (final LoadChange change :
        List.of(
            new LoadChange(OperatorCommand.SET_RATE, 0, 1_000_000_001),
            new LoadChange(OperatorCommand.SET_VUS, 0, VUS - 3),
            new LoadChange(OperatorCommand.SET_VUS, 1, 1),
            new LoadChange(OperatorCommand.SET_VUS, 2, 1))) {
      assertThrows(IllegalArgumentException.class, () -> runner.change(change), change::toString);
    }
    runner.run();
    for (final Recording recording : recordings) {
      assertTrue(recording.events(Event.Commanded.class).isEmpty());
    }
  }

  @Test
  void shouldSayWhenTooManyChangesWait() {
    final Runner runner = simulation(plan(DURATION_NS));
    final LoadChange change = new LoadChange(OperatorCommand.SET_RATE, 0, 10);
    int taken = 0;
    while (taken < 100_000 && runner.change(change)) {
      taken++;
    }
    assertFalse(runner.change(change));
    runner.run();
    final int journaled = recordings[0].events(Event.Commanded.class).size();
    assertTrue(journaled > 0 && journaled <= taken, journaled + " of " + taken);
  }

  /** Ten arrivals a second under control, beside a load that nobody can change. */
  private static Plan plan(final long durationNs) {
    final long ticks = durationNs / Plans.TICK_NS;
    return Plans.of(
        Group.of("controlled", VUS - 4, new Load.Controlled(VUS - 4, 10, PERIOD_NS, ticks)),
        Group.iterations("steady", 4, 1));
  }

  private Runner simulation(final Plan plan) {
    return runner(
        plan,
        TransportKind.SIMULATED,
        (shard, clock) -> new SimulatedTransport(plan, shard, SHARDS));
  }

  private Runner runner(
      final Plan plan, final TransportKind kind, final TransportFactory transports) {
    final RunOptions options =
        new RunOptions(SHARDS, Threading.SHARED, Idle.BACKOFF, List.of(), 10_000_000);
    return new Runner(
        new RunContext(
            plan,
            kind,
            options,
            Thread::new,
            transports,
            shard -> ShardJournal.inline(recordings[shard])));
  }

  /** Whole events, as many as a block has room for. */
  private static List<byte[]> blocks(final byte[] events) {
    final List<byte[]> blocks = new ArrayList<>();
    int start = 0;
    int end = 0;
    for (final int offset : RecordedRun.offsets(events)) {
      if (offset - start > Block.CAPACITY / 2) {
        blocks.add(Arrays.copyOfRange(events, start, end));
        start = end;
      }
      end = offset;
    }
    blocks.add(Arrays.copyOfRange(events, start, end));
    return blocks;
  }

  private void assertEachShardWasCommandedAndReplays(
      final Plan plan, final OperatorCommand command) {
    for (int shard = 0; shard < SHARDS; shard++) {
      final List<Event.Commanded> commands = recordings[shard].events(Event.Commanded.class);
      assertEquals(1, commands.size());
      assertEquals(command.code(), commands.get(0).command());
      JournalLaws.check(plan, shard, SHARDS, recordings[shard].events());
      final BlockSource source = RecordedRun.source(blocks(recordings[shard].bytes()), null);
      final ShardResult replayed = ShardReplayTest.replay(plan, shard, source, false);
      assertEquals(ReplayVerdict.IDENTICAL, replayed.verdict(), () -> "" + replayed.mismatch());
    }
  }
}
