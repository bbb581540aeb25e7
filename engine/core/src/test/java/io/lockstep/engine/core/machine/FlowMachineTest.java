package io.lockstep.engine.core.machine;

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
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps of flows in one machine, stepped by hand. A tick is 100 us. */
final class FlowMachineTest {
  private static final long TICK_NS = Plans.TICK_NS;

  private final HandTransport transport = new HandTransport();
  private Plan plan;
  private VirtualTime time;
  private Machine machine;

  @Test
  void shouldMakeRequestsOneAfterTheOther() {
    start(1, 1, "flow: [{request: {name: a, path: /}}, {request: {name: b, path: /}}]");
    assertEquals("a", name(transport.of(0)));
    answer(0, 5);
    assertEquals("b", name(transport.of(0)));
    assertEquals(5 * TICK_NS, transport.of(0).intendedNs());
    answer(0, 9);
    finished();
    assertEquals(1, machine.metrics().counts().completedIterations());
  }

  @Test
  void shouldRepeatWithOtherStreamsForEachRound() {
    start(1, 1, "flow: [{repeat: 3, steps: [{request: {name: a, path: /}}]}]");
    final long first = transport.of(0).streamKey();
    answer(0, 5);
    final long second = transport.of(0).streamKey();
    answer(0, 6);
    assertEquals(
        3, List.of(first, second, transport.of(0).streamKey()).stream().distinct().count());
    answer(0, 7);
    finished();
  }

  @Test
  void shouldBeginNoRoundOnceTheTimeIsOver() {
    start(1, 1, "flow: [{during: 1ms, steps: [{request: {name: a, path: /}}]}]");
    answer(0, 10);
    assertTrue(transport.has(0));
    answer(0, 11);
    finished();
  }

  @Test
  void shouldPaceFromTheStartOfTheIterationAndThenFromTheLastPace() {
    start(1, 1, "flow: [{repeat: 3, steps: [{request: {name: a, path: /}}, {pace: 1ms}]}]");
    answer(0, 4);
    machine.advance(10);
    assertFalse(transport.has(0));
    machine.advance(11);
    assertEquals(11 * TICK_NS, transport.of(0).intendedNs(), "started in tick 1");
    answer(0, 15);
    machine.advance(21);
    assertEquals(21 * TICK_NS, transport.of(0).intendedNs());
    answer(0, 40);
    finished();
  }

  @Test
  void shouldTryAgainAfterGrowingPausesAndCountTheAttempts() {
    start(
        1,
        1,
        "flow: [{retry: {times: 3, backoff: {initial: 1ms, factor: 3}},"
            + " steps: [{request: {name: a, path: /}}]}, {request: {name: b, path: /}}]");
    fail(0, 5);
    machine.advance(14);
    assertFalse(transport.has(0));
    machine.advance(15);
    fail(0, 20);
    machine.advance(49);
    assertFalse(transport.has(0));
    machine.advance(50);
    fail(0, 60);
    assertEquals("b", name(transport.of(0)), "after the last try it goes on");
    answer(0, 70);
    finished();
    assertEquals(
        List.of(1, 2, 3, 1),
        time.recording().events(Event.Issued.class).stream().map(Event.Issued::attempt).toList());
  }

  @Test
  void shouldNotTryAgainWhatSucceeded() {
    start(1, 1, "flow: [{retry: {times: 3}, steps: [{request: {name: a, path: /}}]}]");
    fail(0, 5);
    assertTrue(transport.has(0), "at once without a pause");
    answer(0, 6);
    finished();
    assertEquals(2, machine.metrics().counts().issued());
  }

  @Test
  void shouldMakeAPagesRequestsSideBySide() {
    start(1, 1, "flow: [" + page(2, 4) + ", {request: {name: z, path: /}}]");
    assertEquals(List.of("p0", "p1"), names());
    answer(transport.sent.get(1), 5);
    assertEquals(List.of("p0", "p2"), names());
    assertEquals(5 * TICK_NS, transport.sent.get(1).intendedNs());
    answer(transport.sent.get(0), 6);
    assertEquals(List.of("p2", "p3"), names());
    answer(transport.sent.get(1), 8);
    answer(transport.sent.get(0), 8);
    assertEquals(List.of("z"), names());
    assertEquals(8 * TICK_NS, transport.of(0).intendedNs());
    answer(0, 9);
    finished();
    assertEquals(
        List.of(0, 0, 0, 0, 0),
        time.recording().events(Event.Completed.class).stream().map(e -> e.at().vu()).toList(),
        "the journal knows VUs, not slots");
  }

  @Test
  void shouldAbandonAllOfAPage() {
    start(2, 1, "flow: [" + page(3, 5) + "]");
    assertEquals(6, transport.sent.size());
    assertEquals(6, transport.sent.stream().map(Sent::vu).distinct().count(), "slots of their own");
    machine.onCommand(OperatorCommand.ABORT, 2 * TICK_NS);
    assertEquals(6, transport.cancelled.size());
    finished();
  }

  @Test
  void shouldTryAPageAgainWhereOneOfItsRequestsFailed() {
    start(1, 1, "flow: [{retry: {times: 2}, steps: [" + page(2, 2) + "]}]");
    final Sent second = transport.sent.get(1);
    machine.onCompletion(transport.ended(transport.sent.get(0), RequestOutcome.RESET, 2 * TICK_NS));
    answer(second, 3);
    assertEquals(List.of("p0", "p1"), names());
    answer(transport.sent.get(0), 4);
    answer(transport.sent.get(0), 5);
    finished();
  }

  @Test
  void shouldTimeGroupsAndWhatAnInterruptionLeavesOpen() {
    start(
        1,
        1,
        "flow: [{group: outer, steps: [{request: {name: a, path: /}},"
            + " {group: inner, steps: [{request: {name: b, path: /}}]}]}]");
    answer(0, 5);
    machine.onCommand(OperatorCommand.ABORT, 7 * TICK_NS);
    finished();
    final List<Event.Grouped> groups = time.recording().events(Event.Grouped.class);
    assertEquals(List.of(1, 0), groups.stream().map(Event.Grouped::group).toList());
    assertEquals(
        List.of(5 * TICK_NS, TICK_NS), groups.stream().map(Event.Grouped::startedNs).toList());
    assertTrue(groups.stream().allMatch(g -> g.endedNs() == 7 * TICK_NS && g.outcome() == 2));
  }

  @Test
  void shouldLetVusMeetAndGoOnAtOneMoment() {
    start(
        3,
        1,
        "flow: [{request: {name: a, path: /}}, {rendezvous: {users: 3, timeout: 1s}},"
            + " {request: {name: b, path: /}}]");
    answer(0, 5);
    answer(1, 8);
    answer(2, 20);
    assertTrue(transport.sent.isEmpty());
    machine.advance(20);
    assertEquals(List.of(0, 1, 2), transport.sent.stream().map(Sent::vu).toList());
    assertTrue(transport.sent.stream().allMatch(sent -> sent.intendedNs() == 20 * TICK_NS));
  }

  @Test
  void shouldGoOnAloneWhenPatienceIsOver() {
    start(
        3,
        1,
        "flow: [{request: {name: a, path: /}}, {rendezvous: {users: 2, timeout: 1ms}},"
            + " {request: {name: b, path: /}}]");
    answer(0, 5);
    machine.advance(15);
    assertEquals(15 * TICK_NS, transport.of(0).intendedNs());
    answer(1, 17);
    answer(2, 18);
    machine.advance(18);
    assertEquals(18 * TICK_NS, transport.of(1).intendedNs(), "without the one that went on");
  }

  @Test
  void shouldRefuseARendezvousOverShards() {
    final Plan meeting =
        parse(2, 1, "flow: [{rendezvous: {users: 2}}, {request: {name: a, path: /}}]");
    assertThrows(IllegalArgumentException.class, () -> new VirtualTime(meeting, 0, 2, transport));
  }

  @Test
  void shouldStartEachVuOnceAndStopItOnce() {
    start(
        1,
        2,
        "start: [{request: {name: in, path: /}}], flow: [{request: {name: a, path: /}}],"
            + " stop: [{request: {name: out, path: /}}]");
    for (final String name : List.of("in", "a", "a", "out")) {
      assertEquals(name, name(transport.of(0)));
      answer(0, machine.openTick() + 5);
    }
    finished();
    assertEquals(2, machine.metrics().counts().completedIterations());
    assertEquals(
        List.of(-1L, 0L, 1L, -2L),
        time.recording().events(Event.Iterated.class).stream()
            .map(Event.Iterated::iteration)
            .toList());
  }

  @Test
  void shouldEndIterationVuAndTestWhereTheFlowSaysSo() {
    start(1, 3, "flow: [{request: {name: a, path: /}}, {stop: iteration}, {think: 9s}]");
    answer(0, 5);
    answer(0, 6);
    answer(0, 7);
    finished();
    assertEquals(3, machine.metrics().counts().completedIterations());
    start(2, 3, "flow: [{request: {name: a, path: /}}, {stop: vu}]");
    answer(0, 5);
    answer(1, 5);
    finished();
    assertEquals(2, machine.metrics().counts().completedIterations());
    start(2, 9, "flow: [{request: {name: a, path: /}}, {stop: test}]");
    answer(1, 5);
    assertEquals(RunOutcome.STOPPED, machine.outcome());
    answer(0, 6);
    finished();
    assertEquals(1, time.recording().events(Event.Stopped.class).size());
    assertEquals(2, machine.metrics().counts().completedIterations());
  }

  @Test
  void shouldChooseInTurnOverVusAndIterations() {
    start(
        3,
        2,
        "flow: [{choose: round-robin, options: [{steps: [{request: {name: a, path: /}}]},"
            + " {steps: [{request: {name: b, path: /}}]}]}]");
    assertEquals(List.of("a", "b", "a"), names());
    answer(0, 5);
    assertEquals("b", name(transport.of(0)));
  }

  @Test
  void shouldEndATickHoweverOftenAFlowGoesRound() {
    start(
        1, 1, "flow: [{during: 3ms, steps: [{think: 0s}]}, {repeat: 2500, steps: [{think: 0s}]}]");
    long tick = 1;
    while (!machine.isComplete()) {
      tick++;
      machine.advance(tick);
    }
    assertEquals(33, tick, "30 for the time, and a rest after each 1,000 rounds");
    finished();
  }

  private void start(final int vus, final int iterations, final String keys) {
    plan = parse(vus, iterations, keys);
    time = new VirtualTime(plan, 0, 1, transport);
    machine = time.machine();
    machine.start();
    machine.advance(1);
  }

  private static Plan parse(final int vus, final int iterations, final String keys) {
    try {
      return ScenarioFile.parse(
          "t.yaml",
          "name: t\ntarget: http://h\nscenarios:\n  s: {load: {executor: per-vu-iterations, vus: "
              + vus
              + ", iterations: "
              + iterations
              + "}, "
              + keys
              + "}\n");
    } catch (final ScenarioException e) {
      throw new AssertionError(e.render(), e);
    }
  }

  private static String page(final int max, final int requests) {
    final StringBuilder page = new StringBuilder("{parallel: {max: " + max + "}, requests: [");
    for (int i = 0; i < requests; i++) {
      page.append(i == 0 ? "" : ", ").append("{name: p").append(i).append(", path: /}");
    }
    return page + "]}";
  }

  private String name(final Sent sent) {
    return plan.requests().get(sent.request()).name();
  }

  private List<String> names() {
    return transport.sent.stream().map(this::name).toList();
  }

  private void answer(final int vu, final long tick) {
    answer(transport.of(vu), tick);
  }

  private void answer(final Sent sent, final long tick) {
    machine.advance(tick - 1);
    machine.onCompletion(transport.ended(sent, RequestOutcome.RESPONSE, tick * TICK_NS));
  }

  private void fail(final int vu, final long tick) {
    machine.advance(tick - 1);
    machine.onCompletion(transport.ended(transport.of(vu), RequestOutcome.RESET, tick * TICK_NS));
  }

  private void finished() {
    assertTrue(machine.isComplete());
    assertEquals(Transport.NULL_TICK, machine.nextTick());
    JournalLaws.check(plan, 0, 1, time.end().recording().events());
  }
}
