package io.lockstep.app.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets that break connections and responses at every stage. */
final class FaultRunTest {
  /** More than what the sockets hold of a sender and of a receiver that does not read. */
  private static final String LARGE_BODY = "${string(1000000)}".repeat(8);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"epoll, shared", "nio, dedicated"})
  void shouldTellStageKindAndReasonOfEveryFaultAndReplayIt(
      final String network, final String threading) throws IOException {
    final StringBuilder steps = new StringBuilder();
    for (final Fault fault : Fault.values()) {
      steps.append("      - request:\n          name: ").append(fault);
      steps.append("\n          path: /").append(fault).append('\n');
      if (fault.needsLargeRequest()) {
        steps
            .append("          method: POST\n          body: \"")
            .append(LARGE_BODY)
            .append("\"\n");
      }
    }
    final FaultRun run;
    try (FaultServer server = FaultServer.start(Fault::serve)) {
      run =
          FaultRun.of(
              directory,
              server.url(),
              """
              timeout: 400ms
              connections: {mode: per-request, connect_timeout: 300ms, LIMITS}
              scenarios:
                all:
                  load: {executor: per-vu-iterations, vus: 2, iterations: 1}
                  flow:
                    - request: {name: fine, path: /ok}
                    - request: {name: slow, path: /slow}
              STEPS
              """
                  .replace("LIMITS", Fault.LIMITS)
                  .replace("STEPS", steps),
              "--network",
              network,
              "--threading",
              threading);
    }
    final Map<String, String> expected =
        Arrays.stream(Fault.values())
            .collect(Collectors.toMap(Fault::name, Fault::told, (a, b) -> a, TreeMap::new));
    assertEquals(expected, run.toldByRequest());
    assertEquals(4, run.total("responses"));
    assertEquals(2L * Fault.values().length, run.total("errors"));
    run.assertConserved();
    run.assertReplays();
  }

  @Test
  void shouldKeepWhatIsOwedWhateverAnOpenLoadMeets() throws IOException {
    final List<Fault> some =
        Arrays.stream(Fault.values()).filter(fault -> !fault.needsLargeRequest()).toList();
    final FaultRun run;
    try (FaultServer server =
        FaultServer.start(
            peer -> {
              peer.path();
              if (peer.index % 3 == 0) {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
              } else {
                some.get(peer.index % some.size()).script.run(peer);
              }
            })) {
      run =
          FaultRun.of(
              directory,
              server.url(),
              """
              timeout: 200ms
              connections: {mode: per-request, connect_timeout: 300ms, LIMITS}
              thresholds: {"http_reqs{error_stage:receive}": ["count>10"], "http_reqs{error_stage:tls}": ["count==0"]}
              scenarios:
                all:
                  load: {executor: constant-arrival-rate, rate: 100, duration: 2s, max_vus: 10, graceful_stop: 1s}
                  requests: [{name: any, path: /any}]
              """
                  .replace("LIMITS", Fault.LIMITS),
              "--shards",
              "2");
    }
    assertEquals(200, run.total("arrivalsOwed"));
    assertEquals(200, run.total("arrivalsStarted") + run.total("arrivalsDropped"));
    assertTrue(run.total("responses") > 10, run::toString);
    assertTrue(run.failures().size() > 5, run::toString);
    run.assertConserved();
    run.assertReplays();
  }

  /**
   * A reset behind the end of a response is nobody's failure, as long as no request is under way.
   */
  @Test
  void shouldNotBlameARequestForAResetThatComesAfterItsResponse() throws IOException {
    final FaultRun run;
    try (FaultServer server =
        FaultServer.start(
            peer -> {
              peer.path();
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
              peer.reset();
            })) {
      run =
          FaultRun.of(
              directory,
              server.url(),
              """
              scenarios:
                all:
                  load: {executor: per-vu-iterations, vus: 2, iterations: 5}
                  think: 150ms
                  requests: [{name: any, path: /any}]
              """);
    }
    assertEquals(10, run.total("responses"));
    assertEquals(0, run.total("errors"), run::toString);
    assertTrue(run.summary().at("/connections/closedIdle").asLong() >= 8, run::toString);
    run.assertReplays();
  }

  @Test
  void shouldTellThatNobodyListens() throws IOException {
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    final FaultRun run = FaultRun.of(directory, "http://127.0.0.1:" + port, FaultRun.TEN_REQUESTS);
    assertEquals(
        List.of("10 connect connect_refused: 10 ECONNREFUSED: Connection refused"), run.failures());
    run.assertConserved();
    run.assertReplays();
  }

  /** The kernel answers no further connection attempts of those that nobody accepts. */
  @Test
  void shouldTellThatTheAcceptQueueIsFull() throws IOException {
    final List<Socket> waiting = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 2; i++) {
        waiting.add(new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()));
      }
      final FaultRun run =
          FaultRun.of(
              directory,
              "http://127.0.0.1:" + server.getLocalPort(),
              "connections: {connect_timeout: 200ms}\n" + FaultRun.TEN_REQUESTS);
      assertEquals(
          List.of("10 connect connect_timeout: 10 no answer to the connection attempt in time"),
          run.failures());
      run.assertConserved();
      run.assertReplays();
    } finally {
      for (final Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** The kernel takes connection and request, and no process ever looks at them. */
  @Test
  void shouldTellThatNobodyAcceptsWhatTheKernelTook() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      final FaultRun run =
          FaultRun.of(
              directory,
              "http://127.0.0.1:" + server.getLocalPort(),
              "timeout: 200ms\n" + FaultRun.TEN_REQUESTS);
      assertEquals(
          List.of("10 wait response_timeout: 10 the request was out, and nothing came in time"),
          run.failures());
      run.assertConserved();
      run.assertReplays();
    }
  }

  @Test
  void shouldTellThatNoConnectionOfAPoolBecameFree() throws IOException {
    final FaultRun run;
    try (FaultServer server = FaultServer.start(FaultServer.Peer::hang)) {
      run =
          FaultRun.of(
              directory,
              server.url(),
              """
              connections: {mode: shared, size: 1}
              scenarios:
                holder:
                  load: {executor: per-vu-iterations, vus: 1, iterations: 1}
                  requests: [{name: hold, path: /hold, timeout: 2s}]
                others:
                  load: {executor: per-vu-iterations, vus: 4, iterations: 1}
                  flow:
                    - think: 500ms
                    - request: {name: any, path: /any, timeout: 200ms}
              """);
    }
    assertEquals(
        List.of(
            "4 connect pool_timeout: 4 no connection of the pool became free in time",
            "1 wait response_timeout: 1 the request was out, and nothing came in time"),
        run.failures());
    run.assertConserved();
    run.assertReplays();
  }

  @Test
  void shouldJournalEachReasonOnceAndEachFailureIn32Bytes() throws IOException {
    final FaultRun run;
    try (FaultServer server = FaultServer.start(peer -> peer.path())) {
      run =
          FaultRun.of(
              directory,
              server.url(),
              FaultRun.TEN_REQUESTS.replace("iterations: 5", "iterations: 50"));
    }
    final List<JsonNode> events = run.events();
    assertEquals(100, FaultRun.count(events, "failure_reasoned"));
    assertEquals(1, FaultRun.count(events, "reason_defined"));
    assertEquals(0, FaultRun.count(events, "failure_explained"));
    run.assertReplays();
  }
}
