package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport.CompletionHandler;
import io.lockstep.engine.transport.http2.Frames;
import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request allocates, and that nothing is lost. */
class MemoryTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final RequestPlan GET = Plans.get(0, "/");
  private static final int CANARY_BYTES = 1 << 16;
  private static final int WARM_UP = 20_000;
  private static final int REQUESTS = 20_000;

  /** On average; a few objects per garbage collection or recompilation are not the requests'. */
  private static final double MAX_BYTES_PER_REQUEST = 16;

  /** Over HTTP/2, where what is decompressed are objects. */
  private static final double MAX_BYTES_PER_STREAM = 600;

  /**
   * Netty makes an object in each look at a ring, the JDK at a selector; few requests share one.
   */
  private static final double MAX_BYTES_PER_LOOK = 40;

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldAllocateNextToNothingPerRequest(final Backend backend) throws Exception {
    final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    final double[] bytes = new double[1];
    final Thread thread = new FastThreadLocalThread(() -> bytes[0] = bytesPerRequest(backend));
    try {
      thread.start();
      thread.join();
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
    System.out.printf(Locale.ROOT, "%s allocates %.2f bytes per request%n", backend, bytes[0]);
    final double most = backend == Backend.EPOLL ? MAX_BYTES_PER_REQUEST : MAX_BYTES_PER_LOOK;
    assertTrue(bytes[0] < most, () -> bytes[0] + " bytes per request");
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldAllocateLittleMoreOverHttp2ThanCompressedHeadersTake(final Backend backend)
      throws Exception {
    final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    final double[] bytes = new double[1];
    final Thread thread = new FastThreadLocalThread(() -> bytes[0] = bytesPerStream(backend));
    try {
      thread.start();
      thread.join();
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
    System.out.printf(
        Locale.ROOT, "%s allocates %.2f bytes per request over HTTP/2%n", backend, bytes[0]);
    assertTrue(
        bytes[0] > 0 && bytes[0] < MAX_BYTES_PER_STREAM, () -> bytes[0] + " bytes per request");
  }

  private static double bytesPerStream(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(MemoryTest::serveHttp2)) {
      return bytesPerRequest(
          backend,
          Plans.speaking(
              Plans.of(server.port(), 4, 1, GET), new HttpUse(HttpUse.Version.HTTP_2, 100)));
    }
  }

  private static void serveHttp2(final ScriptedServer.Peer peer) throws IOException {
    peer.beginHttp2();
    for (int id = peer.awaitFrame(1); id > 0; id = peer.awaitFrame(1)) {
      peer.write(
          Frames.none()
              .headers(id, false, ":status", "200", "content-length", "2", "server", "s")
              .data(id, true, "hi"));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldLoseNoBufferHoweverConnectionsOfHttp2End(final Backend backend) {
    final int before = CountingLeakDetector.leaks();
    final RequestPlan large = Plans.request(0, "POST", "/", "x".repeat(200_000));
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.beginHttp2();
              peer.awaitFrame(1);
              switch (peer.index % 5) {
                case 0:
                  peer.reset();
                  break;
                case 1:
                  peer.write("nonsense, nonsense and nonsense");
                  break;
                case 2:
                  peer.write(Frames.none().goAway(0, 0, "x"));
                  break;
                case 3:
                  peer.write(Frames.none().frame(1, 0, 1, new byte[9]));
                  peer.pause(5);
                  break;
                default:
                  peer.write(Frames.none().headers(1, false, ":status", "200"));
                  peer.awaitFrame(99);
              }
            })) {
      for (int round = 0; round < 10; round++) {
        final HttpUse use = new HttpUse(HttpUse.Version.HTTP_2, 5);
        try (Driver driver =
            new Driver(
                Plans.speaking(Plans.of(server.port(), 20, round % 5, large), use), backend)) {
          for (int vu = 0; vu < 20; vu++) {
            driver.send(vu, 0);
          }
          driver.endsWithin(50);
        }
      }
    }
    reportLeaks();
    assertEquals(before, CountingLeakDetector.leaks(), "lost buffers");
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldLoseNoBufferHoweverConnectionsEnd(final Backend backend) {
    assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
    final int before = CountingLeakDetector.leaks();
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.request();
              if (peer.index % 3 == 0) {
                peer.reset();
              } else if (peer.index % 3 == 1) {
                peer.write("nonsense\r\n");
              } else {
                peer.serve(ScriptedServer.OK);
              }
            })) {
      for (int round = 0; round < 10; round++) {
        try (Driver driver = new Driver(Plans.of(server.port(), 20, 0, GET), backend)) {
          for (int vu = 0; vu < 20; vu++) {
            driver.send(vu, 0);
          }
          for (int i = 0; i < 10; i++) {
            driver.next();
          }
        }
      }
    }
    reportLeaks();
    assertEquals(before, CountingLeakDetector.leaks(), "lost buffers");
  }

  @Test
  void shouldSeeALostBuffer() {
    final int before = CountingLeakDetector.leaks();
    CountingLeakDetector.expectLeaks(true);
    try {
      PooledByteBufAllocator.DEFAULT.directBuffer(77).writeByte(1);
      reportLeaks();
    } finally {
      CountingLeakDetector.expectLeaks(false);
    }
    assertEquals(before + 1, CountingLeakDetector.leaks());
  }

  /** Lost buffers are found when the next ones are made after a collection. */
  private static void reportLeaks() {
    for (int i = 0; i < 10; i++) {
      System.gc();
      PooledByteBufAllocator.DEFAULT.directBuffer(77).release();
    }
  }

  private static double bytesPerRequest(final Backend backend) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(ScriptedServer.OK))) {
      return bytesPerRequest(backend, Plans.of(server.port(), 4, 0, GET));
    }
  }

  private static double bytesPerRequest(final Backend backend, final Plan plan) {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long id = Thread.currentThread().getId();
    try (Driver driver = new Driver(plan, backend)) {
      final Loop loop = new Loop(driver.transport, backend.idleGateNs() > 0);
      for (int vu = 0; vu < 4; vu++) {
        driver.transport.send(vu, 0, 0, 0, 0, 0, null);
      }
      loop.until(WARM_UP);
      final long empty = threads.getThreadAllocatedBytes(id);
      final byte[] canary = new byte[CANARY_BYTES];
      final long before = threads.getThreadAllocatedBytes(id);
      assertTrue(before - empty >= canary.length, "allocations are not measured");
      loop.until(WARM_UP + REQUESTS);
      return (double) (threads.getThreadAllocatedBytes(id) - before) / REQUESTS;
    }
  }

  private static final class Loop implements CompletionHandler {
    private final NetworkTransport transport;
    private final boolean waits;
    private int count;

    /** Where an idle look costs something, that is no request's: it waits instead. */
    private Loop(final NetworkTransport transport, final boolean waits) {
      this.transport = transport;
      this.waits = waits;
    }

    private void until(final int total) {
      while (count < total) {
        if (transport.poll(0, this, 64) == 0 && waits) {
          transport.await(1_000_000);
        }
      }
    }

    @Override
    public void onCompletion(final Completion completion) {
      if (completion.outcome != RequestOutcome.RESPONSE) {
        throw new AssertionError(completion.outcome);
      }
      count++;
      transport.send(completion.vu, 0, completion.requestSeq + 1, 0, 0, 0, null);
    }
  }
}
