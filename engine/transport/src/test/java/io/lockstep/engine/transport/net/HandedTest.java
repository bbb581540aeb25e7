package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When the operating system has a request, as far as that can be known. */
class HandedTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";

  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /** More than the buffers of two sockets hold of which nobody reads. */
  private static final RequestPlan LARGE =
      Plans.request(0, "PUT", "/", "x".repeat(8 * 1024 * 1024));

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldWaitForTheLastByteOfALargeRequest(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  LockSupport.parkNanos(PAUSE_NS);
                  peer.serve(ScriptedServer.OK);
                });
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, LARGE), backend)) {
      final Ended end = driver.exchange(0, 0);
      assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
      assertTrue(end.handedNs() - end.sentNs() > PAUSE_NS / 2, end::toString);
      assertTrue(end.handedNs() <= end.firstByteNs(), end::toString);
      final Ended next = driver.exchange(0, 0);
      assertTrue(next.sentNs() < next.handedNs(), next::toString);
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldNotKnowItOfARequestThatWasNeverAllOut(final Backend backend) {
    try (ScriptedServer server =
            ScriptedServer.start(peer -> peer.write("HTTP/1.1 413 Too Large\r\n\r\n"));
        Driver driver = new Driver(Plans.of(server.port(), 1, 0, LARGE), backend)) {
      final Ended end = driver.exchange(0, 0);
      assertTrue(end.sentNs() > 0, end::toString);
      assertEquals(Completion.NULL_TIME, end.handedNs(), end::toString);
    }
  }
}
