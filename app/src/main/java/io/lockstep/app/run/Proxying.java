package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.engine.transport.route.ProxyChoice;
import io.lockstep.engine.transport.route.RouteException;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Proxy;
import java.util.Map;

/**
 * Decides through which proxy a live run goes. Its password goes to the transport and nowhere else.
 */
final class Proxying {
  private static final byte[] NO_PASSWORD = new byte[0];

  private Proxying() {}

  /**
   * What a run needs, and why, in words.
   *
   * @throws CommandException if the target cannot be reached so.
   */
  static ProxyChoice choose(
      final Plan plan, final SecretSource secrets, final Map<String, String> environment) {
    final Proxy proxy = plan.connections().opening().route().proxy();
    if (proxy == null || plan.target() == null) {
      return ProxyChoice.NONE;
    }
    final byte[] password =
        proxy.passwordSecret().isEmpty()
            ? NO_PASSWORD
            : secrets.value(plan.secrets().indexOf(proxy.passwordSecret()));
    try {
      return ProxyChoice.of(
          proxy, plan.target(), plan.connections().http().version(), password, environment);
    } catch (final RouteException e) {
      throw CommandException.usage("connections.proxy: " + e.getMessage(), e);
    }
  }
}
