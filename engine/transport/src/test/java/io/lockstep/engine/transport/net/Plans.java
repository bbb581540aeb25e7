package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Target;
import java.util.List;

/** Plans for tests of the network: only what a transport looks at. */
final class Plans {
  static final long TICK_NS = 100_000;
  static final long CONNECT_TIMEOUT_NS = 300_000_000L;
  static final int MAX_HEADER_BYTES = 8 * 1024;
  static final long MAX_BODY_BYTES = 1 << 20;

  private Plans() {}

  static Plan of(final int port, final int vus, final int pool, final RequestPlan... requests) {
    return of(port, vus, pool, CONNECT_TIMEOUT_NS, requests);
  }

  static Plan of(
      final int port,
      final int vus,
      final int pool,
      final long connectTimeoutNs,
      final RequestPlan... requests) {
    final ScenarioPlan scenario =
        new ScenarioPlan(0, "s", 1, new Load.Closed(Load.UNLIMITED, 1), 0, 0, vus, 0);
    return new Plan(
        "test",
        1,
        TICK_NS,
        new Target(false, "127.0.0.1", port, ""),
        new Connections(pool, connectTimeoutNs, MAX_HEADER_BYTES, MAX_BODY_BYTES),
        List.of(scenario),
        List.of(requests),
        Program.of(Program.END, 0),
        List.of(),
        List.of(),
        Flow.PLAIN,
        null,
        "");
  }

  static RequestPlan get(final int index, final String path, final Header... headers) {
    return request(index, "GET", path, "", headers);
  }

  static RequestPlan impatient(final int index, final String path, final long timeoutNs) {
    return new RequestPlan(
        index, 0, "GET" + path, "GET", path, List.of(), "", timeoutNs / TICK_NS, 0);
  }

  static RequestPlan request(
      final int index,
      final String method,
      final String path,
      final String body,
      final Header... headers) {
    return new RequestPlan(
        index, 0, method + path, method, path, List.of(headers), body, 1_000_000, 0);
  }
}
