package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run tells of its connections, and its replay without them. */
final class ConnectionRunTest {
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STRAY =
      "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;

  @Test
  void shouldCountConnectionsThatWereClosedForBytesThatNobodyAskedFor() throws IOException {
    Scenarios.write(
        directory,
        "slow.yaml",
        """
        name: slow
        target: http://127.0.0.1:1
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 3}
            think: 300ms
            requests: [{name: r, path: /}]
        """);
    final Invocation run;
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      final Thread thread = new Thread(() -> speakUnasked(server), "speaks-unasked");
      thread.setDaemon(true);
      thread.start();
      run =
          Invocation.of(
              directory,
              "run",
              "slow.yaml",
              "--target",
              "http://127.0.0.1:" + server.getLocalPort(),
              "--name",
              "strays",
              "--json",
              "summary.json");
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.out() + run.err());
    final String told = ", 3 closed since bytes came that no request had asked for";
    assertTrue(run.out().contains(told), run.out());
    assertTrue(
        Files.readString(directory.resolve("summary.json")).contains("\"strays\" : 3"),
        "not in the JSON");
    final Invocation replay = Invocation.of(directory, "replay", "strays");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    final String events = Invocation.of(directory, "inspect", "strays", "--events").out();
    assertTrue(events.contains("connections_sampled"), events);
    assertTrue(events.contains("strays=3"), events);
  }

  /** Says now and then that a request takes long, though none was begun. */
  private static void speakUnasked(final ServerSocket server) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          final InputStream in = socket.getInputStream();
          int ends = 0;
          while (ends < 4) {
            final int b = in.read();
            ends = b == '\r' || b == '\n' ? ends + 1 : 0;
          }
          socket.getOutputStream().write(OK);
          Thread.sleep(50);
          socket.getOutputStream().write(STRAY);
          Thread.sleep(50);
        }
      }
    } catch (final IOException e) {
      assertTrue(server.isClosed(), e::toString);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource({"shared, 1", "dedicated, 2"})
  void shouldBeginWithOpenConnectionsWhereThePlanSaysSo(final String threading, final String shards)
      throws IOException {
    Scenarios.write(
        directory,
        "ahead.yaml",
        """
        name: ahead
        target: http://127.0.0.1:1
        connections: {open_ahead: 20, open_rate: 100, max_requests: 2}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 20, iterations: 3}
            think: 1ms
            requests: [{name: r, path: /}]
        """);
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run =
          Invocation.of(
              directory,
              "run",
              "ahead.yaml",
              "--target",
              target.url(),
              "--name",
              "ahead",
              "--threading",
              threading,
              "--shards",
              shards,
              "--idle",
              "backoff");
      assertEquals(60, target.requests());
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.out() + run.err());
    final String told = "20, 20 opened ahead, 20 closed by their limits";
    assertTrue(run.out().contains(told), run.out());
    final String events = Invocation.of(directory, "inspect", "ahead", "--events").out();
    final String firsts =
        events
            .lines()
            .filter(line -> line.contains("request_completed") && line.contains("requestSeq=1 "))
            .collect(Collectors.joining("\n"));
    assertEquals(20, firsts.lines().count(), firsts);
    assertTrue(firsts.lines().allMatch(line -> line.contains("connect=0")), firsts);
    final Invocation replay = Invocation.of(directory, "replay", "ahead");
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  /**
   * The first shard is a second longer at it than the other one, whose requests and connections are
   * to know nothing of that.
   */
  @ParameterizedTest
  @ValueSource(strings = {"shared", "dedicated"})
  void shouldCountTimesFromTheStartAndNotFromTheOpeningAhead(final String threading)
      throws IOException {
    Scenarios.write(
        directory,
        "late.yaml",
        """
        name: late
        target: http://127.0.0.1:1
        timeout: 50ms
        connections: {open_ahead: 5, open_rate: 2, max_idle: 600ms}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 5, iterations: 1}
            requests: [{name: r, path: "/?at=${now()}"}]
        """);
    final Instant before = Instant.now();
    final Invocation run;
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      run =
          Invocation.of(
              directory,
              "run",
              "late.yaml",
              "--target",
              "http://127.0.0.1:" + silent.getLocalPort(),
              "--name",
              "late",
              "--threading",
              threading,
              "--shards",
              "2",
              "--idle",
              "backoff",
              "--json",
              "late.json");
    }
    final JsonNode summary = new ObjectMapper().readTree(directory.resolve("late.json").toFile());
    assertEquals(5, summary.at("/totals/errors").asInt(), run.out() + run.err());
    assertTrue(run.out().contains("5 response_timeout"), run.out());
    assertTrue(run.out().contains("5 opened ahead"), run.out());
    assertEquals(5, summary.at("/connections/opened").asInt(), "closed before they were wanted");
    assertEquals(0, summary.at("/connections/retired").asInt(), run.out());
    final long endedNs = summary.at("/run/endedNs").asLong();
    assertTrue(endedNs > 0 && endedNs < 500_000_000, "ended after " + endedNs);
    final String began =
        new ObjectMapper()
            .readTree(directory.resolve("runs/late/run.json").toFile())
            .at("/startedAt")
            .asText();
    assertTrue(
        Duration.between(before, Instant.parse(began)).toMillis() >= 1_000,
        () -> "`now()` is from before the start: " + began + ", begun after " + before);
    final Invocation replay = Invocation.of(directory, "replay", "late");
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  @Test
  void shouldAnswerARedirectFromTheCacheWhereItLeadsToWhatIsFresh() throws IOException {
    Scenarios.write(
        directory,
        "hop.yaml",
        """
        name: hop
        target: http://127.0.0.1:1
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            redirects: 3
            cache: true
            flow:
              - request: {name: headless, path: "/etag?tag=b&max_age=3600"}
              - request: {name: first, path: "/etag?tag=b&max_age=3600", checks: [{body: {contains: tagged}, name: has it}]}
              - request:
                  name: second
                  path: "/redirect?to=/etag%3Ftag=b%26max_age=3600"
                  checks: [{body: {contains: tagged}, name: has it}]
              - parallel: {max: 2}
                requests:
                  - {name: third, path: "/redirect?to=/etag%3Ftag=b%26max_age=3600", checks: [{body: {contains: tagged}, name: has it}]}
        """);
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run = Invocation.of(directory, "run", "hop.yaml", "--target", target.url(), "--name", "hop");
      assertEquals(4, target.requests());
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.out() + run.err());
    final String events = Invocation.of(directory, "inspect", "hop", "--events").out();
    assertEquals(2, events.lines().filter(line -> line.contains("how=fresh")).count(), events);
    assertEquals(0, events.lines().filter(line -> line.contains("failed=[has it]")).count());
    final Invocation replay = Invocation.of(directory, "replay", "hop");
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  /** CR and LF from data neither get onto the wire nor end anything; each says why. */
  @Test
  void shouldSayWhyARequestWasNotSent() throws IOException {
    Scenarios.write(
        directory,
        "injected.yaml",
        """
        name: injected
        target: http://127.0.0.1:1
        simulate: {latency: 1ms}
        data:
          words: {rows: [{word: "good"}, {word: "bad\\r\\nX-Evil: 1"}, {word: "schön"}]}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 3}
            flow:
              - request: {name: r, path: "/", headers: {X-Word: "${words.word}"}}
              - think: 1ms
        """);
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run =
          Invocation.of(
              directory, "run", "injected.yaml", "--target", target.url(), "--name", "live");
      assertEquals(2, target.requests());
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.out() + run.err());
    final Invocation simulated =
        Invocation.of(directory, "run", "injected.yaml", "--simulate", "--name", "simulated");
    for (final String one : new String[] {"live", "simulated"}) {
      final String events = Invocation.of(directory, "inspect", one, "--events").out();
      final String noted = "r: the header X-Word has a line break";
      assertEquals(1, events.lines().filter(line -> line.contains(noted)).count(), events);
      final Invocation replay = Invocation.of(directory, "replay", one);
      assertEquals(0, replay.code(), replay.out() + replay.err());
    }
    for (final Invocation one : new Invocation[] {run, simulated}) {
      assertTrue(one.out().contains("1 invalid_request"), one.out());
    }
  }
}
