package io.lockstep.scenario;

import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Proxy;
import io.lockstep.scenario.plan.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random connections, and what a file says of them. */
final class ModelConnections {
  private static final long MS = 1_000_000;

  private ModelConnections() {}

  static Connections random(final Random random) {
    final int pool = random.nextBoolean() ? random.nextInt(2) - 1 : 1 + random.nextInt(1_000_000);
    final Connections plain =
        new Connections(
            pool, ms(random), 256 + random.nextInt(1 << 20), random.nextInt(Integer.MAX_VALUE));
    return plain.with(
        pool == Connections.PER_REQUEST ? Keeping.FOREVER : keeping(random),
        random.nextBoolean() ? Opening.PLAIN : opening(random, pool));
  }

  private static Keeping keeping(final Random random) {
    return new Keeping(
        random.nextBoolean() ? Keeping.UNLIMITED : 1 + random.nextInt(1_000_000),
        random.nextBoolean() ? Keeping.UNLIMITED : ms(random),
        random.nextBoolean() ? Keeping.UNLIMITED : ms(random));
  }

  private static Opening opening(final Random random, final int pool) {
    final boolean unix = random.nextBoolean();
    final int most = pool == Connections.PER_VU ? 1_000_000 : Math.max(0, pool);
    return new Opening(
        most == 0 ? 0 : random.nextInt(most),
        1 + random.nextInt(1_000_000),
        unix ? List.of() : List.of("127.0.0." + random.nextInt(256), "::1"),
        random.nextBoolean(),
        List.of(new Opening.Host("h.test", List.of("10.0.0.1", "fe80::" + random.nextInt(99)))),
        unix ? "/run/s" + random.nextInt(100) : "",
        unix || random.nextBoolean() ? Route.DIRECT : route(random));
  }

  private static Route route(final Random random) {
    return new Route(
        random.nextBoolean() ? null : proxy(random),
        random.nextBoolean() ? "" : random.nextBoolean() ? "10.0.0.53:53" : "[::1]:5353",
        random.nextBoolean() ? Route.FOREVER : 1_000 * ms(random),
        false,
        Route.ATTEMPT_DELAY_NS);
  }

  private static Proxy proxy(final Random random) {
    final Proxy.Kind[] kinds = Proxy.Kind.values();
    final Proxy.Kind kind = kinds[random.nextInt(kinds.length)];
    final boolean isOfEnvironment = random.nextBoolean();
    return new Proxy(
        isOfEnvironment ? null : new Proxy.Server(kind, "p.test", 1 + random.nextInt(65_535)),
        random.nextBoolean() || kind != Proxy.Kind.HTTP ? Proxy.Tunnel.AUTO : Proxy.Tunnel.ALWAYS,
        isOfEnvironment || random.nextBoolean() ? "" : "rider",
        "",
        random.nextBoolean() ? List.of() : List.of(".x.test", "10.0.0.0/8", "::1"));
  }

  private static long ms(final Random random) {
    return MS * (1 + random.nextInt(60_000));
  }

  static Map<String, Object> tree(final Connections connections) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    if (!connections.isShared()) {
      tree.put("mode", connections.pool() == Connections.PER_VU ? "per-vu" : "per-request");
    } else {
      tree.put("mode", "shared");
      tree.put("size", connections.pool());
    }
    tree.put("connect_timeout", connections.connectTimeoutNs() + "ns");
    tree.put("max_header", connections.maxHeaderBytes());
    tree.put("max_body", connections.maxBodyBytes() + "B");
    final Keeping keeping = connections.keeping();
    if (keeping.maxRequests() != Keeping.UNLIMITED) {
      tree.put("max_requests", keeping.maxRequests());
    }
    if (keeping.maxIdleNs() != Keeping.UNLIMITED) {
      tree.put("max_idle", keeping.maxIdleNs() + "ns");
    }
    if (keeping.maxAgeNs() != Keeping.UNLIMITED) {
      tree.put("max_age", keeping.maxAgeNs() + "ns");
    }
    put(tree, connections.opening());
    return tree;
  }

  private static void put(final Map<String, Object> tree, final Opening opening) {
    if (opening.ahead() > 0) {
      tree.put("open_ahead", opening.ahead());
    }
    tree.put("open_rate", opening.aheadPerSecond());
    if (!opening.sources().isEmpty()) {
      tree.put("sources", opening.sources());
    }
    tree.put("addresses", opening.inTurn() ? "in-turn" : "first");
    final Map<String, Object> hosts = new LinkedHashMap<>();
    opening.hosts().forEach(host -> hosts.put(host.name(), host.addresses()));
    tree.put("hosts", hosts);
    if (!opening.unixSocket().isEmpty()) {
      tree.put("unix_socket", opening.unixSocket());
    }
    put(tree, opening.route());
  }

  private static void put(final Map<String, Object> tree, final Route route) {
    if (!route.resolver().isEmpty()) {
      tree.put("resolver", route.resolver());
    }
    if (route.namesTtlNs() != Route.FOREVER) {
      tree.put("dns_ttl", route.namesTtlNs() + "ns");
    }
    if (route.proxy() != null) {
      final Map<String, Object> proxy = new LinkedHashMap<>();
      final Proxy said = route.proxy();
      proxy.put("url", said.isOfEnvironment() ? "environment" : said.server().url());
      if (said.tunnel() == Proxy.Tunnel.ALWAYS) {
        proxy.put("tunnel", "always");
      }
      if (!said.user().isEmpty()) {
        proxy.put("user", said.user());
      }
      if (!said.except().isEmpty()) {
        proxy.put("no_proxy", said.except());
      }
      tree.put("proxy", proxy);
    }
  }
}
