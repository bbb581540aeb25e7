package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a real server, where nginx is installed. */
class NginxTest {
  private static final int KEEPALIVE_REQUESTS = 100;
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final RequestPlan[] REQUESTS = {
    Plans.get(0, "/"),
    Plans.request(1, "HEAD", "/", ""),
    Plans.get(2, "/empty"),
    Plans.get(3, "/", new io.lockstep.scenario.plan.Header("If-None-Match", "*")),
    Plans.get(4, "/chunked"),
    Plans.get(5, "/missing"),
    Plans.request(6, "POST", "/text", "some body"),
  };
  private static final int[] STATUSES = {200, 200, 204, 304, 200, 404, 200};

  private static NginxServer nginx;

  @BeforeAll
  static void startNginx() throws IOException {
    final boolean installed = NginxServer.program("nginx").isPresent();
    if (!installed) {
      System.out.println("NginxTest skipped: there is no nginx on the PATH");
    }
    assumeTrue(installed, "there is no nginx on the PATH");
    nginx = NginxServer.start(KEEPALIVE_REQUESTS, List.of());
  }

  @AfterAll
  static void stopNginx() throws IOException {
    if (nginx != null) {
      nginx.close();
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReadEveryKindOfResponseAndReconnectAtTheKeepaliveLimit(final Backend backend) {
    try (Driver driver = new Driver(Plans.of(nginx.port(), 1, 0, REQUESTS), backend)) {
      int connects = 0;
      final int total = 10 * KEEPALIVE_REQUESTS;
      for (int i = 0; i < total; i++) {
        final int request = i % REQUESTS.length;
        final Ended end = driver.exchange(0, request);
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), () -> request + ": " + end);
        assertEquals(STATUSES[request], end.status());
        connects += end.connectNs() > 0 ? 1 : 0;
      }
      assertEquals(total / KEEPALIVE_REQUESTS, connects);
      assertEquals(0, driver.transport.connections().counts().strays());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldKeepContentsOfEveryKindOfResponse(final Backend backend) {
    final Recording all = new Recording(Recording.Bodies.ALL, 1 << 20);
    final Plan plan = Plans.recording(Plans.of(nginx.port(), 1, 0, REQUESTS), all);
    try (Driver driver = new Driver(plan, backend)) {
      for (int request = 0; request < REQUESTS.length; request++) {
        final Ended end = driver.exchange(0, request);
        assertTrue(end.kept().head().contains("Server: nginx"), end::toString);
        final boolean hasBody = STATUSES[request] == 404 || (request % 2 == 0 && request != 2);
        assertEquals(hasBody, !end.kept().body().isEmpty(), end::toString);
        assertEquals(end.kept().bodyLength(), end.kept().body().length());
        assertTrue(end.kept().bodyLength() + end.kept().head().length() < end.bytesReceived());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCarryManyVusOverAPool(final Backend backend) {
    final int vus = 500;
    try (Driver driver = new Driver(Plans.of(nginx.port(), vus, 7, REQUESTS), backend)) {
      for (int vu = 0; vu < vus; vu++) {
        driver.send(vu, vu % REQUESTS.length);
      }
      for (int i = 0; i < 4 * vus; i++) {
        final Ended end = driver.next();
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
        assertTrue(end.status() >= 200, end::toString);
        if (i < 3 * vus) {
          driver.send(end.vu(), end.vu() % REQUESTS.length);
        }
      }
    }
  }
}
