package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a real HAProxy that soon closes idle connections, where it is installed. */
class HaproxyTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final String CONFIGURATION =
      """
      defaults
        mode http
        timeout client 5s
        timeout server 5s
        timeout connect 1s
        timeout http-keep-alive 300ms
      frontend f
        bind 127.0.0.1:PORT
        bind unix@SOCKET
        http-request return status 204 if { path /empty }
        http-request redirect location /text code 302 if { path /moved }
        http-request return status 200 content-type text/plain string "hello" if { path /text }
        http-request return status 404 content-type text/plain string "none"
      """;
  private static final RequestPlan[] REQUESTS = {
    Plans.get(0, "/text"),
    Plans.request(1, "HEAD", "/text", ""),
    Plans.get(2, "/empty"),
    Plans.get(3, "/moved"),
    Plans.get(4, "/missing"),
    Plans.request(5, "POST", "/text", "some body"),
  };
  private static final int[] STATUSES = {200, 200, 204, 302, 404, 200};

  @TempDir private static Path directory;

  private static Process process;
  private static int port;

  @BeforeAll
  static void startHaproxy() throws IOException {
    final boolean installed = NginxServer.program("haproxy").isPresent();
    if (!installed) {
      System.out.println("HaproxyTest skipped: there is no haproxy on the PATH");
    }
    assumeTrue(installed, "there is no haproxy on the PATH");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    final Path file = directory.resolve("haproxy.cfg");
    Files.writeString(
        file,
        CONFIGURATION
            .replace("PORT", Integer.toString(port))
            .replace("SOCKET", directory.resolve("s").toString()));
    final Path output = directory.resolve("output");
    process =
        new ProcessBuilder(
                NginxServer.program("haproxy").orElseThrow().toString(),
                "-db",
                "-f",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    final long deadlineNs = System.nanoTime() + 10_000_000_000L;
    while (!isListening()) {
      assertTrue(
          process.isAlive() && System.nanoTime() < deadlineNs,
          () -> "haproxy does not listen, see " + output);
      Thread.onSpinWait();
    }
  }

  private static boolean isListening() {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (final IOException e) {
      return false;
    }
  }

  @AfterAll
  static void stopHaproxy() throws InterruptedException {
    if (process != null) {
      process.destroy();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReadEveryKindOfResponseOverOneConnection(final Backend backend) {
    try (Driver driver = new Driver(Plans.of(port, 1, 0, REQUESTS), backend)) {
      readAll(driver);
      assertEquals(1, driver.transport.connections().counts().opened());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldReadTheSameOverAUnixSocket(final Backend backend) {
    final Opening unix =
        new Opening(1, 1_000, List.of(), false, List.of(), directory.resolve("s").toString());
    try (Driver driver =
        new Driver(Plans.connecting(Plans.of(1, 1, 0, REQUESTS), Keeping.FOREVER, unix), backend)) {
      while (!driver.transport.prepare(System.nanoTime(), false)) {
        Thread.onSpinWait();
      }
      readAll(driver);
      assertEquals(1, driver.transport.connections().counts().ahead());
      assertEquals(1, driver.transport.connections().counts().opened());
    }
  }

  private static void readAll(final Driver driver) {
    for (int i = 0; i < 5 * REQUESTS.length; i++) {
      final int request = i % REQUESTS.length;
      final Ended end = driver.exchange(0, request);
      assertEquals(RequestOutcome.RESPONSE, end.outcome(), () -> request + ": " + end);
      assertEquals(STATUSES[request], end.status());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldCountWhatTheProxyClosesWhileIdleAndReconnect(final Backend backend) {
    try (Driver driver = new Driver(Plans.of(port, 1, 0, REQUESTS), backend)) {
      for (int i = 1; i <= 2; i++) {
        assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
        driver.pollUntil(i, () -> driver.transport.connections().counts().closedIdle());
      }
      assertEquals(0, driver.transport.connections().counts().strays());
      assertEquals(2, driver.transport.connections().counts().opened());
    }
  }
}
