package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are rendered for one sending, over real connections. */
class RenderedRequestTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final String OK = ScriptedServer.OK;

  /** More than a connect takes that found the server's backlog full. */
  private static final long PATIENCE_NS = 9_000_000_000L;

  private final RequestRenderer renderer = new RequestRenderer();

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSendTheBytesOfThePlannedRequestWithTheSameText(final Backend backend) {
    final RequestPlan[] planned = {
      Plans.get(0, "/a?b=c"),
      Plans.request(1, "POST", "/p", "gr\u00fc\u00df", new Header("X-A", "b"), new Header("Y", "")),
      Plans.request(2, "PUT", "/", ""),
      Plans.request(3, "DELETE", "/", "x".repeat(100_000)),
    };
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, planned), backend)) {
      for (int round = 0; round < 3; round++) {
        for (final RequestPlan plan : planned) {
          final Ended whole = driver.exchange(0, plan.index());
          driver.send(0, plan.index(), rendered(plan));
          final Ended rendered = driver.next();
          assertEquals(RequestOutcome.RESPONSE, rendered.outcome());
          assertEquals(whole.bytesSent(), rendered.bytesSent());
          final List<String> heads = server.requests();
          assertEquals(heads.get(heads.size() - 2), heads.get(heads.size() - 1));
        }
      }
      assertEquals(1, server.accepted());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void shouldKeepRequestsThatWaitForAConnection(final int pool) {
    final int vus = 120;
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver =
            new Driver(
                Plans.of(server.port(), vus, pool, PATIENCE_NS, Plans.get(0, "/")), Backend.NIO)) {
      for (int vu = 0; vu < vus; vu++) {
        driver.send(vu, 0, get("/of/" + vu));
      }
      for (int i = 0; i < vus; i++) {
        assertEquals(RequestOutcome.RESPONSE, driver.next().outcome());
      }
      for (int vu = 0; vu < vus; vu++) {
        final String line = "GET /of/" + vu + " HTTP/1.1\r\n";
        assertEquals(1, server.requests().stream().filter(r -> r.startsWith(line)).count(), line);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a\r\nX: y", "a", "/\u00fc"})
  void shouldNotSendWhatIsNoRequest(final String path) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, Plans.get(0, "/")), Backend.NIO)) {
      for (int i = 0; i < 3; i++) {
        driver.send(0, 0, get(path));
        final Ended end = driver.next();
        assertEquals(RequestOutcome.INVALID_REQUEST, end.outcome());
        assertEquals(Completion.NULL_TIME, end.sentNs());
        assertEquals(0, end.bytesSent());
      }
      assertEquals(RequestOutcome.RESPONSE, driver.exchange(0, 0).outcome());
      assertEquals(1, server.requests().size());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldLoseNoBufferHoweverRequestsEnd(final Backend backend) {
    assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
    final int before = CountingLeakDetector.leaks();
    final Semaphore answers = new Semaphore(0);
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  while (peer.request()) {
                    answers.acquireUninterruptibly();
                    peer.write(OK);
                  }
                });
        Driver driver =
            new Driver(
                Plans.of(server.port(), 50, 2, Plans.impatient(0, "/", 200_000_000)), backend)) {
      for (int round = 0; round < 3; round++) {
        answers.release(20);
        for (int vu = 0; vu < 50; vu++) {
          driver.send(vu, 0, get(vu % 7 == 0 ? "no path" : "/" + vu));
        }
        int cancelled = 0;
        for (int vu = 45; vu < 49; vu++) {
          driver.transport.cancel(vu, round * 50 + vu);
          cancelled++;
        }
        for (int i = 0; i < 50 - cancelled; i++) {
          driver.next();
        }
      }
    } finally {
      answers.release(1000);
    }
    for (int i = 0; i < 10; i++) {
      System.gc();
      PooledByteBufAllocator.DEFAULT.directBuffer(77).release();
    }
    assertEquals(before, CountingLeakDetector.leaks());
  }

  private RenderedRequest get(final String path) {
    return renderer.begin().text("GET").text(path).headers(0).text("").request();
  }

  private RenderedRequest rendered(final RequestPlan plan) {
    renderer.begin().text(plan.method()).text(plan.path()).headers(plan.headers().size());
    plan.headers().forEach(header -> renderer.text(header.name()).text(header.value()));
    return renderer.text(plan.body()).request();
  }
}
