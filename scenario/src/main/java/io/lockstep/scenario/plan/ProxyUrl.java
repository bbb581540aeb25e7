package io.lockstep.scenario.plan;

import io.lockstep.scenario.plan.Proxy.Kind;
import io.lockstep.scenario.plan.Proxy.Server;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a proxy's URL says. Nothing is looked up. */
public final class ProxyUrl {
  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]{1,253})"
              + "(?::(?<port>[0-9]{1,5}))?/?");
  private static final int MAX_PORT = 65_535;

  private ProxyUrl() {}

  /** What is wrong with it, if anything: a clause after the text. */
  public static Optional<String> fault(final String text) {
    if (text.indexOf('@') >= 0) {
      return Optional.of("has a user in it: say it with `user` and `password`");
    }
    final Matcher url = URL.matcher(text);
    if (!url.matches()) {
      return Optional.of("is no URL of a proxy");
    }
    if (kind(url.group("scheme")).isEmpty()) {
      return Optional.of("begins with " + url.group("scheme") + "://, which is not supported");
    }
    final String port = url.group("port");
    if (port == null) {
      return Optional.of("has no port");
    }
    final int number = Integer.parseInt(port);
    return number < 1 || number > MAX_PORT
        ? Optional.of("has a port that is not within 1 to " + MAX_PORT)
        : Optional.empty();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it has a fault; the message does not repeat the text.
   */
  public static Server parse(final String text) {
    final Optional<String> fault = fault(text);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
    final Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalStateException("a URL without a fault that is none");
    }
    final String host = url.group("host");
    return new Server(
        kind(url.group("scheme")).orElseThrow(),
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(url.group("port")));
  }

  private static Optional<Kind> kind(final String scheme) {
    for (final Kind kind : Kind.values()) {
      if (kind.scheme().equals(scheme.toLowerCase(Locale.ROOT))) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
