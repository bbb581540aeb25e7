package io.lockstep.engine.transport.route;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The rules of {@code NO_PROXY} as curl has them: {@code *} is every host; a name is that host and
 * all below it, with a dot before it or without; an address is that address, and with a number of
 * bits behind a slash a range of them. Names and addresses never match each other: nothing is
 * looked up.
 */
final class HostRules {
  private static final String ALL = "*";

  private HostRules() {}

  /** Whether any of the rules is about a host. */
  static boolean match(final List<String> rules, final String host) {
    final String plain = trimmed(host);
    final byte[] address = NetUtil.createByteArrayFromIpAddressString(plain);
    for (final String rule : rules) {
      if (rule.equals(ALL)
          || (address == null ? isBelow(plain, trimmed(rule)) : isWithin(address, rule))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBelow(final String host, final String rule) {
    final String domain = rule.startsWith(".") ? rule.substring(1) : rule;
    return !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain));
  }

  private static boolean isWithin(final byte[] address, final String rule) {
    final int slash = rule.indexOf('/');
    final byte[] network =
        NetUtil.createByteArrayFromIpAddressString(
            unbracketed(slash < 0 ? rule : rule.substring(0, slash)));
    if (network == null || network.length != address.length) {
      return false;
    }
    if (slash < 0) {
      return Arrays.equals(address, network);
    }
    final String number = rule.substring(slash + 1);
    final int bits = number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
    if (bits > address.length * Byte.SIZE) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      final int mask = 0x80 >> (bit % Byte.SIZE);
      if (((address[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static String trimmed(final String name) {
    final String lower = unbracketed(name).toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String unbracketed(final String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
