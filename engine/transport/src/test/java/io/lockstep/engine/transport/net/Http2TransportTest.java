package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.transport.http2.Frames;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 on sockets: what becomes of requests and connections when servers do as they please. */
class Http2TransportTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final int VUS = 50;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int GOAWAY = 7;
  private static final RequestPlan GET = Plans.get(0, "/");
  private static final String[] OK = {":status", "200"};

  private static Plan plan(final int port, final int vus, final int pool, final RequestPlan... r) {
    return Plans.speaking(Plans.of(port, vus, pool, r), new HttpUse(HttpUse.Version.HTTP_2, 100));
  }

  /** Answers each request as soon as it comes, until the client goes. */
  private static void serve(final ScriptedServer.Peer peer) throws IOException {
    peer.beginHttp2();
    for (int id = peer.awaitFrame(HEADERS); id > 0; id = peer.awaitFrame(HEADERS)) {
      peer.write(Frames.none().headers(id, false, OK).data(id, true, "hi"));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldEndARequestWhoseTimeIsOverAndKeepTheConnection(final Backend backend) {
    final RequestPlan patient = Plans.get(1, "/");
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.beginHttp2();
                  peer.awaitFrame(HEADERS);
                  final int second = peer.awaitFrame(HEADERS);
                  assertEquals(1, peer.awaitFrame(RST_STREAM));
                  peer.write(Frames.none().headers(1, true, OK).headers(second, true, OK));
                  peer.awaitFrame(GOAWAY);
                });
        Driver driver =
            new Driver(
                plan(server.port(), 2, 1, Plans.impatient(0, "/", 60_000_000), patient), backend)) {
      driver.send(0, 0);
      driver.send(1, 1);
      final Ended late = driver.next();
      assertEquals(RequestOutcome.RESPONSE_TIMEOUT, late.outcome(), late::toString);
      assertTrue(late.lastByteNs() - late.sentNs() >= 50_000_000, late::toString);
      final Ended other = driver.next();
      assertEquals(RequestOutcome.RESPONSE, other.outcome(), other::toString);
      assertEquals(1, server.accepted());
      assertEquals(0, driver.transport.connections().counts().strays());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldOpenAnotherConnectionWhenOneHasFallenSilent(final Backend backend) {
    for (final int pool : new int[] {0, 1}) {
      try (ScriptedServer server =
              ScriptedServer.start(
                  peer -> {
                    if (peer.index > 0) {
                      serve(peer);
                      return;
                    }
                    peer.beginHttp2();
                    peer.write(Frames.none().headers(peer.awaitFrame(HEADERS), true, OK));
                    peer.awaitFrame(99);
                  });
          Driver driver =
              new Driver(
                  plan(server.port(), 1, pool, Plans.impatient(0, "/", 200_000_000)), backend)) {
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
        assertEquals(RequestOutcome.RESPONSE_TIMEOUT, driver.exchange(0, 0).outcome());
        for (int i = 0; i < 3; i++) {
          assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
        }
        assertEquals(2, server.accepted());
        assertEquals(0, driver.transport.connections().counts().retired());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCancelARequestAndKeepTheConnection(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.beginHttp2();
                  peer.awaitFrame(HEADERS);
                  assertEquals(1, peer.awaitFrame(RST_STREAM));
                  final int next = peer.awaitFrame(HEADERS);
                  peer.write(Frames.none().headers(next, true, OK));
                  peer.awaitFrame(GOAWAY);
                });
        Driver driver = new Driver(plan(server.port(), 1, 0, GET), backend)) {
      final int seq = driver.send(0, 0);
      assertFalse(driver.endsWithin(50));
      driver.transport.cancel(0, seq);
      assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
      assertEquals(1, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSendAgainWhatAServerThatGoesAwayHasNotProcessed(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  if (peer.index > 0) {
                    serve(peer);
                    return;
                  }
                  peer.beginHttp2();
                  peer.awaitFrame(HEADERS);
                  peer.awaitFrame(HEADERS);
                  peer.write(Frames.none().goAway(1, 0, "").headers(1, true, OK));
                  peer.awaitFrame(GOAWAY);
                });
        Driver driver = new Driver(plan(server.port(), 2, 1, GET), backend)) {
      driver.send(0, 0);
      driver.send(1, 0);
      int resent = 0;
      for (int i = 0; i < 2; i++) {
        final Ended end = driver.next();
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
        assertEquals(Completion.HTTP_2, end.protocol());
        resent += end.resent();
      }
      assertEquals(1, resent);
      assertEquals(2, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldGiveUpWhatEveryConnectionRefuses(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.beginHttp2();
                  for (int id = peer.awaitFrame(HEADERS); id > 0; id = peer.awaitFrame(HEADERS)) {
                    peer.write(Frames.none().reset(id, 7));
                  }
                });
        Driver driver = new Driver(plan(server.port(), 1, 0, GET), backend)) {
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.STREAM_REFUSED, end.outcome(), end::toString);
      assertEquals(5, end.resent());
      assertEquals("HTTP/2: REFUSED_STREAM", end.reason());
      assertEquals(1, server.accepted());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldNameWhatEndsAConnectionInTheMiddleOfResponses(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.beginHttp2();
                  peer.awaitFrame(HEADERS);
                  peer.write(Frames.none().headers(1, false, OK).data(1, false, "hal"));
                  switch (peer.index) {
                    case 0:
                      break; // closes
                    case 1:
                      peer.write(Frames.none().goAway(1, 2, "broken"));
                      peer.awaitFrame(99);
                      break;
                    case 2:
                      peer.write(Frames.none().reset(1, 2));
                      peer.awaitFrame(99);
                      break;
                    case 3:
                      peer.write("nonsense\r\nnonsense\r\n");
                      assertEquals(0, peer.awaitFrame(GOAWAY));
                      break;
                    default:
                      peer.pause(50);
                      peer.reset();
                  }
                });
        Driver driver = new Driver(plan(server.port(), 1, 0, GET), backend)) {
      assertEquals(RequestOutcome.CLOSED_EARLY, driver.exchange(0, 0).outcome());
      final int seq = driver.send(0, 0);
      assertFalse(driver.endsWithin(50)); // it may still answer
      driver.transport.cancel(0, seq);
      final Ended reset = driver.exchange(0, 0);
      assertEquals(RequestOutcome.STREAM_RESET, reset.outcome());
      assertEquals(200, reset.status());
      assertTrue(reset.bytesReceived() > 0 && reset.firstByteNs() > 0, reset::toString);
      driver.pollUntil(3, server::accepted);
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldStallWhereTheServerTakesNoDataAndGoOnWhenItDoes(final Backend backend) {
    final RequestPlan large = Plans.request(0, "POST", "/", "x".repeat(3_000_000));
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.beginHttp2(4, 0);
                  peer.awaitFrame(HEADERS);
                  peer.pause(50);
                  peer.write(Frames.none().settings(4, 1 << 30).window(0, 1 << 30));
                  peer.pause(100); // the socket is full by now
                  int last = 0;
                  while (last >= 0 && !peer.sawEndOfStream()) {
                    last = peer.awaitFrame(0);
                  }
                  peer.write(Frames.none().headers(1, true, OK));
                  peer.awaitFrame(GOAWAY);
                });
        Driver driver = new Driver(plan(server.port(), 1, 0, large), backend)) {
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
      assertTrue(end.bytesSent() > 3_000_000 + 9L * 183, end::toString);
      assertTrue(end.handedNs() - end.sentNs() > 40_000_000, end::toString);
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldLetRequestsWaitWhileTheServerReadsNothingAndGoOnWhenItDoes(final Backend backend) {
    final Header secret = new Header("Authorization", "x".repeat(1_000)); // never compressed away
    final RequestPlan impatient =
        new RequestPlan(
            0,
            0,
            "r",
            "POST",
            "/",
            List.of(secret),
            "x".repeat(16_000),
            20_000_000 / Plans.TICK_NS,
            0);
    final AtomicBoolean reads = new AtomicBoolean();
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.beginHttp2();
                  peer.write(Frames.none().window(0, 1 << 30));
                  while (!reads.get()) {
                    peer.write(Frames.none().window(0, 1)); // not silent, at least
                    LockSupport.parkNanos(1_000_000);
                  }
                  for (int id = peer.awaitFrame(HEADERS); id > 0; id = peer.awaitFrame(HEADERS)) {
                    peer.write(Frames.none().headers(id, true, OK));
                  }
                });
        Driver driver =
            new Driver(plan(server.port(), VUS, 1, impatient, Plans.get(1, "/")), backend)) {
      boolean waited = false;
      boolean sentNothing = false;
      for (int i = 0; i < 200 && !waited; i++) {
        for (int vu = 0; vu < VUS; vu++) {
          driver.send(vu, 0);
        }
        for (int vu = 0; vu < VUS; vu++) {
          final Ended end = driver.next();
          waited |= end.outcome() == RequestOutcome.POOL_TIMEOUT;
          sentNothing |= end.outcome() == RequestOutcome.RESPONSE_TIMEOUT && end.bytesSent() == 0;
          assertTrue(end.handedNs() < 0 || end.bytesSent() > 0, end::toString);
        }
      }
      assertTrue(waited);
      assertTrue(sentNothing);
      reads.set(true);
      assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 1).outcome());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCloseByLimitsAndSayGoodbye(final Backend backend) {
    final Keeping keeping = new Keeping(3, 50_000_000, Keeping.UNLIMITED);
    try (ScriptedServer server = ScriptedServer.start(Http2TransportTest::serve);
        Driver driver =
            new Driver(
                Plans.connecting(plan(server.port(), 1, 0, GET), keeping, Opening.PLAIN),
                backend)) {
      for (int i = 0; i < 7; i++) {
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
      }
      assertEquals(3, server.accepted());
      assertEquals(2, driver.transport.connections().counts().retired());
      driver.pollUntil(3, () -> driver.transport.connections().counts().retired());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldUseConnectionsThatWereOpenedAhead(final Backend backend) {
    final Opening ahead = new Opening(2, 1_000, List.of(), false, List.of(), "");
    for (final int pool : new int[] {0, 2}) {
      try (ScriptedServer server = ScriptedServer.start(Http2TransportTest::serve);
          Driver driver =
              new Driver(
                  Plans.connecting(plan(server.port(), 4, pool, GET), Keeping.FOREVER, ahead),
                  backend)) {
        while (!driver.transport.prepare(System.nanoTime(), false)) {
          Thread.onSpinWait();
        }
        for (int vu = 0; vu < 4; vu++) {
          driver.send(vu, 0);
        }
        for (int vu = 0; vu < 4; vu++) {
          assertEquals(RequestOutcome.RESPONSE, driver.next().outcome());
        }
        assertEquals(pool == 0 ? 4 : 2, server.accepted());
        assertEquals(2, driver.transport.connections().counts().ahead());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSayThatATargetOfHttp1DoesNotSpeakIt(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                  peer.pause(50);
                });
        Driver driver = new Driver(plan(server.port(), 1, 0, GET), backend)) {
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.PROTOCOL_VIOLATION, end.outcome());
      assertEquals("HTTP/2: the target answers in HTTP/1, not in HTTP/2", end.reason());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSendTheSameRenderedAsPlanned(final Backend backend) throws IOException {
    final RequestPlan[] planned = {
      Plans.reading(Capture.BODY, Plans.get(0, "/echo?b=c")),
      Plans.reading(Capture.BODY, Plans.request(1, "POST", "/echo", "gr\u00fc\u00df")),
      Plans.reading(Capture.BODY, Plans.request(2, "PUT", "/echo", "x".repeat(100_000))),
    };
    final RequestRenderer renderer = new RequestRenderer();
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
        Driver driver = new Driver(plan(target.address().getPort(), 1, 0, planned), backend)) {
      for (int round = 0; round < 3; round++) {
        for (final RequestPlan request : planned) {
          final Ended whole = driver.exchange(0, request.index());
          final RenderedRequest rendered =
              renderer
                  .begin()
                  .text(request.method())
                  .text(request.path())
                  .headers(0)
                  .text(request.body())
                  .request();
          driver.send(0, request.index(), rendered);
          final Ended other = driver.next();
          assertEquals(RequestOutcome.RESPONSE, other.outcome(), other::toString);
          assertEquals(whole.kept().body(), other.kept().body());
          assertEquals(whole.kept().head(), other.kept().head());
        }
      }
      assertEquals(1, driver.transport.connections().counts().opened());
    }
  }

  @Test
  void shouldSpeakHttp1WithoutTlsUnlessItIsToldOtherwise() throws IOException {
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
        Driver driver = new Driver(Plans.of(target.address().getPort(), 1, 0, GET), Backend.AUTO)) {
      assertEquals(0, driver.exchange(0, 0).protocol());
    }
  }
}
