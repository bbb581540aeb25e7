package io.lockstep.engine.transport.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.List;

/**
 * The system's own way: files, name servers, whatever it is set to. The JDK keeps answers for 30
 * seconds, and the lack of one for 10, unless told otherwise before its first lookup.
 */
final class SystemNames implements Names {
  static {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  @Override
  public List<InetAddress> lookUp(final String host) throws UnknownHostException {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (final UnknownHostException e) {
      final UnknownHostException plain =
          new UnknownHostException("host name not resolved: " + host);
      plain.initCause(e);
      throw plain;
    }
  }

  @Override
  public String describe() {
    return "this machine's name service";
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
