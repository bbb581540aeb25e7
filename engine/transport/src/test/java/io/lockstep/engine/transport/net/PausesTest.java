package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A generator that did not run for longer than requests may take; each backend. */
class PausesTest {
  private static final String OK = ScriptedServer.OK;
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final long TIMEOUT_NS = 200_000_000;
  private static final RequestPlan GET = Plans.impatient(0, "/", TIMEOUT_NS);

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldNotBlameTheTargetForConnectsInAPause(final Backend backend)
      throws InterruptedException {
    for (final int pool : new int[] {0, 3}) {
      try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
          Driver driver = new Driver(Plans.of(server.port(), 3, pool, GET), backend)) {
        driver.poll();
        for (int vu = 0; vu < 3; vu++) {
          driver.send(vu, 0);
        }
        Thread.sleep(600);
        for (int i = 0; i < 3; i++) {
          final Ended end = driver.next();
          assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldNotBlameThePoolForAPause(final Backend backend) throws InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.serve(OK));
        Driver driver = new Driver(Plans.of(server.port(), 8, 1, GET), backend)) {
      driver.exchange(7, 0);
      for (int vu = 0; vu < 7; vu++) {
        driver.send(vu, 0);
      }
      driver.poll();
      Thread.sleep(600);
      for (int i = 0; i < 7; i++) {
        final Ended end = driver.next();
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
      }
      assertEquals(1, server.accepted());
    }
  }

  /** Two pauses, of which each alone is longer than the timeout; between them time counts. */
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldStillEndWhatWaitsTooLongWhileTheGeneratorRuns(final Backend backend)
      throws InterruptedException {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  while (peer.request()) {
                    peer.pause(5_000);
                  }
                });
        Driver driver =
            new Driver(Plans.of(server.port(), 2, 1, GET, Plans.get(1, "/")), backend)) {
      driver.send(0, 1);
      driver.endsWithin(50);
      driver.send(1, 0);
      driver.poll();
      Thread.sleep(400);
      driver.poll();
      driver.poll();
      Thread.sleep(400);
      final Ended end = driver.next();
      assertEquals(1, end.vu());
      assertEquals(RequestOutcome.POOL_TIMEOUT, end.outcome());
      final long waitedNs = end.lastByteNs();
      assertTrue(waitedNs > 900_000_000L && waitedNs < 3_000_000_000L, end::toString);
    }
  }
}
