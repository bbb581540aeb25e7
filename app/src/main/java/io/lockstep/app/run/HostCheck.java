package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.scenario.plan.Target;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Checks that a target's name means an address. Whether anything listens there is no check: a
 * refused connection is a result of the run.
 */
final class HostCheck {
  private HostCheck() {}

  /**
   * @throws CommandException if the name does not resolve.
   */
  static void check(final Target target) {
    try {
      if (InetAddress.getAllByName(target.host()).length == 0) {
        throw unknown(target, null);
      }
    } catch (final UnknownHostException e) {
      throw unknown(target, e);
    }
  }

  private static CommandException unknown(final Target target, final UnknownHostException e) {
    return CommandException.usage(
        "host name not resolved: "
            + target.host()
            + ". Check the target's spelling and this machine's name service, or give another"
            + " with --target.",
        e);
  }
}
