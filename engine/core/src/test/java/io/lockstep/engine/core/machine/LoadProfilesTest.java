package io.lockstep.engine.core.machine;

import static io.lockstep.engine.core.testing.Plans.TICK_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.HandTransport;
import io.lockstep.engine.core.testing.HandTransport.Sent;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Stages;
import io.lockstep.scenario.plan.Timing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The load profiles and timings, each on one machine, stepped by hand. */
final class LoadProfilesTest {
  private static final long PERIOD_NS = 1_000_000_000L;

  private final HandTransport transport = new HandTransport();
  private Plan plan;
  private VirtualTime time;
  private Machine machine;

  @Test
  void shouldStartVusAsTheLineRises() {
    start(Group.of("r", 4, ramp(1, 0, 40, 4, 10, 4)).graceful(1));
    machine.advance(1);
    assertEquals(List.of(0), vus());
    machine.advance(14); // from 1 to 4 in 40 ticks: the second comes after 40 / 3
    assertEquals(List.of(0), vus());
    machine.advance(15);
    assertEquals(List.of(0, 1), vus());
    machine.advance(41);
    assertEquals(List.of(0, 1, 2, 3), vus());
    machine.advance(52);
    finished();
    assertEquals(4, machine.metrics().counts().interruptedIterations());
  }

  @Test
  void shouldLetAVuThatGoesEndItsIterationAndInterruptItWhenItsGraceIsOver() {
    start(Group.of("r", 2, ramp(2, 5, 0, 0, 100, 0)));
    machine.advance(1);
    assertEquals(List.of(), vus(), "told to go before they began");
    machine.advance(102);
    finished();

    start(Group.of("r", 2, ramp(2, 5, 10, 2, 0, 0, 100, 0)));
    machine.advance(11);
    answer(0, 13);
    assertFalse(transport.has(0), "its iteration is over and it is not wanted");
    assertTrue(transport.has(1));
    machine.advance(15);
    assertTrue(transport.has(1));
    machine.advance(16);
    assertFalse(transport.has(1), "five ticks after it was told to go");
    assertEquals(1, machine.metrics().counts().interruptedIterations());
    machine.advance(112);
    finished();
  }

  @Test
  void shouldKeepTheIdentityOfAVuThatComesBack() {
    start(Group.of("r", 1, ramp(1, 50, 10, 1, 0, 0, 10, 0, 0, 1, 20, 1)).graceful(1));
    machine.advance(1);
    answer(0, 4);
    answer(0, 12);
    assertFalse(transport.has(0));
    machine.advance(21);
    assertTrue(transport.has(0));
    machine.advance(42);
    finished();
    final List<Long> iterations =
        time.recording().events(Event.Issued.class).stream().map(Event.Issued::iteration).toList();
    assertEquals(List.of(0L, 1L, 2L), iterations);
  }

  @Test
  void shouldGiveFreshGraceToAVuThatIsToldToGoAgain() {
    start(Group.of("r", 1, ramp(1, 30, 10, 1, 0, 0, 10, 0, 0, 1, 10, 1, 0, 0, 60, 0)));
    machine.advance(1); // goes at 11, comes at 21, goes at 31: in one iteration all the time
    machine.advance(60);
    assertTrue(transport.has(0), "the grace of the first time does not count any more");
    machine.advance(61);
    assertFalse(transport.has(0));
    machine.advance(92);
    finished();
  }

  @Test
  void shouldShareIterationsInTheirOrderAndDropWhatTimeCutsOff() {
    start(Group.of("s", 2, new Load.SharedIterations(5, 100)).graceful(10));
    machine.advance(1);
    answer(0, 3);
    answer(0, 4);
    machine.advance(112);
    finished();
    final List<Long> iterations =
        time.recording().events(Event.Issued.class).stream().map(Event.Issued::iteration).toList();
    assertEquals(List.of(0L, 1L, 2L, 3L), iterations);
    assertEquals(5, machine.metrics().counts().owedArrivals());
    assertEquals(1, machine.metrics().counts().droppedArrivals());
  }

  @Test
  void shouldGiveEachShardItsSharedIterations() {
    plan = Plans.of(Group.of("s", 4, new Load.SharedIterations(7, Load.UNLIMITED)));
    time = new VirtualTime(plan, 1, 3, transport);
    machine = time.machine();
    machine.start();
    machine.advance(1);
    answer(1, 2);
    answer(1, 3);
    assertTrue(machine.isComplete());
    time.end();
    assertEquals(
        List.of(1L, 4L),
        time.recording().events(Event.Issued.class).stream().map(Event.Issued::iteration).toList());
    JournalLaws.check(plan, 1, 3, time.recording().events());
  }

  @Test
  void shouldRefuseShardsThatCannotHoldTheirShare() {
    final Plan shared = Plans.of(Group.of("s", 2, new Load.SharedIterations(7, Load.UNLIMITED)));
    assertEquals(
        "scenario s shares its iterations among all shards, but has 2 VUs for 3 shards:"
            + " each needs one at least",
        ShardRules.fault(shared, 3).orElseThrow());
    assertThrows(
        IllegalArgumentException.class, () -> new VirtualTime(shared, 0, 3, transport).machine());
    final Plan search = Plans.of(Group.of("c", 9, capacity(10, 10, 30, 100)));
    assertTrue(ShardRules.fault(search, 2).orElseThrow().contains("which one shard alone"));
    assertTrue(ShardRules.fault(search, 1).isEmpty());
  }

  @Test
  void shouldStartLater() {
    final Timing later = new Timing(50, 0, 0, Timing.UNTHROTTLED, 0);
    start(
        Group.duration("a", 1, 20).graceful(1).timing(later),
        Group.rate("o", 2, 500, 40).graceful(1).timing(later));
    machine.advance(50);
    assertTrue(transport.sent.isEmpty());
    machine.advance(51);
    assertEquals(List.of(0, 2), vus());
    assertEquals(51 * TICK_NS, transport.of(0).intendedNs());
    machine.advance(70);
    assertTrue(transport.has(0));
    machine.advance(72);
    assertFalse(transport.has(0));
    machine.advance(93);
    finished();
    assertEquals(2, machine.metrics().counts().owedArrivals());
  }

  @Test
  void shouldStopAScenarioThatHasNotStarted() {
    start(Group.duration("a", 3, 20).timing(new Timing(50, 0, 0, Timing.UNTHROTTLED, 0)));
    machine.advance(10);
    machine.onCommand(OperatorCommand.STOP, 10 * TICK_NS);
    finished();
    assertEquals(0, machine.metrics().counts().issued());
  }

  @Test
  void shouldPaceIterationsFromStartToStart() {
    start(Group.iterations("a", 1, 4).timing(new Timing(0, 0, 10, Timing.UNTHROTTLED, 0)));
    machine.advance(1);
    answer(0, 4);
    assertFalse(transport.has(0));
    machine.advance(10);
    assertFalse(transport.has(0));
    machine.advance(11);
    assertEquals(11 * TICK_NS, transport.of(0).intendedNs());
    answer(0, 40); // later than its pace: at once, and the pace counts from here
    assertEquals(40 * TICK_NS, transport.of(0).intendedNs());
    answer(0, 41);
    machine.advance(50);
    assertEquals(50 * TICK_NS, transport.of(0).intendedNs());
    answer(0, 51);
    finished();
  }

  @Test
  void shouldEndAVuThatWaitsForItsPaceWhenStopped() {
    start(Group.iterations("a", 1, 4).timing(new Timing(0, 0, 1_000, Timing.UNTHROTTLED, 0)));
    machine.advance(1);
    answer(0, 4);
    machine.onCommand(OperatorCommand.STOP, 5 * TICK_NS);
    finished();
    assertEquals(1, machine.metrics().counts().completedIterations());
    assertEquals(0, machine.metrics().counts().interruptedIterations());
  }

  @Test
  void shouldHoldRequestsBackToTheThrottle() {
    // 1,000 a second are one in ten ticks; two at once.
    start(Group.iterations("a", 5, 1).timing(new Timing(0, 0, 0, 1_000, 2)));
    machine.advance(1);
    assertEquals(List.of(0, 1), vus());
    machine.advance(10);
    assertEquals(List.of(0, 1), vus());
    machine.advance(11);
    assertEquals(List.of(0, 1, 2), vus());
    machine.advance(31);
    assertEquals(
        List.of(1L, 1L, 11L, 21L, 31L),
        transport.sent.stream().map(sent -> sent.intendedNs() / TICK_NS).toList());
    for (int vu = 0; vu < 5; vu++) {
      answer(vu, 40);
    }
    finished();
  }

  @Test
  void shouldFollowTheOperatorsNumberOfVus() {
    start(Group.of("x", 5, new Load.Controlled(2, Load.Controlled.CLOSED, PERIOD_NS, 100)));
    machine.advance(1);
    assertEquals(List.of(0, 1), vus());
    change(OperatorCommand.SET_VUS, 4, 11);
    assertEquals(List.of(0, 1, 2, 3), vus());
    change(OperatorCommand.SET_VUS, 1, 21);
    answer(0, 22);
    answer(2, 23);
    assertEquals(List.of(0, 1, 3), vus().stream().sorted().toList());
    machine.advance(101);
    answer(0, 102);
    answer(1, 102);
    answer(3, 102);
    finished();
    assertEquals(5, machine.metrics().counts().completedIterations());
  }

  @Test
  void shouldFollowTheOperatorsRateWithoutLosingFractions() {
    start(Group.of("x", 9, new Load.Controlled(9, 100, PERIOD_NS, 1_000)));
    machine.advance(151); // 100 a second is one in 100 ticks: at 1 and 101
    assertEquals(2, machine.metrics().counts().startedArrivals());
    change(OperatorCommand.SET_RATE, 200, 151); // half of the next is owed: 25 ticks more
    machine.advance(175);
    assertEquals(2, machine.metrics().counts().startedArrivals());
    machine.advance(176);
    assertEquals(3, machine.metrics().counts().startedArrivals());
    change(OperatorCommand.SET_RATE, 0, 180);
    machine.advance(500);
    assertEquals(3, machine.metrics().counts().startedArrivals());
    change(OperatorCommand.SET_VUS, 3, 501);
    change(OperatorCommand.SET_RATE, 10_000, 502);
    machine.advance(510);
    assertTrue(
        machine.metrics().counts().droppedArrivals() > 0, "three VUs are busy, no more take part");
    machine.onCommand(OperatorCommand.ABORT, 511 * TICK_NS);
    finished();
  }

  @Test
  void shouldRefuseToChangeWhatIsNotControlled() {
    start(Group.duration("a", 1, 10), Group.of("x", 1, new Load.Controlled(1, -1, 1, 10)));
    assertThrows(IllegalArgumentException.class, () -> change(OperatorCommand.SET_VUS, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> machine.onChange(new LoadChange(OperatorCommand.SET_RATE, 1, 5), TICK_NS));
    assertThrows(
        IllegalArgumentException.class,
        () -> machine.onChange(new LoadChange(OperatorCommand.SET_VUS, 2, 5), TICK_NS));
    assertThrows(IllegalArgumentException.class, () -> new LoadChange(OperatorCommand.STOP, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> machine.onCommand(OperatorCommand.SET_VUS, 1));
  }

  @Test
  void shouldEndTheSearchAtTheFirstRateThatIsTooSlow() {
    start(Group.of("c", 50, capacity(100, 100, 500, 100)).graceful(10));
    step(100, 5);
    step(200, 5);
    step(300, 30); // longer than 10 ticks
    machine.advance(400);
    finished();
    final List<CapacityStep> steps = machine.metrics().capacitySteps();
    assertEquals(
        List.of(CapacityVerdict.HELD, CapacityVerdict.HELD, CapacityVerdict.TOO_SLOW),
        steps.stream().map(CapacityStep::verdict).toList());
    assertEquals(List.of(100L, 200L, 300L), steps.stream().map(CapacityStep::rate).toList());
    assertEquals(
        List.of(1, 1, 2),
        time.recording().events(Event.Stepped.class).stream().map(Event.Stepped::verdict).toList());
  }

  @Test
  void shouldEndTheSearchWhereVusRunOutOrNothingEnds() {
    start(Group.of("c", 1, capacity(500, 100, 900, 100)).graceful(10));
    machine.advance(400);
    finished();
    assertEquals(
        List.of(CapacityVerdict.VUS_EXHAUSTED),
        machine.metrics().capacitySteps().stream().map(CapacityStep::verdict).toList());
    start(Group.of("c", 50, capacity(500, 100, 900, 100)).graceful(10));
    machine.advance(400);
    finished();
    assertEquals(
        List.of(CapacityVerdict.NO_RESPONSE),
        machine.metrics().capacitySteps().stream().map(CapacityStep::verdict).toList());
  }

  @Test
  void shouldEndTheSearchAtTheHighestRateIfNothingBreaks() {
    start(Group.of("c", 50, capacity(100, 150, 300, 100)).graceful(10));
    step(100, 5);
    step(200, 5);
    step(300, 5);
    machine.advance(400);
    finished();
    assertEquals(
        List.of(100L, 250L, 300L),
        machine.metrics().capacitySteps().stream().map(CapacityStep::rate).toList());
    assertTrue(
        machine.metrics().capacitySteps().stream()
            .allMatch(step -> step.verdict() == CapacityVerdict.HELD));
  }

  @Test
  void shouldThinkNoMoreOnceNotWanted() {
    start(
        Group.of("r", 1, ramp(1, 100, 10, 1, 0, 0, 50, 0))
            .think(new Distribution.Constant(40 * TICK_NS)));
    machine.advance(1);
    answer(0, 5);
    machine.advance(11); // told to go in its last pause
    time.flushed();
    assertEquals(1, time.recording().events(Event.Iterated.class).size());
    machine.advance(62);
    finished();
  }

  /** Answers each request so many ticks after it was sent, up to a step's end. */
  private void step(final long throughTick, final long latency) {
    while (true) {
      final long due =
          transport.sent.stream().mapToLong(Sent::tick).min().orElse(Long.MAX_VALUE - latency)
              + latency;
      final long next = Math.min(due, machine.nextTick());
      if (next > throughTick) {
        machine.advance(throughTick);
        return;
      }
      if (next == due) {
        final Sent sent =
            transport.sent.stream()
                .filter(s -> s.tick() + latency == due)
                .findFirst()
                .orElseThrow();
        answer(sent.vu(), due);
      } else {
        machine.advance(next);
      }
    }
  }

  private static Load.RampingVus ramp(final int startVus, final long grace, final long... stages) {
    final long[] ticks = new long[stages.length / 2];
    final long[] targets = new long[stages.length / 2];
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = stages[2 * i];
      targets[i] = stages[2 * i + 1];
    }
    return new Load.RampingVus(
        startVus, new Stages(LongArray.of(ticks), LongArray.of(targets)), grace);
  }

  private static Load.Capacity capacity(
      final long start, final long rise, final long highest, final long ticks) {
    return new Load.Capacity(
        start,
        rise,
        highest,
        PERIOD_NS,
        ticks,
        Load.ArrivalProcess.UNIFORM,
        0,
        new Load.Objective(10 * TICK_NS, Load.UNLIMITED));
  }

  private void change(final OperatorCommand command, final long value, final long tick) {
    machine.advance(tick - 1);
    machine.onChange(new LoadChange(command, 0, value), tick * TICK_NS);
  }

  private List<Integer> vus() {
    return transport.sent.stream().map(Sent::vu).toList();
  }

  private void start(final Group... groups) {
    transport.sent.clear();
    plan = Plans.of(groups);
    time = new VirtualTime(plan, 0, 1, transport);
    machine = time.machine();
    machine.start();
  }

  private void answer(final int vu, final long tick) {
    machine.advance(tick - 1);
    machine.onCompletion(
        transport.ended(transport.of(vu), RequestOutcome.RESPONSE, tick * TICK_NS));
  }

  private void finished() {
    assertTrue(machine.isComplete());
    time.end();
    JournalLaws.check(plan, 0, 1, time.recording().events());
    assertEquals(0, machine.metrics().counts().activeVus());
  }
}
