package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 by prior knowledge against real servers, where they are installed. */
class Http2ServersTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final String LARGE = "z".repeat(300_000);
  private static final String NGINX =
      """
      daemon off;
      worker_processes 1;
      pid nginx.pid;
      error_log stderr error;
      events { worker_connections 4096; }
      http {
        access_log off;
        client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
        uwsgi_temp_path tmp; scgi_temp_path tmp;
        client_max_body_size 10m;
        server {
          listen 127.0.0.1:PORT http2;
          keepalive_requests 100;
          http2_max_concurrent_streams 8;
          location / { root html; }
          location = /empty { return 204; }
          location = /text { return 200 "hello"; }
        }
      }
      """;
  private static final String HAPROXY =
      """
      defaults
        mode http
        timeout client 5s
        timeout server 5s
        timeout connect 1s
      frontend f
        bind 127.0.0.1:PORT proto h2
        http-request return status 204 if { path /empty }
        http-request return status 200 content-type text/plain string "hello" if { path /text }
        http-request return status 404 content-type text/plain string "none"
      """;

  @TempDir private Path directory;

  private static Plan http2(final Plan plan, final int maxStreams) {
    return Plans.speaking(plan, new HttpUse(HttpUse.Version.HTTP_2, maxStreams));
  }

  private ServerProcess nghttpd() throws IOException {
    final String program = ServerProcess.require("nghttpd").toString();
    final int port = ServerProcess.freePort();
    Files.writeString(directory.resolve("index.html"), "x".repeat(612));
    Files.writeString(directory.resolve("large"), LARGE);
    return ServerProcess.start(
        port,
        directory.resolve("output"),
        List.of(
            program,
            "--no-tls",
            "-a",
            "127.0.0.1",
            "-m",
            "8",
            "--echo-upload",
            "-d",
            directory.toString(),
            Integer.toString(port)));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReadEveryKindOfResponseOfNghttpd(final Backend backend) throws IOException {
    final RequestPlan[] requests = {
      Plans.get(0, "/index.html"),
      Plans.request(1, "HEAD", "/index.html", ""),
      Plans.get(2, "/missing", new Header("Cookie", "a=1; b=2"), new Header("Connection", "close")),
      Plans.get(3, "/large"),
      Plans.request(4, "POST", "/echo", LARGE),
      Plans.request(5, "PUT", "/echo", ""),
    };
    final int[] statuses = {200, 200, 404, 200, 200, 200};
    final Recording all = new Recording(Recording.Bodies.ALL, 1 << 20);
    try (ServerProcess server = nghttpd();
        Driver driver =
            new Driver(
                http2(Plans.recording(Plans.of(server.port(), 1, 0, requests), all), 100),
                backend)) {
      for (int i = 0; i < 5 * requests.length; i++) {
        final int request = i % requests.length;
        final Ended end = driver.exchange(0, request);
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), () -> request + ": " + end);
        assertEquals(statuses[request], end.status(), () -> request + ": " + end);
        assertTrue(end.kept().head().contains("server: nghttpd"), () -> end.kept().head());
        assertTrue(end.sentNs() <= end.handedNs() && end.firstByteNs() <= end.lastByteNs());
        if (request == 0) {
          assertEquals("x".repeat(612), end.kept().body());
        } else if (request == 3 || request == 4) {
          assertEquals(LARGE, end.kept().body());
        } else if (request == 1) {
          assertEquals("", end.kept().body());
        }
      }
      assertEquals(1, driver.transport.connections().counts().opened());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldShareConnectionsAmongManyVus(final Backend backend) throws IOException {
    final RequestPlan[] requests = {
      Plans.get(0, "/index.html"), Plans.get(1, "/large"), Plans.request(2, "POST", "/echo", LARGE)
    };
    final int vus = 200;
    try (ServerProcess server = nghttpd();
        Driver driver =
            new Driver(http2(Plans.of(server.port(), vus, 3, requests), 100), backend)) {
      for (int vu = 0; vu < vus; vu++) {
        driver.send(vu, vu % requests.length);
      }
      for (int i = 0; i < 4 * vus; i++) {
        final Ended end = driver.next();
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
        assertEquals(200, end.status(), end::toString);
        if (i < 3 * vus) {
          driver.send(end.vu(), end.vu() % requests.length);
        }
      }
      assertEquals(3, driver.transport.connections().counts().opened());
    }
  }

  /** It closes after a hundred requests, with GOAWAY: what it has not taken is sent again. */
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldLoseNothingWhenNginxGoesAwayAtItsLimit(final Backend backend) throws IOException {
    ServerProcess.require("nginx");
    final RequestPlan[] requests = {
      Plans.get(0, "/"),
      Plans.get(1, "/empty"),
      Plans.get(2, "/text"),
      Plans.get(3, "/missing"),
      Plans.request(4, "POST", "/text", LARGE),
    };
    final int[] statuses = {200, 204, 200, 404, 200};
    final int vus = 40;
    try (NginxServer server = NginxServer.start(NGINX, Map.of(), List.of());
        Driver driver =
            new Driver(http2(Plans.of(server.port(), vus, 2, requests), 100), backend)) {
      for (int vu = 0; vu < vus; vu++) {
        driver.send(vu, vu % requests.length);
      }
      int resent = 0;
      for (int i = 0; i < 50 * vus; i++) {
        final Ended end = driver.next();
        resent += end.resent();
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
        assertEquals(statuses[end.vu() % requests.length], end.status(), end::toString);
        if (i < 49 * vus) {
          driver.send(end.vu(), end.vu() % requests.length);
        }
      }
      assertTrue(driver.transport.connections().counts().opened() >= 20);
      System.out.printf("%s: sent again %d of %d%n", backend, resent, 50 * vus);
      assertTrue(resent > 0, "nothing was refused");
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSpeakWithHaproxyOneConnectionForEachRequest(final Backend backend) throws IOException {
    final String program = ServerProcess.require("haproxy").toString();
    final RequestPlan[] requests = {
      Plans.get(0, "/text"), Plans.get(1, "/empty"), Plans.request(2, "POST", "/x", "body")
    };
    final int[] statuses = {200, 204, 404};
    final int port = ServerProcess.freePort();
    final Path file = directory.resolve("haproxy.cfg");
    Files.writeString(file, HAPROXY.replace("PORT", Integer.toString(port)));
    try (ServerProcess server =
            ServerProcess.start(
                port, directory.resolve("output"), List.of(program, "-db", "-f", file.toString()));
        Driver driver = new Driver(http2(Plans.of(server.port(), 3, -1, requests), 100), backend)) {
      for (int i = 0; i < 30; i++) {
        final int request = i % requests.length;
        final Ended end = driver.exchange(i % 3, request);
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), () -> request + ": " + end);
        assertEquals(statuses[request], end.status());
        assertTrue(end.connectNs() > 0);
      }
      assertEquals(30, driver.transport.connections().counts().opened());
    }
  }
}
