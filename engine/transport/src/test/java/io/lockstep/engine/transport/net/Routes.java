package io.lockstep.engine.transport.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lockstep.engine.transport.route.ProxyChoice;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Proxy;
import io.lockstep.scenario.plan.Proxy.Kind;
import io.lockstep.scenario.plan.Proxy.Tunnel;
import io.lockstep.scenario.plan.Route;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.Tls;
import java.util.List;
import java.util.Map;

/** Ways to targets, for tests. */
final class Routes {
  static final String USER = "rider";
  static final String PASSWORD = "s3cret";

  private Routes() {}

  static Proxy proxy(final Kind kind, final int port) {
    return proxy(kind, port, Tunnel.AUTO, "");
  }

  static Proxy proxy(final Kind kind, final int port, final Tunnel tunnel, final String user) {
    return new Proxy(new Proxy.Server(kind, "127.0.0.1", port), tunnel, user, "", List.of());
  }

  static Route through(final Proxy proxy) {
    return new Route(proxy, "", Route.FOREVER, false, Route.ATTEMPT_DELAY_NS);
  }

  /** The same plan with a target of TLS that anybody may be. */
  static Plan secured(final Plan plan) {
    final Tls tls =
        new Tls(
            Tls.Provider.AUTO,
            Tls.Version.TLS_1_2,
            Tls.Version.TLS_1_3,
            List.of(),
            "",
            true,
            true,
            null,
            null);
    final Target old = plan.target();
    return plan.withTarget(new Target(true, old.host(), old.port(), old.basePath()))
        .withParts(plan.parts().with(tls));
  }

  static Driver driver(final Plan plan, final Proxy proxy, final Backend backend) {
    return driver(plan, proxy, PASSWORD, Opening.PLAIN, backend);
  }

  static Driver driver(
      final Plan plan,
      final Proxy proxy,
      final String password,
      final Opening opening,
      final Backend backend) {
    final Opening through = opening.with(through(proxy));
    final Plan routed = Plans.connecting(plan, Keeping.FOREVER, through).withParts(plan.parts());
    return new Driver(
        routed,
        backend,
        TlsCredentials.NONE,
        Resolution.resolve(
            routed.target(),
            through,
            ProxyChoice.of(
                    proxy,
                    routed.target(),
                    routed.connections().http().version(),
                    password.getBytes(UTF_8),
                    Map.of())
                .server()));
  }
}
