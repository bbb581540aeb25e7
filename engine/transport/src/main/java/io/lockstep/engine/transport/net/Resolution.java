package io.lockstep.engine.transport.net;

import io.lockstep.scenario.plan.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a target's name leads. Looked up once, before the run: a name server's delays are no part
 * of what is measured.
 *
 * @param target that was looked up
 * @param address the first that its name has
 */
public record Resolution(Target target, InetSocketAddress address) {
  /**
   * Looks the host up; blocks.
   *
   * @throws NetworkException if the name has no address.
   */
  public static Resolution resolve(final Target target) {
    try {
      // Without the name, which would otherwise turn up in the words of every failure.
      final InetAddress nameless =
          InetAddress.getByAddress(InetAddress.getByName(target.host()).getAddress());
      return new Resolution(target, new InetSocketAddress(nameless, target.port()));
    } catch (final UnknownHostException e) {
      throw new NetworkException(
          "host name not resolved: "
              + target.host()
              + "; check the spelling of the target and this machine's name service",
          e);
    }
  }
}
