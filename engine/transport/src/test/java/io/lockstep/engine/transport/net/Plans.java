package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.Recording;
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
        null,
        "");
  }

  /** The same plan, whose journal keeps of responses what this says. */
  static Plan recording(final Plan plan, final Recording recording) {
    return plan.withParts(plan.parts().with(recording));
  }

  /** The same plan, whose connections are kept and opened so. */
  static Plan connecting(final Plan plan, final Keeping keeping, final Opening opening) {
    return with(plan, plan.connections().with(keeping, opening));
  }

  /** The same plan, whose connections speak so. */
  static Plan speaking(final Plan plan, final HttpUse http) {
    return with(plan, plan.connections().with(http));
  }

  private static Plan with(final Plan plan, final Connections connections) {
    return new Plan(
            plan.name(),
            plan.seed(),
            plan.tickNs(),
            plan.target(),
            connections,
            plan.scenarios(),
            plan.requests(),
            plan.program(),
            plan.choices(),
            plan.thinks(),
            plan.simulation(),
            plan.digest())
        .withParts(plan.parts());
  }

  /** The same request, of whose response so much is read. */
  static RequestPlan reading(final Capture capture, final RequestPlan request) {
    return new RequestPlan(
        request.index(),
        request.scenario(),
        request.name(),
        request.method(),
        request.path(),
        request.headers(),
        request.body(),
        request.timeoutTicks(),
        capture,
        request.digest(),
        request.use());
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
