package io.lockstep.engine.transport.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Proxy;
import io.lockstep.scenario.plan.Proxy.Kind;
import io.lockstep.scenario.plan.Proxy.Server;
import io.lockstep.scenario.plan.Proxy.Tunnel;
import io.lockstep.scenario.plan.ProxyUrl;
import io.lockstep.scenario.plan.Target;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which proxy a target is reached through, and why that one or none. Environments are read as curl
 * does: the variable of the target's scheme, in lower case before upper case, then that for all;
 * and {@code NO_PROXY}. As with other tools, but not curl, {@code HTTP_PROXY} counts in upper case
 * too, unless this is a CGI program, where anybody who asks can set it.
 *
 * @param server the proxy; {@code null} for none
 * @param why in words, without user and password
 */
public record ProxyChoice(ProxyServer server, String why) {
  /** None, since none is asked for. */
  public static final ProxyChoice NONE = new ProxyChoice(null, "");

  /** What curl takes where a URL has no port. */
  private static final int DEFAULT_PORT = 1080;

  private static final String SCHEME_END = "://";
  private static final byte[] NO_PASSWORD = new byte[0];

  /** What no response may show: the password, in the forms in which it goes to the proxy. */
  public List<byte[]> confidences() {
    return server == null ? List.of() : server.confidences();
  }

  /**
   * Chooses.
   *
   * @param said what the file says; {@code null} for nothing
   * @param version of HTTP that is spoken with the target
   * @param password of the user that the file names
   * @param environment variables of this process
   * @throws RouteException if the target cannot be reached so, or a variable makes no sense.
   */
  public static ProxyChoice of(
      final Proxy said,
      final Target target,
      final HttpUse.Version version,
      final byte[] password,
      final Map<String, String> environment) {
    if (said == null) {
      return NONE;
    }
    if (HostRules.match(said.except(), target.host())) {
      return new ProxyChoice(null, "no proxy: no_proxy names " + target.host());
    }
    return said.isOfEnvironment()
        ? ofEnvironment(said.tunnel(), target, version, environment)
        : chosen(
            new ProxyServer(
                said.server(),
                tunnels(said.server(), said.tunnel(), target, version),
                said.user(),
                password),
            "");
  }

  private static ProxyChoice ofEnvironment(
      final Tunnel tunnel,
      final Target target,
      final HttpUse.Version version,
      final Map<String, String> environment) {
    final String own = target.secure() ? "https_proxy" : "http_proxy";
    final String variable = variable(own, environment);
    if (variable.isEmpty()) {
      return new ProxyChoice(
          null, "no proxy: the environment has neither " + own + " nor all_proxy, in either case");
    }
    final String except = value(environment, "no_proxy", "NO_PROXY");
    if (HostRules.match(Arrays.asList(except.split("[\\s,]+", -1)), target.host())) {
      return new ProxyChoice(null, "no proxy: no_proxy of the environment names " + target.host());
    }
    return chosen(
        read(variable, environment.get(variable), tunnel, target, version),
        ", as " + variable + " says");
  }

  private static ProxyChoice chosen(final ProxyServer server, final String why) {
    return new ProxyChoice(
        server,
        "through the proxy "
            + server
            + (server.tunnels() ? "" : ", which speaks to the target")
            + why);
  }

  /** The one that counts; empty for none. */
  private static String variable(final String own, final Map<String, String> environment) {
    final String upper = own.toUpperCase(Locale.ROOT);
    final boolean anybodysCan =
        upper.equals("HTTP_PROXY") && isThere(environment, "REQUEST_METHOD");
    for (final String name : List.of(own, anybodysCan ? own : upper, "all_proxy", "ALL_PROXY")) {
      if (isThere(environment, name)) {
        return name;
      }
    }
    return "";
  }

  private static boolean isThere(final Map<String, String> environment, final String name) {
    return !value(environment, name, name).isEmpty();
  }

  private static String value(
      final Map<String, String> environment, final String name, final String otherwise) {
    final String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? environment.getOrDefault(otherwise, "") : value;
  }

  /** Nothing of the value is repeated where it makes no sense: it may hold a password. */
  private static ProxyServer read(
      final String variable,
      final String value,
      final Tunnel tunnel,
      final Target target,
      final HttpUse.Version version) {
    final int schemeEnd = value.indexOf(SCHEME_END);
    final String scheme = schemeEnd < 0 ? "http" : value.substring(0, schemeEnd);
    final String rest = schemeEnd < 0 ? value : value.substring(schemeEnd + SCHEME_END.length());
    final int at = rest.lastIndexOf('@');
    final String place = rest.substring(at + 1).replaceFirst("/.*", "");
    final boolean hasPort =
        place.matches(".*:[0-9]+") && (place.endsWith("]") || !isBareIpv6(place));
    final Server server;
    try {
      server = ProxyUrl.parse(scheme + SCHEME_END + place + (hasPort ? "" : ":" + DEFAULT_PORT));
    } catch (final IllegalArgumentException e) {
      throw new RouteException(
          "the variable "
              + variable
              + " "
              + e.getMessage()
              + "; proxies are http://, socks5:// and socks5h:// ones, with HOST:PORT",
          e);
    }
    final String userinfo = at < 0 ? "" : rest.substring(0, at);
    final int colon = userinfo.indexOf(':');
    final String user = colon < 0 ? userinfo : userinfo.substring(0, colon);
    return new ProxyServer(
        server,
        tunnels(server, tunnel, target, version),
        new String(decoded(variable, user), UTF_8),
        colon < 0 ? NO_PASSWORD : decoded(variable, userinfo.substring(colon + 1)));
  }

  private static boolean isBareIpv6(final String place) {
    return !place.startsWith("[") && place.indexOf(':') != place.lastIndexOf(':');
  }

  /** Percent-encoding taken away, RFC 3986, section 2.1. */
  private static byte[] decoded(final String variable, final String text) {
    final byte[] bytes = text.getBytes(UTF_8);
    final ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        final String hex = i + 2 < bytes.length ? new String(bytes, i + 1, 2, ISO_8859_1) : "";
        if (!hex.matches("[0-9A-Fa-f]{2}")) {
          throw new RouteException(
              "the variable " + variable + " has a % in its user or password that encodes nothing");
        }
        out.write(Integer.parseInt(hex, 16));
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toByteArray();
  }

  /** A proxy that asks for each request itself speaks HTTP/1.1. */
  private static boolean tunnels(
      final Server server,
      final Tunnel tunnel,
      final Target target,
      final HttpUse.Version version) {
    if (server.kind() != Kind.HTTP) {
      return true;
    }
    if (tunnel == Tunnel.NEVER && target.secure()) {
      throw new RouteException(
          "an https target is reached through a tunnel of the proxy only, and `tunnel` says never");
    }
    final boolean onlyHttp2 = version == HttpUse.Version.HTTP_2;
    if (tunnel == Tunnel.NEVER && onlyHttp2) {
      throw new RouteException(
          "HTTP/2 goes through a tunnel of the proxy only, and `tunnel` says never: leave it out, or"
              + " say `http_version: 1.1`");
    }
    return tunnel == Tunnel.ALWAYS || target.secure() || onlyHttp2;
  }
}
