package io.lockstep.engine.core.machine;

import static io.lockstep.engine.core.testing.Plans.MILLI;
import static io.lockstep.engine.core.testing.Plans.SECOND;
import static io.lockstep.engine.core.testing.Plans.TICK_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.HandTransport;
import io.lockstep.engine.core.testing.HandTransport.Sent;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One machine, stepped by hand. Every run that ends is also checked against {@link JournalLaws}.
 */
final class MachineTest {
  private static final Distribution TEN_MILLIS = new Distribution.Constant(10_000_000);

  private final HandTransport transport = new HandTransport();
  private Plan plan;
  private VirtualTime time;
  private Machine machine;

  @Test
  void shouldSpawnInTickZeroAndIssueInTickOne() {
    start(Group.iterations("a", 3, 1));
    assertTrue(transport.sent.isEmpty());
    assertEquals(1, machine.nextTick());
    machine.advance(1);
    assertEquals(List.of(0, 1, 2), transport.sent.stream().map(Sent::vu).toList());
    assertEquals(TICK_NS, transport.of(0).intendedNs());
    assertEquals(1, transport.of(0).seq());
  }

  @Test
  void shouldEndAVuAfterItsIterations() {
    start(Group.iterations("a", 1, 2));
    machine.advance(1);
    answer(0, 5);
    assertEquals(2, transport.of(0).seq());
    assertEquals(5 * TICK_NS, transport.of(0).intendedNs(), "released by the measured input");
    answer(0, 9);
    finished();
    assertEquals(2, machine.metrics().counts().completedIterations());
  }

  @Test
  void shouldThinkForNoLessThanDrawnAndLessThanATickMore() {
    start(Group.iterations("a", 1, 2).think(new Distribution.Constant(250_000)));
    machine.advance(1);
    answer(0, 5);
    machine.advance(7);
    assertFalse(transport.has(0));
    machine.advance(8);
    assertEquals(8 * TICK_NS, transport.of(0).intendedNs());
  }

  @Test
  void shouldCountPausesFromWhenAnInputOfALongCycleHappened() {
    start(Group.iterations("a", 1, 3).think(new Distribution.Constant(250_000)));
    machine.advance(1);
    final long lateNs = 50 * TICK_NS + 1; // measured long after the tick that it is admitted to
    machine.onCompletion(transport.ended(transport.of(0), RequestOutcome.RESPONSE, lateNs));
    machine.advance(53);
    assertFalse(transport.has(0));
    machine.advance(54);
    assertEquals(54 * TICK_NS, transport.of(0).intendedNs());
  }

  @Test
  void shouldNotHideItsOwnDelayInThePauseThatFollows() {
    start(Group.iterations("a", 1, 3).think(new Distribution.Constant(250_000)));
    machine.advance(500); // held up: the answer of tick 2 is admitted to tick 501
    machine.onCompletion(transport.ended(transport.of(0), RequestOutcome.RESPONSE, 2 * TICK_NS));
    machine.advance(501);
    assertEquals(5 * TICK_NS, transport.of(0).intendedNs(), "as planned, so the delay is lateness");
    machine.onCompletion(transport.ended(transport.of(0), RequestOutcome.RESPONSE, 502 * TICK_NS));
    machine.advance(505);
    assertEquals(505 * TICK_NS, transport.of(0).intendedNs());
  }

  @Test
  void shouldEndNoIterationBeforeItStarted() {
    start(Group.duration("a", 1, 100).graceful(1).asks(Ask.of("a").timeout(60)));
    machine.advance(1);
    final long lateNs = 140 * TICK_NS;
    machine.onCompletion(transport.ended(transport.of(0), RequestOutcome.RESPONSE, lateNs));
    assertEquals(lateNs, transport.of(0).intendedNs());
    machine.advance(102);
    finished();
    final Event.Iterated last = time.recording().events(Event.Iterated.class).get(1);
    assertEquals(lateNs, last.startedNs());
    assertEquals(lateNs, last.endedNs());
  }

  @Test
  void shouldNeverEndAVuForAFailedRequest() {
    start(Group.iterations("a", 1, 40));
    machine.advance(1);
    long tick = 1;
    for (final RequestOutcome outcome : RequestOutcome.values()) {
      tick++;
      machine.advance(tick - 1);
      machine.onCompletion(transport.ended(transport.of(0), outcome, tick * TICK_NS));
      assertTrue(transport.has(0), "goes on after " + outcome);
    }
    assertEquals(RequestOutcome.values().length - 1, machine.metrics().counts().errors());
  }

  @Test
  void shouldGoOnAfterATimeoutThatTheTransportSaw() {
    start(Group.iterations("a", 1, 2));
    machine.advance(1);
    machine.onCompletion(
        transport.ended(transport.of(0), RequestOutcome.RESPONSE_TIMEOUT, 2 * TICK_NS));
    assertEquals(2, transport.of(0).seq());
    answer(0, 30);
    finished();
    assertEquals(1, machine.metrics().figures().request(0).count(RequestOutcome.RESPONSE_TIMEOUT));
    assertEquals(1, machine.metrics().counts().errors());
    assertEquals(
        2, machine.metrics().figures().lateness().getTotalCount(), "also of what timed out");
  }

  @Test
  void shouldIgnoreTheLateAnswerOfAnInterruptedRequest() {
    start(Group.duration("a", 1, 10).graceful(5));
    machine.advance(1);
    final Sent sent = transport.of(0);
    machine.advance(30);
    assertEquals(List.of(sent), transport.cancelled);
    machine.onCompletion(transport.ended(sent, RequestOutcome.RESPONSE, 31 * TICK_NS));
    assertEquals(1, machine.metrics().counts().lateCompletions());
    assertEquals(0, machine.metrics().counts().responses());
    assertEquals(1, machine.metrics().figures().request(0).count(RequestOutcome.INTERRUPTED));
    assertEquals(
        0, machine.metrics().counts().errors(), "the end of the run is no error of the target");
    assertEquals(0, machine.metrics().figures().request(0).failures());
  }

  @Test
  void shouldStartNothingAfterTheDurationAndKillWhatOutlivesTheGracefulStop() {
    start(Group.duration("a", 3, 100).graceful(50).think(TEN_MILLIS));
    machine.advance(1);
    answer(1, 60);
    machine.advance(100);
    assertFalse(transport.has(1), "thinks");
    machine.advance(101);
    answer(0, 120);
    assertFalse(machine.isComplete(), "VU 2 still waits");
    machine.advance(150);
    assertFalse(machine.isComplete());
    machine.advance(151);
    finished();
    assertEquals(2, machine.metrics().counts().completedIterations());
    assertEquals(1, machine.metrics().counts().interruptedIterations());
    assertEquals(1, machine.metrics().figures().request(0).count(RequestOutcome.INTERRUPTED));
    assertEquals(RunOutcome.COMPLETED.code(), ended().outcome());
  }

  @Test
  void shouldServeArrivalsByTheSlotFreedLastAndDropWhereNoneIsFree() {
    start(Group.rate("o", 2, 1000, 50).graceful(SECOND)); // arrivals at ticks 1, 11, 21, 31, 41
    machine.advance(1);
    assertEquals(1, transport.sent.size());
    final int first = transport.sent.get(0).vu();
    machine.advance(11);
    final int second = transport.sent.get(1).vu();
    machine.advance(21);
    assertEquals(1, machine.metrics().counts().droppedArrivals());
    answer(first, 22);
    answer(second, 23);
    machine.advance(31);
    assertEquals(List.of(second), transport.sent.stream().map(Sent::vu).toList());
    machine.advance(41);
    answer(first, 44);
    answer(second, 45);
    machine.advance(60);
    finished();
    assertEquals(
        List.of(0L, 1L, 3L, 4L),
        time.recording().events(Event.Issued.class).stream().map(Event.Issued::iteration).toList(),
        "the arrival is the identity");
    assertEquals(5, machine.metrics().counts().owedArrivals());
  }

  @Test
  void shouldOweTheArrivalsOfTheLastTickToo() {
    // 12,000 a second: 1.2 a tick, so the last one falls between two ticks.
    start(Group.rate("o", 1, 12_000, 10));
    machine.advance(40);
    answer(0, 41);
    finished();
    assertEquals(12, machine.metrics().counts().owedArrivals());
  }

  @Test
  void shouldOweItsShareOfArrivalsWhereAShardHasNoVu() {
    plan = Plans.of(Group.rate("o", 1, 1000, 100));
    time = new VirtualTime(plan, 3, 4, transport);
    machine = time.machine();
    machine.start();
    assertFalse(machine.isComplete());
    machine.advance(200);
    assertEquals(2, machine.metrics().counts().droppedArrivals(), "arrivals 3 and 7");
    assertTrue(machine.isComplete());
    time.end();
    JournalLaws.check(plan, 3, 4, time.recording().events());
  }

  @Test
  void shouldBeCompleteAtOnceWhereAShardHasNeitherVusNorArrivals() {
    plan = Plans.of(Group.duration("a", 2, 100));
    time = new VirtualTime(plan, 4, 5, transport);
    time.machine().start();
    assertTrue(time.machine().isComplete());
    assertEquals(Transport.NULL_TICK, time.machine().nextTick());
    time.end();
    JournalLaws.check(plan, 4, 5, time.recording().events());
  }

  @Test
  void shouldHaveNothingDueOnceComplete() {
    start(Group.duration("a", 1, 10_000).asks(Ask.of("a").timeout(30)));
    machine.advance(1);
    machine.onCommand(OperatorCommand.ABORT, 2 * TICK_NS);
    assertTrue(machine.isComplete());
    assertEquals(Transport.NULL_TICK, machine.nextTick(), "though timers are still set");
    assertEquals(0, machine.advance(20_000));
    finished();
  }

  @Test
  void shouldStopBeforeTheFirstTick() {
    start(Group.iterations("a", 3, 5), Group.rate("o", 2, 100, SECOND));
    machine.onCommand(OperatorCommand.STOP, 0);
    finished();
    assertEquals(0, machine.metrics().counts().issued());
    assertEquals(RunOutcome.STOPPED.code(), ended().outcome());
  }

  @Test
  void shouldLetRunningIterationsEndWhenStopped() {
    start(
        Group.iterations("a", 2, 100).think(TEN_MILLIS).graceful(30 * MILLI),
        Group.rate("o", 3, 100, SECOND).graceful(30 * MILLI));
    machine.advance(1);
    answer(0, 5);
    machine.advance(5);
    machine.onCommand(OperatorCommand.STOP, 6 * TICK_NS);
    machine.onCommand(OperatorCommand.STOP, 6 * TICK_NS);
    assertFalse(machine.isComplete());
    final Sent open = transport.sent.stream().filter(s -> s.vu() >= 2).findFirst().orElseThrow();
    answer(open.vu(), 10);
    answer(1, 11);
    finished();
    assertEquals(3, machine.metrics().counts().completedIterations());
    assertEquals(0, machine.metrics().counts().interruptedIterations());
  }

  @Test
  void shouldKillAfterTheGracefulStopOfAnOperator() {
    start(Group.iterations("a", 2, 100).graceful(20));
    machine.advance(4);
    machine.onCommand(OperatorCommand.STOP, 5 * TICK_NS);
    machine.advance(24);
    assertFalse(machine.isComplete());
    machine.advance(25);
    finished();
    assertEquals(2, machine.metrics().counts().interruptedIterations());
  }

  @Test
  void shouldAbortInEveryState() {
    start(
        Group.iterations("waits", 1, 100),
        Group.iterations("thinks", 1, 100).think(TEN_MILLIS),
        Group.rate("idles", 2, 10, SECOND));
    machine.advance(1);
    answer(1, 3);
    machine.onCommand(OperatorCommand.ABORT, 4 * TICK_NS);
    assertTrue(transport.sent.isEmpty(), "all are cancelled");
    finished();
    assertEquals(RunOutcome.STOPPED.code(), ended().outcome());
  }

  @Test
  void shouldRejectACompletionOfAnotherShard() {
    plan = Plans.of(Group.iterations("a", 4, 1));
    machine = new VirtualTime(plan, 1, 2, transport).machine();
    machine.start();
    machine.advance(1);
    assertEquals(List.of(1, 3), transport.sent.stream().map(Sent::vu).toList());
    final Sent other = new Sent(2, 0, 1, 0, 1, TICK_NS);
    assertThrows(
        IllegalArgumentException.class,
        () -> machine.onCompletion(transport.ended(other, RequestOutcome.RESPONSE, TICK_NS)));
    assertThrows(IllegalStateException.class, machine::conclude);
  }

  private void start(final Group... groups) {
    plan = Plans.of(groups);
    time = new VirtualTime(plan, 0, 1, transport);
    machine = time.machine();
    machine.start();
  }

  /** The response of a VU's request ends exactly with a tick. */
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

  private Event.Ended ended() {
    return time.recording().events(Event.Ended.class).get(0);
  }
}
