package io.lockstep.engine.transport.sim;

import static io.lockstep.engine.core.testing.Plans.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Simulation.ErrorRate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything is drawn from a fixed seed, so each figure is a constant; theory is the reference. */
final class SimulatedTransportTest {
  private static final double MILLI = 1e6;

  /** Two per cent of p50 and five of p99, at 20,000 draws and three digits of the histogram. */
  private static final int REQUESTS = 20_000;

  @Test
  void shouldBringEachLatencyDistributionIntoTheMetrics() {
    final double z99 = 2.3263479;
    latency(new Distribution.Constant(7_000_000), 7, 7);
    latency(new Distribution.Uniform(10_000_000, 30_000_000), 20, 29.8);
    latency(new Distribution.Normal(50_000_000, 5_000_000), 50, 50 + 5 * z99);
    latency(new Distribution.LogNormal(10_000_000, 0.5), 10, 10 * Math.exp(0.5 * z99));
    latency(new Distribution.Exponential(10_000_000), 10 * Math.log(2), 10 * Math.log(100));
    latency(
        new Distribution.Empirical(
            LongArray.of(1_000_000, 5_000_000, 90_000_000), LongArray.of(10, 85, 5)),
        5,
        90);
  }

  @Test
  void shouldFailAsOftenAsAsked() {
    final Plan plan =
        Plans.of(
            Group.iterations("e", 10, REQUESTS / 10)
                .asks(
                    Ask.of("e")
                        .timeout(500)
                        .errors(
                            new ErrorRate(RequestOutcome.RESET, 0.1),
                            new ErrorRate(RequestOutcome.CONNECT_REFUSED, 0.02),
                            new ErrorRate(RequestOutcome.RESPONSE_TIMEOUT, 0.05))));
    final RequestMetrics metrics = run(plan).metrics.figures().request(0);
    share(0.1, metrics.count(RequestOutcome.RESET));
    share(0.02, metrics.count(RequestOutcome.CONNECT_REFUSED));
    share(0.05, metrics.count(RequestOutcome.RESPONSE_TIMEOUT));
    share(0.83, metrics.count(RequestOutcome.RESPONSE));
    assertEquals(REQUESTS, metrics.issued());
    assertEquals(metrics.count(RequestOutcome.RESPONSE), metrics.service().getTotalCount());
  }

  @Test
  void shouldEndARequestThatIsNeverAnsweredAtItsTimeout() {
    final Plan plan =
        Plans.of(
            Group.iterations("t", 1, 3)
                .asks(
                    Ask.of("t")
                        .timeout(123)
                        .errors(new ErrorRate(RequestOutcome.RESPONSE_TIMEOUT, 1))));
    final Run run = run(plan);
    final List<Long> ticks =
        run.events.stream()
            .filter(Event.Completed.class::isInstance)
            .map(event -> event.at().tick())
            .toList();
    assertEquals(List.of(1L + 123, 1L + 246, 1L + 369), ticks);
    assertEquals(3, run.metrics.figures().lateness().getTotalCount(), "they were sent");
    assertTrue(run.metrics.figures().request(0).bytesSent() > 0);
  }

  @Test
  void shouldAnswerWithTheContentsOfTheFileAndJournalThemOnce() {
    final Plan plan =
        Plans.recording(
            Plans.of(
                Group.iterations("c", 3, 50)
                    .asks(Ask.of("c").errors(new ErrorRate(RequestOutcome.RESET, 0.3)))),
            new Recording(Recording.Bodies.ALL, 4),
            List.of(new Header("A", "b"), new Header("C", "")),
            "body text");
    final Run run = run(plan);
    final List<String> parts =
        run.events.stream()
            .filter(Event.ContentPart.class::isInstance)
            .map(event -> ((Event.ContentPart) event).text())
            .toList();
    assertEquals(List.of("A: b\r\nC: \r\n", "body"), parts);
    final List<Event.Kept> kept =
        run.events.stream()
            .filter(Event.Kept.class::isInstance)
            .map(Event.Kept.class::cast)
            .toList();
    assertEquals(run.metrics.counts().responses(), kept.size());
    assertTrue(kept.size() < 150, "failures have none");
    assertEquals(9, kept.get(0).bodyLength());
    assertEquals(4, kept.get(0).keptLength());
  }

  /** Its end was taken together with that of the request whose completion gave it up. */
  @Test
  void shouldNotEndARequestWithTheAnswerOfOneThatWasGivenUpInTheSameTick() {
    final Plan plan = Plans.of(Group.iterations("r", 2, 1));
    final List<String> ended = new ArrayList<>();
    try (SimulatedTransport transport = new SimulatedTransport(plan, 0, 1)) {
      transport.send(0, 0, 1, 7, 1, 0, null);
      transport.send(1, 0, 1, 8, 1, 0, null);
      final long tick = transport.nextTick();
      final Transport.CompletionHandler handler =
          completion -> {
            ended.add(completion.vu + " " + completion.requestSeq + " " + completion.lastByteNs);
            if (completion.vu == 0) {
              transport.cancel(1, 1);
              transport.send(1, 0, 2, 9, tick, completion.lastByteNs, null);
            }
          };
      while (transport.nextTick() != Transport.NULL_TICK) {
        transport.poll(transport.nextTick(), handler, Integer.MAX_VALUE);
      }
    }
    assertEquals(List.of("0 1 5000000", "1 1 5000000", "1 2 10000000"), ended);
  }

  @Test
  void shouldEndRenderedRequestsAsTheNetworkWould() {
    final Plan plan = Plans.of(Group.iterations("r", 1, 1));
    final List<Completion> ended = new ArrayList<>();
    try (SimulatedTransport transport = new SimulatedTransport(plan, 0, 1)) {
      final RequestRenderer renderer = new RequestRenderer();
      renderer.begin().text("GET").text("/longer/path").headers(1).text("A").text("b").text("");
      transport.send(0, 0, 1, 0, 1, Plans.TICK_NS, renderer.request());
      next(transport, ended);
      assertEquals(RequestOutcome.RESPONSE, ended.get(0).outcome);
      assertEquals("GET /longer/path HTTP/1.1\r\nA: b\r\n\r\n".length(), ended.get(0).bytesSent);
      transport.send(0, 0, 2, 0, 1000, 1000 * Plans.TICK_NS, null);
      next(transport, ended);
      assertEquals(plan.requests().get(0).logicalBytes(), ended.get(0).bytesSent);
      renderer.begin().text("GET").text("no path").headers(0).text("");
      transport.send(0, 0, 3, 0, 2000, 2000 * Plans.TICK_NS, renderer.request());
      assertEquals(2001, next(transport, ended));
      assertEquals(RequestOutcome.INVALID_REQUEST, ended.get(0).outcome);
      assertEquals(0, ended.get(0).bytesSent);
    }
  }

  /** Polls until something ends; returns when. */
  private static long next(final SimulatedTransport transport, final List<Completion> ended) {
    long tick = transport.nextTick();
    while (transport.poll(tick, ended::add, 1) == 0) {
      tick = transport.nextTick();
    }
    return tick;
  }

  @Test
  void shouldLetTimePassWhereAnswersAreFasterThanATick() {
    final Plan plan =
        Plans.of(
            Group.duration("fast", 1, SECOND)
                .asks(Ask.of("fast").latency(new Distribution.Constant(10_000))));
    final MetricsTracker metrics = run(plan).metrics;
    assertTrue(
        Math.abs(SECOND - metrics.counts().issued()) <= 1,
        "once a tick: " + metrics.counts().issued());
    assertTrue(metrics.figures().request(0).service().getMaxValue() <= 2 * Plans.TICK_NS);
    assertEquals(1e9, (double) metrics.endedNs(), 3.0 * Plans.TICK_NS);
  }

  @Test
  void shouldKeepNoServerBusyWhereNoConnectionComesAbout() {
    final Plan plan =
        Plans.of(
            1,
            1,
            List.of(
                Group.rate("r", 50, 100, SECOND)
                    .asks(
                        Ask.of("r")
                            .latency(new Distribution.Constant(100_000_000))
                            .errors(new ErrorRate(RequestOutcome.CONNECT_REFUSED, 1)))));
    final MetricsTracker metrics = run(plan).metrics;
    assertEquals(0, metrics.counts().droppedArrivals(), "ten at once would queue for ever");
    assertEquals(100, metrics.figures().request(0).count(RequestOutcome.CONNECT_REFUSED));
  }

  @Test
  void shouldTimeOutWhatTakesLongerThanAYear() {
    final Plan plan =
        Plans.of(
            Group.iterations("t", 1, 2)
                .asks(
                    Ask.of("t")
                        .timeout(10)
                        .latency(new Distribution.Constant(Long.MAX_VALUE / 2))));
    assertEquals(2, run(plan).metrics.figures().request(0).count(RequestOutcome.RESPONSE_TIMEOUT));
  }

  /**
   * Arrivals every 10 ms, two servers that take 15 ms each: D/D/2 never waits; one server queues.
   */
  @Test
  void shouldQueueByTheNumberOfServers() {
    final Group even =
        Group.rate("d", 500, 100, SECOND)
            .graceful(10 * SECOND)
            .asks(Ask.of("d").latency(new Distribution.Constant(15_000_000)));
    final MetricsTracker two = run(Plans.of(1, 2, List.of(even))).metrics;
    assertEquals(15, two.figures().request(0).service().getMaxValue() / MILLI, 0.02);
    final Run one = run(Plans.of(1, 1, List.of(even)));
    final List<Long> waits =
        one.events.stream()
            .filter(Event.Completed.class::isInstance)
            .map(
                event ->
                    ((Event.Completed) event).lastByteNs() - ((Event.Completed) event).sentNs())
            .toList();
    assertEquals(100, waits.size());
    for (int i = 0; i < waits.size(); i++) {
      assertEquals(15_000_000 + i * 5_000_000L, waits.get(i), "request " + i);
    }
  }

  /** Erlang's C formula for Poisson arrivals and exponential service. */
  @Test
  void shouldWaitAsErlangSays() {
    final int servers = 3;
    final double serviceMs = 10;
    final long perSecond = 240;
    final Group group =
        Group.arrivals("m", 1000, perSecond, 1000 * SECOND, Load.ArrivalProcess.POISSON)
            .graceful(60 * SECOND)
            .asks(
                Ask.of("m").timeout(60 * SECOND).latency(new Distribution.Exponential(10_000_000)));
    final MetricsTracker metrics = run(Plans.of(7, servers, List.of(group))).metrics;
    assertEquals(0, metrics.counts().droppedArrivals());
    final double load = perSecond * serviceMs / 1000;
    double sum = 0;
    double term = 1;
    for (int k = 0; k < servers; k++) {
      sum += term;
      term *= load / (k + 1);
    }
    final double last = term * servers / (servers - load);
    final double waitsMs = last / (sum + last) * serviceMs / (servers - load);
    final double expected = serviceMs + waitsMs;
    // 240,000 correlated waits at 80 % load: about one per cent of deviation, and three of those.
    assertEquals(
        expected, metrics.figures().request(0).service().getMean() / MILLI, 0.03 * expected);
  }

  @Test
  void shouldAnswerAlikeInEveryShard() {
    final Plan plan =
        Plans.of(
            Group.iterations("s", 7, 30)
                .asks(
                    Ask.of("s")
                        .latency(new Distribution.Exponential(3_000_000))
                        .errors(new ErrorRate(RequestOutcome.RESET, 0.2))));
    final MetricsTracker whole = run(plan).metrics;
    final MetricsTracker sum = new MetricsTracker(1);
    for (int shard = 0; shard < 3; shard++) {
      sum.add(
          new VirtualTime(plan, shard, 3, new SimulatedTransport(plan, shard, 3))
              .run()
              .machine()
              .metrics());
    }
    assertEquals(whole.figures().request(0).service(), sum.figures().request(0).service());
    assertEquals(
        whole.figures().request(0).count(RequestOutcome.RESET),
        sum.figures().request(0).count(RequestOutcome.RESET));
    assertEquals(whole.endedNs(), sum.endedNs());
  }

  @Test
  void shouldRefuseMoreShardsThanServers() {
    final Plan plan = Plans.of(1, 2, List.of(Group.iterations("s", 7, 1)));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> new SimulatedTransport(plan, 0, 3))
            .getMessage()
            .contains("fewer shards or more servers"));
  }

  private record Run(MetricsTracker metrics, List<Event> events) {}

  private static Run run(final Plan plan) {
    final VirtualTime time = new VirtualTime(plan, 0, 1, new SimulatedTransport(plan, 0, 1)).run();
    return new Run(time.machine().metrics(), time.recording().events());
  }

  private static void latency(
      final Distribution distribution, final double p50Ms, final double p99Ms) {
    final Plan plan =
        Plans.of(
            Group.iterations("l", 10, REQUESTS / 10)
                .think(new Distribution.Uniform(0, 3_000_000))
                .asks(Ask.of("l").latency(distribution)));
    final RequestMetrics metrics = run(plan).metrics.figures().request(0);
    assertEquals(REQUESTS, metrics.service().getTotalCount());
    final String name = distribution.toString();
    assertEquals(p50Ms, metrics.service().getValueAtPercentile(50) / MILLI, 0.02 * p50Ms, name);
    assertEquals(p99Ms, metrics.service().getValueAtPercentile(99) / MILLI, 0.05 * p99Ms, name);
    assertEquals(metrics.service(), metrics.response(), "virtual time is never late");
  }

  private static void share(final double probability, final long count) {
    final double deviation = Math.sqrt(REQUESTS * probability * (1 - probability));
    assertEquals(REQUESTS * probability, (double) count, 4 * deviation);
  }
}
