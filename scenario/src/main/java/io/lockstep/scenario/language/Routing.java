package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Proxy;
import io.lockstep.scenario.plan.ProxyUrl;
import io.lockstep.scenario.plan.Route;
import io.lockstep.scenario.read.EitherType;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.ShorthandType;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By which proxy, names and order of addresses connections reach the target. */
final class Routing {
  static final String PROXY_NAME = "proxy";

  private static final String PASSWORD_NAME = "password";
  private static final String ENVIRONMENT = "environment";
  private static final String SYSTEM = "system";
  private static final int MAX_EXCEPTIONS = 1_000;

  /** What SOCKS has a byte for, RFC 1929. */
  private static final int MAX_USER = 255;

  private static final long MIN_TTL_NS = 100_000_000L;
  private static final long MIN_DELAY_NS = 10_000_000L;
  private static final long MAX_DELAY_NS = 2_000_000_000L;
  private static final Pattern EXCEPTION =
      Pattern.compile("\\*|[A-Za-z0-9_.-]{1,253}|\\[?[0-9A-Fa-f:.]+]?(?:/[0-9]{1,3})?");
  private static final Pattern SECRET =
      Pattern.compile("\\$\\{\\s*secrets\\.([A-Za-z_][A-Za-z0-9_]*)\\s*}");

  private static final TextType SERVER =
      new TextType(
          "`environment`, or http://HOST:PORT, socks5://HOST:PORT or socks5h://HOST:PORT",
          false,
          text -> text.equals(ENVIRONMENT) ? Optional.empty() : ProxyUrl.fault(text));
  private static final Key<String> URL =
      Key.required(
          "url", SERVER, "where it is; `environment` for what `HTTP_PROXY` and the like say");
  private static final Key<String> USER =
      Key.optional(
          "user",
          new TextType("a user name", false, Routing::userFault),
          "",
          "",
          "who asks, where the proxy wants to know");
  private static final Key<String> PASSWORD =
      Key.optional(
          PASSWORD_NAME,
          new TextType("a secret such as ${secrets.proxy_password}", false, Routing::passwordFault),
          "",
          "",
          "the secret that proves it, as `${secrets.NAME}`");
  private static final Key<Proxy.Tunnel> TUNNEL =
      Key.optional(
          "tunnel",
          new EnumType<>(tunnels()),
          Proxy.Tunnel.AUTO,
          "auto",
          "what an HTTP proxy tunnels: `https` targets alone, everything, or nothing");
  private static final Key<List<String>> EXCEPT =
      Key.optional(
          "no_proxy",
          new ListType<>(
              "hosts",
              new TextType(
                  "a host, a domain, an address, a range such as 10.0.0.0/8, or *",
                  false,
                  text ->
                      EXCEPTION.matcher(text).matches()
                          ? Optional.empty()
                          : Optional.of("is no host, domain, address or range of addresses")),
              MAX_EXCEPTIONS),
          List.of(),
          "[]",
          "targets that are reached without it, by the rules of `NO_PROXY`");

  static final ObjectType<Proxy> PROXY_TYPE =
      new ObjectType<>(
          "a proxy",
          List.of(URL, USER, PASSWORD, TUNNEL, EXCEPT),
          List.of(
              new Rule(List.of(URL, TUNNEL), Routing::tunnelFits),
              new Rule(List.of(URL, USER, PASSWORD), Routing::userFits)),
          Routing::proxy);
  static final Key<Proxy> PROXY =
      Key.optional(
          PROXY_NAME,
          new ShorthandType<>(
              PROXY_TYPE,
              new MappedType<>(
                  SERVER, url -> new Proxy(server(url), Proxy.Tunnel.AUTO, "", "", List.of()))),
          "the proxy that connections go through; none by default, whatever the environment says");
  static final Key<String> RESOLVER =
      Key.optional(
          "resolver",
          new TextType(
              "`system`, or the address of a name server such as 10.0.0.53 or 127.0.0.1:5353",
              false,
              AddressRules::serverFault),
          SYSTEM,
          SYSTEM,
          "who is asked for the addresses of names");
  static final Key<Long> TTL =
      Key.optional(
          "dns_ttl",
          new EitherType<>(
              "`forever`, or a duration",
              List.of(
                  new EitherType.Option<>(
                      Routing::isForever, new EnumType<>(Map.of("forever", Route.FOREVER))),
                  new EitherType.Option<>(
                      node -> true, UnitType.duration(MIN_TTL_NS, Distributions.MAX_NS)))),
          Route.FOREVER,
          "forever",
          "how long the addresses of a name count before it is looked up again; `forever` for once,"
              + " before the run");
  static final Key<Long> ATTEMPT_DELAY =
      Key.optional(
          "attempt_delay",
          UnitType.duration(MIN_DELAY_NS, MAX_DELAY_NS),
          Route.ATTEMPT_DELAY_NS,
          "250ms",
          "with `addresses: happy-eyeballs`, how long an address has before the next is tried beside"
              + " it");

  private Routing() {}

  private static Map<String, Proxy.Tunnel> tunnels() {
    final Map<String, Proxy.Tunnel> byWord = new LinkedHashMap<>();
    byWord.put("auto", Proxy.Tunnel.AUTO);
    byWord.put("always", Proxy.Tunnel.ALWAYS);
    byWord.put("never", Proxy.Tunnel.NEVER);
    return byWord;
  }

  private static boolean isForever(final Node node) {
    return node instanceof ScalarNode scalar && scalar.text().startsWith("f");
  }

  private static Optional<String> userFault(final String text) {
    if (text.isEmpty() || text.length() > MAX_USER) {
      return Optional.of("has 0 or more than " + MAX_USER + " characters");
    }
    return text.chars().anyMatch(c -> c == ':' || c < ' ' || c == 0x7f)
        ? Optional.of("has a colon or a control character")
        : Optional.empty();
  }

  private static Optional<String> passwordFault(final String text) {
    return SECRET.matcher(text).matches()
        ? Optional.empty()
        : Optional.of("is no secret: a password never stands in a scenario file");
  }

  private static Proxy.Server server(final String url) {
    return url.equals(ENVIRONMENT) ? null : ProxyUrl.parse(url);
  }

  private static boolean tunnelFits(final Values v) {
    final Proxy.Server server = server(v.get(URL));
    if (v.has(TUNNEL) && server != null && server.kind() != Proxy.Kind.HTTP) {
      v.in().conflict(v.offset(TUNNEL), "a SOCKS proxy makes tunnels only: leave `tunnel` out");
      return false;
    }
    return true;
  }

  private static boolean userFits(final Values v) {
    if (v.has(PASSWORD) && !v.has(USER)) {
      v.in().conflict(v.offset(PASSWORD), "`password` without `user` says nothing");
      return false;
    }
    if (v.has(USER) && server(v.get(URL)) == null) {
      v.in()
          .conflict(
              v.offset(USER),
              "the environment says who asks, in its URL: `user` belongs to a proxy that the file"
                  + " names");
      return false;
    }
    return true;
  }

  private static Proxy proxy(final Values v) {
    final Matcher secret = SECRET.matcher(v.get(PASSWORD));
    return new Proxy(
        server(v.get(URL)),
        v.get(TUNNEL),
        v.get(USER),
        secret.matches() ? secret.group(1) : "",
        v.get(EXCEPT));
  }

  /** What the keys say together. */
  static Route route(final Values v, final boolean races) {
    final String resolver = v.get(RESOLVER);
    return new Route(
        v.has(PROXY) ? v.get(PROXY) : null,
        resolver.equals(SYSTEM) ? "" : AddressRules.server(resolver),
        v.get(TTL),
        races,
        v.get(ATTEMPT_DELAY));
  }

  /** A Unix socket is there or not: nobody is asked for it and nothing stands before it. */
  static Rule apartFrom(final Key<String> unixSocket) {
    return new Rule(
        List.of(unixSocket, PROXY, RESOLVER, TTL),
        v -> {
          boolean fits = true;
          for (final Key<?> key : List.of(PROXY, RESOLVER, TTL)) {
            if (v.has(unixSocket) && v.has(key)) {
              v.in()
                  .conflict(
                      v.offset(key),
                      "a Unix socket is reached without it: `unix_socket` and `"
                          + key.name()
                          + "` exclude each other");
              fits = false;
            }
          }
          return fits;
        });
  }

  /** Whether the password names one of the secrets; reports where it does not. */
  static boolean passwordExists(
      final Route route, final Node connections, final Set<String> secrets, final Values v) {
    final String secret = route.proxy() == null ? "" : route.proxy().passwordSecret();
    if (secret.isEmpty() || secrets.contains(secret)) {
      return true;
    }
    v.in()
        .bad(
            Securing.offset(connections, PROXY_NAME, PASSWORD_NAME),
            "there is no secret `" + secret + "`",
            "declare it: secrets: {" + secret + ": {env: A_VARIABLE}}");
    return false;
  }
}
