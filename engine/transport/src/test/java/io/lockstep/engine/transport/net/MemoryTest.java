package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Transport.CompletionHandler;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
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

  /** Netty makes an object in each look at a ring; here few requests share one. */
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
    final double most = backend == Backend.IO_URING ? MAX_BYTES_PER_LOOK : MAX_BYTES_PER_REQUEST;
    assertTrue(bytes[0] < most, () -> bytes[0] + " bytes per request");
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
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long id = Thread.currentThread().getId();
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(ScriptedServer.OK));
        Driver driver = new Driver(Plans.of(server.port(), 4, 0, GET), backend)) {
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
