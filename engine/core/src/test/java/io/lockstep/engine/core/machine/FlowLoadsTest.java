package io.lockstep.engine.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where steps of flows and what a load does to its VUs meet. A tick is 100 us. */
final class FlowLoadsTest {
  private static final long TICK_NS = Plans.TICK_NS;

  /** One VU for 10 ms, none for 10 ms, one for 10 ms. */
  private static final String DOWN_AND_UP =
      "{executor: ramping-vus, start_vus: 1, graceful_ramp_down: 2ms, graceful_stop: 2ms, stages:"
          + " [{duration: 10ms, target: 1}, {duration: 0s, target: 0}, {duration: 10ms, target: 0},"
          + " {duration: 0s, target: 1}, {duration: 10ms, target: 1}]}";

  private final HandTransport transport = new HandTransport();
  private Plan plan;
  private VirtualTime time;
  private Machine machine;

  @Test
  void shouldStartAVuOnceThoughItGoesAndComesBackAndStopItWithTheScenario() {
    start(
        DOWN_AND_UP,
        "start: [{request: {name: in, path: /}}], flow: [{request: {name: a, path: /}}, {think:"
            + " 1s}], stop: [{request: {name: out, path: /}}]");
    answer("in", 5);
    answer("a", 7);
    machine.advance(150);
    assertTrue(transport.sent.isEmpty(), "not wanted, so it stands by");
    machine.advance(250);
    answer("a", 260);
    machine.advance(303);
    answer("out", 305);
    finished();
    assertEquals(List.of(-1L, 0L, 1L, -2L), iterations());
  }

  @Test
  void shouldNeitherStartNorStopAVuThatNeverWasWanted() {
    start(
        "{executor: ramping-vus, start_vus: 0, stages: [{duration: 10ms, target: 0}, {duration:"
            + " 10ms, target: 1}]}",
        "start_time: 10ms, start: [{request: {name: in, path: /}}], flow: [{request: {name: a, path: /}}],"
            + " stop: [{request: {name: out, path: /}}]");
    machine.advance(201);
    machine.onCommand(OperatorCommand.STOP, 201 * TICK_NS);
    finished();
    assertEquals(List.of(), iterations());
    assertEquals(0, machine.metrics().counts().issued());
  }

  @Test
  void shouldCancelAllOfAPageWhenTheGraceOfItsVuIsOver() {
    start(DOWN_AND_UP, "flow: [{parallel: {max: 3}, requests: " + pages(4) + "}]");
    assertEquals(3, transport.sent.size());
    machine.advance(120);
    assertEquals(3, transport.sent.size());
    machine.advance(121);
    assertEquals(3, transport.cancelled.size());
    machine.advance(201);
    assertEquals(List.of("p0", "p1", "p2"), names(), "back, with a page of its own");
    machine.advance(325);
    finished();
    assertEquals(List.of(0L, 1L), iterations());
  }

  @ParameterizedTest
  @EnumSource(Rules.class)
  void shouldGiveTheStopFlowOfAVuMoreThanItsGraceButWhereItIsReplayed(final Rules used) {
    rules = used;
    start(
        DOWN_AND_UP,
        "flow: [{request: {name: a, path: /}}, {stop: vu}], stop: [{request: {name: out, path:"
            + " /}}]");
    answer("a", 5);
    assertEquals(List.of("out"), names());
    machine.advance(121);
    assertEquals(used == Rules.FIRST ? 1 : 0, transport.cancelled.size());
    machine.advance(299);
    assertEquals(used == Rules.FIRST ? 1 : 0, transport.cancelled.size());
    machine.advance(325);
    assertEquals(1, transport.cancelled.size());
    finished();
    assertEquals(List.of(0L, -2L), iterations());
  }

  @Test
  void shouldTakeATokenForEachRequestOfAPage() {
    start(
        "{executor: per-vu-iterations, vus: 1, iterations: 1}",
        "throttle: {requests_per_second: 1000}, flow: [{parallel: {max: 3}, requests: "
            + pages(5)
            + "}]");
    assertEquals(List.of("p0"), names());
    machine.advance(11);
    assertEquals(List.of("p0", "p1"), names());
    assertEquals(11 * TICK_NS, transport.sent.get(1).intendedNs(), "to wait is meant");
    machine.advance(21);
    machine.advance(60);
    assertEquals(List.of("p0", "p1", "p2"), names(), "three at once");
    answer("p1", 65);
    assertEquals(List.of("p0", "p2", "p3"), names(), "a token has gathered");
    answer("p0", 66);
    assertEquals(List.of("p2", "p3"), names());
    answer("p2", 67);
    answer("p3", 68);
    assertEquals(List.of(), names(), "all have ended, one is still to come");
    machine.advance(75);
    answer("p4", 80);
    finished();
  }

  @Test
  void shouldEndAPageThatWaitsForATokenWhenAborted() {
    start(
        "{executor: per-vu-iterations, vus: 2, iterations: 1}",
        "throttle: {requests_per_second: 1000}, flow: [{parallel: {max: 3}, requests: "
            + pages(3)
            + "}]");
    machine.advance(11);
    machine.onCommand(OperatorCommand.ABORT, 12 * TICK_NS);
    finished();
  }

  @Test
  void shouldDrawAndCountAttemptsUnderAThrottleAsWithoutOne() {
    final String load = "{executor: per-vu-iterations, vus: 1, iterations: 1}";
    final String steps =
        "flow: [{repeat: 3, steps: [{retry: {times: 2}, steps: [{request: {name: a, path: /}}]}]}]";
    final List<Long> free = streams(load, steps);
    assertEquals(6, free.stream().distinct().count());
    assertEquals(free, streams(load, "throttle: {requests_per_second: 100}, " + steps));
    assertEquals(
        List.of(1, 2, 1, 2, 1, 2),
        time.recording().events(Event.Issued.class).stream().map(Event.Issued::attempt).toList());
  }

  @Test
  void shouldOweTheSharedIterationsThatVusLeaveWhoStopThemselves() {
    start(
        "{executor: shared-iterations, vus: 2, iterations: 7}",
        "flow: [{request: {name: a, path: /}}, {stop: vu}]");
    answer(transport.sent.get(0), 5);
    assertFalse(machine.isComplete());
    answer(transport.sent.get(0), 6);
    finished();
    assertEquals(7, machine.metrics().counts().owedArrivals());
    assertEquals(5, machine.metrics().counts().droppedArrivals());
  }

  @Test
  void shouldChooseInTurnOverSharedIterationsWhoeverDoesThem() {
    final String turns =
        "flow: [{choose: round-robin, options: [{steps: [{request: {name: a, path: /}}]},"
            + " {steps: [{request: {name: b, path: /}}]}]}]";
    start("{executor: shared-iterations, vus: 3, iterations: 4}", turns);
    assertEquals(List.of("a", "a", "b"), names());
    answer("b", 5);
    assertEquals(List.of("a", "a", "b"), names(), "iteration 3 is the same VU's");
  }

  /** All requests fail. */
  private List<Long> streams(final String load, final String keys) {
    start(load, keys);
    final List<Long> streams = new ArrayList<>();
    long tick = 1;
    while (!machine.isComplete()) {
      tick++;
      machine.advance(tick - 1);
      if (!transport.sent.isEmpty()) {
        final Sent sent = transport.sent.get(0);
        streams.add(sent.streamKey());
        machine.onCompletion(transport.ended(sent, RequestOutcome.RESET, tick * TICK_NS));
      }
    }
    finished();
    return streams;
  }

  private Rules rules = Rules.LATEST;

  private void start(final String load, final String keys) {
    try {
      plan =
          ScenarioFile.parse(
              "t.yaml",
              "name: t\ntarget: http://h\nscenarios:\n  s: {load: " + load + ", " + keys + "}\n");
    } catch (final ScenarioException e) {
      throw new AssertionError(e.render(), e);
    }
    time = new VirtualTime(plan, 0, 1, transport);
    machine = time.machine();
    machine.start(rules);
    machine.advance(1);
  }

  private static String pages(final int requests) {
    final StringBuilder page = new StringBuilder("[");
    for (int i = 0; i < requests; i++) {
      page.append(i == 0 ? "" : ", ").append("{name: p").append(i).append(", path: /}");
    }
    return page + "]";
  }

  private List<String> names() {
    return transport.sent.stream()
        .map(sent -> plan.requests().get(sent.request()).name())
        .sorted()
        .toList();
  }

  private List<Long> iterations() {
    return time.recording().events(Event.Iterated.class).stream()
        .map(Event.Iterated::iteration)
        .toList();
  }

  private void answer(final String name, final long tick) {
    machine.advance(tick - 1);
    answer(
        transport.sent.stream()
            .filter(sent -> plan.requests().get(sent.request()).name().equals(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + " is not under way, but " + names())),
        tick);
  }

  private void answer(final Sent sent, final long tick) {
    machine.advance(tick - 1);
    machine.onCompletion(transport.ended(sent, RequestOutcome.RESPONSE, tick * TICK_NS));
  }

  private void finished() {
    assertTrue(machine.isComplete());
    JournalLaws.check(plan, 0, 1, time.end().recording().events());
  }
}
