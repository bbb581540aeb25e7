package io.lockstep.scenario.language;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What addresses and host names may look like. Nothing is looked up. */
final class AddressRules {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");

  /** What the kernels' address structures hold, with their end. */
  private static final int MAX_SOCKET_PATH = 100;

  private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})");
  private static final int MAX_PORT = 65_535;
  private static final int DNS_PORT = 53;

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

  /** Of a name server: an address, with a port or without. */
  static Optional<String> serverFault(final String text) {
    if (text.equals("system")) {
      return Optional.empty();
    }
    final String address = serverAddress(text);
    final int port = serverPort(text);
    if (addressFault(address).isPresent()) {
      return Optional.of("is neither `system` nor an IP address with a port or without");
    }
    return port < 1 || port > MAX_PORT
        ? Optional.of("has a port that is not within 1 to " + MAX_PORT)
        : Optional.empty();
  }

  /** With brackets where it is of IPv6, and with a port always. */
  static String server(final String text) {
    final String address = serverAddress(text);
    return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + serverPort(text);
  }

  private static String serverAddress(final String text) {
    if (text.startsWith("[") && text.indexOf(']') > 0) {
      return text.substring(1, text.indexOf(']'));
    }
    final int colon = text.indexOf(':');
    return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
  }

  /** 0 where what stands there is none. */
  private static int serverPort(final String text) {
    final int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    final boolean isBare = !text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':');
    if (isBare || end < 0 || end == text.length()) {
      return DNS_PORT;
    }
    final Matcher port = PORT.matcher(text.substring(end));
    return port.matches() ? Integer.parseInt(port.group(1)) : 0;
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
