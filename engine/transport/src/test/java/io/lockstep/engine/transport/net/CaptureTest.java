package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.net.Driver.Kept;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.Recording.Bodies;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept of responses that come over real connections. */
class CaptureTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final int WHOLE = Content.HEAD | Content.BODY;
  private static final int CUT = WHOLE | Content.TRUNCATED;
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final Recording ALL = new Recording(Bodies.ALL, MAX_BODY_BYTES);

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldKeepContentsOfTheTargetsEndpoints(final Backend backend) throws IOException {
    final RequestPlan[] requests = {
      Plans.get(0, "/json"),
      Plans.get(1, "/bytes?n=200000"),
      Plans.request(2, "POST", "/echo", "a body"),
      Plans.get(3, "/bytes?n=0"),
      Plans.get(4, "/status?code=503"),
    };
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
        Driver driver = driver(port(target), 1, 0, ALL, backend, requests)) {
      for (int round = 0; round < 3; round++) {
        final Kept json = kept(driver, 0);
        assertTrue(json.body().endsWith("\"currency\":\"EUR\"}"), json.body());
        assertTrue(
            json.head().toLowerCase(Locale.ROOT).contains("content-type: application/json\r\n"));
        final Kept bytes = kept(driver, 1);
        assertEquals(200_000, bytes.bodyLength());
        assertEquals(200_000, bytes.body().length());
        assertTrue(bytes.body().startsWith("abcdefghijklmnopqrstuvwxyzab"));
        assertTrue(kept(driver, 2).body().contains("a body"));
        assertEquals("", kept(driver, 3).body());
        assertEquals("status 503", kept(driver, 4).body().strip());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldJoinChunksAndLeaveOutInterimHeadsAndTrailers(final Backend backend) {
    final String response =
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nA: 1\r\nTransfer-Encoding: chunked\nB:  2 \r\n\tfolded\r\n\r\n"
            + "5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\nT: trailer\r\n\r\n";
    final Kept expected =
        new Kept(
            "A: 1\r\nTransfer-Encoding: chunked\r\nB:  2  folded\r\n", "hello, world", 12, WHOLE);
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  for (int split = 1; split < response.length() && peer.request(); split += 3) {
                    peer.write(response.substring(0, split));
                    peer.pauseBriefly();
                    peer.write(response.substring(split));
                  }
                });
        Driver driver = driver(server.port(), 1, 0, ALL, backend, Plans.get(0, "/"))) {
      for (int split = 1; split < response.length(); split += 3) {
        assertEquals(expected, kept(driver, 0));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldKeepABodyThatOnlyACloseEnds(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.write("HTTP/1.1 200 OK\r\nA: 1\r\n\r\nuntil");
                  peer.pauseBriefly();
                  peer.write(" close");
                });
        Driver driver = driver(server.port(), 1, 0, ALL, backend, Plans.get(0, "/"))) {
      assertEquals(new Kept("A: 1\r\n", "until close", 11, WHOLE), kept(driver, 0));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldKeepNothingOfAResponseThatBreaksOff(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.request();
                  peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                });
        Driver driver = driver(server.port(), 1, 0, ALL, backend, Plans.get(0, "/"))) {
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.CLOSED_EARLY, end.outcome());
      assertNull(end.kept());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCutALongBodyAndSayHowLongItWas(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(ScriptedServer.OK));
        Driver driver =
            driver(server.port(), 1, 0, new Recording(Bodies.ALL, 1), backend, Plans.get(0, "/"))) {
      assertEquals(new Kept("Content-Length: 2\r\n", "h", 2, CUT), kept(driver, 0));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldKeepOnlyWhatIsReadAndFailedResponses(final Backend backend) throws IOException {
    final RequestPlan[] requests = {
      Plans.get(0, "/status?code=399"),
      Plans.get(1, "/status?code=400"),
      Plans.reading(Capture.HEADERS, Plans.get(2, "/status?code=200")),
      Plans.reading(Capture.BODY, Plans.get(3, "/status?code=201")),
    };
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final Recording failed = new Recording(Bodies.FAILED, MAX_BODY_BYTES);
      try (Driver driver = driver(port(target), 1, 0, failed, backend, requests)) {
        assertNull(driver.exchange(0, 0).kept());
        assertEquals("status 400", kept(driver, 1).body().strip());
        assertEquals(Content.HEAD, kept(driver, 2).flags());
        assertEquals("status 201", kept(driver, 3).body().strip());
        assertNull(driver.exchange(0, 0).kept(), "a used buffer is not shown again");
      }
      try (Driver driver = driver(port(target), 1, 0, Recording.DEFAULT, backend, requests)) {
        assertNull(driver.exchange(0, 1).kept());
        final Kept head = kept(driver, 2);
        assertEquals("", head.body());
        assertTrue(head.head().endsWith("\r\n"), head.head());
        assertEquals(WHOLE, kept(driver, 3).flags());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldKeepTheHeadOfAResponseToAHeadRequest(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> peer.serve("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
        Driver driver =
            driver(server.port(), 1, 0, ALL, backend, Plans.request(0, "HEAD", "/", ""))) {
      assertEquals(new Kept("Content-Length: 9\r\n", "", 0, WHOLE), kept(driver, 0));
      assertEquals(new Kept("Content-Length: 9\r\n", "", 0, WHOLE), kept(driver, 0));
    }
  }

  /** More completions wait to be handed over than one poll may take, while connections go on. */
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldNotMixContentsOfVusThatShareConnections(final Backend backend) throws IOException {
    final int vus = 200;
    final RequestPlan[] requests = new RequestPlan[vus];
    for (int i = 0; i < vus; i++) {
      requests[i] = Plans.request(i, "POST", "/echo?vu=" + i, "x".repeat(i) + "vu" + i + ".");
    }
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
        Driver driver = driver(port(target), vus, 40, ALL, backend, requests)) {
      for (int vu = 0; vu < vus; vu++) {
        driver.send(vu, vu);
      }
      for (int i = 0; i < 5 * vus; i++) {
        final Ended end = driver.next();
        assertTrue(end.kept().body().contains("vu" + end.vu() + "."), end::toString);
        if (i < 4 * vus) {
          driver.send(end.vu(), end.vu());
        }
      }
    }
  }

  private static int port(final TargetServer target) {
    return URI.create(target.url()).getPort();
  }

  private static Kept kept(final Driver driver, final int request) {
    final Ended end = driver.exchange(0, request);
    assertEquals(RequestOutcome.RESPONSE, end.outcome());
    return end.kept();
  }

  private static Driver driver(
      final int port,
      final int vus,
      final int pool,
      final Recording recording,
      final Backend backend,
      final RequestPlan... requests) {
    final Plan plan = Plans.recording(Plans.of(port, vus, pool, requests), recording);
    return new Driver(plan, backend);
  }
}
