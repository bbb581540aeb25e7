package io.lockstep.scenario.language;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What addresses and host names may look like. Nothing is looked up. */
final class AddressRules {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");

  /** What the kernels' address structures hold, with their end. */
  private static final int MAX_SOCKET_PATH = 100;

  private AddressRules() {}

  static Optional<String> addressFault(final String text) {
    return IPV4.matcher(text).matches() || isIpv6(text)
        ? Optional.empty()
        : Optional.of("is no IP address; a name is not looked up here");
  }

  private static boolean isIpv6(final String text) {
    if (!IPV6.matcher(text).matches()) {
      return false;
    }
    try {
      // In brackets it is an address or an error, and never a name that is looked up.
      return InetAddress.getByName("[" + text + "]").getAddress().length > 0;
    } catch (final UnknownHostException e) {
      return false;
    }
  }

  static Optional<String> hostFault(final String name) {
    return HOST_NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("is no host name: letters, digits, `_`, `-` and `.`");
  }

  static Optional<String> socketPathFault(final String path) {
    if (path.isEmpty() || path.length() > MAX_SOCKET_PATH) {
      return Optional.of("has 0 or more than " + MAX_SOCKET_PATH + " characters");
    }
    return path.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)
        ? Optional.of("has a blank or a character beyond ASCII")
        : Optional.empty();
  }
}
