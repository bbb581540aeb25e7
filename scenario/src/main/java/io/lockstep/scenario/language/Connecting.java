package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How VUs share connections, how long each is kept, from where to where and when it is opened. */
final class Connecting {
  static final int MAX_POOL = 1_000_000;

  private static final int MAX_ADDRESSES = 1_000;
  private static final long CONNECT_TIMEOUT_NS = 5_000_000_000L;
  private static final long HEADER_BYTES = 64L << 10;
  private static final long BODY_BYTES = 64L << 20;

  /** What counts where the file says nothing. */
  static final Connections DEFAULT =
      new Connections(Connections.PER_VU, CONNECT_TIMEOUT_NS, (int) HEADER_BYTES, BODY_BYTES);

  private enum Mode {
    PER_VU("per-vu"),
    SHARED("shared"),
    PER_REQUEST("per-request");

    private final String word;

    Mode(final String word) {
      this.word = word;
    }
  }

  private static final Key<Mode> MODE =
      Key.optional(
          "mode",
          new EnumType<>(modes()),
          Mode.PER_VU,
          Mode.PER_VU.word,
          "one for each VU, a pool for all, or a new one for each request");
  private static final Key<Long> SIZE =
      Key.optional(
          "size",
          new IntegerType("a number of connections", 1, MAX_POOL),
          "connections of the pool; needed with `mode: shared`");
  private static final Key<Long> CONNECT_TIMEOUT =
      Key.optional(
          "connect_timeout",
          UnitType.duration(1_000_000, Distributions.MAX_NS),
          CONNECT_TIMEOUT_NS,
          "5s",
          "longest time to open a connection, through the proxy and with its TLS handshake");
  private static final Key<Long> MAX_HEADER =
      Key.optional(
          "max_header",
          UnitType.size(256, 16L << 20),
          HEADER_BYTES,
          "64KiB",
          "largest head of a response");
  private static final Key<Long> MAX_BODY =
      Key.optional(
          "max_body",
          UnitType.size(0, 1L << 40),
          BODY_BYTES,
          "64MiB",
          "largest body of a response");
  private static final Key<Long> MAX_REQUESTS =
      Key.optional(
          "max_requests",
          new IntegerType("a number of requests", 1, 1_000_000_000L),
          "requests after which a connection is closed; no limit by default");
  private static final Key<Long> MAX_IDLE =
      Key.optional(
          "max_idle",
          UnitType.duration(1_000_000, Distributions.MAX_NS),
          "time without a request after which a connection is closed; no limit by default");
  private static final Key<Long> MAX_AGE =
      Key.optional(
          "max_age",
          UnitType.duration(1_000_000, Distributions.MAX_NS),
          "age from which a connection gets no further request; no limit by default");
  private static final Key<Long> OPEN_AHEAD =
      Key.optional(
          "open_ahead",
          new IntegerType("a number of connections", 0, MAX_POOL),
          0L,
          "0",
          "connections opened before the clock starts");
  private static final Key<Long> OPEN_RATE =
      Key.optional(
          "open_rate",
          new IntegerType("a number of connections per second", 1, MAX_POOL),
          (long) Opening.DEFAULT_RATE,
          String.valueOf(Opening.DEFAULT_RATE),
          "how many of these are begun in a second");
  private static final TextType ADDRESS =
      new TextType(
          "an IPv4 or IPv6 address, such as 127.0.0.1 or ::1", false, AddressRules::addressFault);
  private static final Key<List<String>> SOURCES =
      Key.optional(
          "sources",
          new ListType<>("addresses", ADDRESS, MAX_ADDRESSES),
          List.of(),
          "[]",
          "addresses of this machine to connect from, in turn; any by default");

  private enum Addresses {
    FIRST("first"),
    IN_TURN("in-turn"),
    RACING("happy-eyeballs");

    private final String word;

    Addresses(final String word) {
      this.word = word;
    }
  }

  private static final Key<Addresses> ADDRESSES =
      Key.optional(
          "addresses",
          new EnumType<>(addressing()),
          Addresses.FIRST,
          Addresses.FIRST.word,
          "which of the target's addresses get connections");
  private static final Key<Map<String, List<String>>> HOSTS =
      Key.optional(
          "hosts",
          new MapType<>(
              "hosts",
              AddressRules::hostFault,
              new ListType<>("addresses", ADDRESS, MAX_ADDRESSES),
              0,
              MAX_ADDRESSES),
          Map.of(),
          "{}",
          "addresses of host names that are then not looked up");
  private static final Key<String> UNIX_SOCKET =
      Key.optional(
          "unix_socket",
          new TextType(
              "the path of a Unix socket, 100 characters at most",
              false,
              AddressRules::socketPathFault),
          "a Unix socket to connect to instead of the target's address");

  static final ObjectType<Connections> TYPE =
      new ObjectType<>(
          "`connections`",
          List.of(
              MODE,
              SIZE,
              CONNECT_TIMEOUT,
              MAX_HEADER,
              MAX_BODY,
              MAX_REQUESTS,
              MAX_IDLE,
              MAX_AGE,
              OPEN_AHEAD,
              OPEN_RATE,
              SOURCES,
              ADDRESSES,
              Routing.ATTEMPT_DELAY,
              HOSTS,
              Routing.RESOLVER,
              Routing.TTL,
              Routing.PROXY,
              UNIX_SOCKET),
          List.of(
              new Rule(List.of(MODE, SIZE), Connecting::sizeFitsMode),
              new Rule(
                  List.of(MODE, SIZE, MAX_REQUESTS, MAX_IDLE, MAX_AGE, OPEN_AHEAD),
                  Connecting::keepingFitsMode),
              new Rule(List.of(UNIX_SOCKET, SOURCES), Connecting::sourcesFit),
              new Rule(List.of(ADDRESSES, Routing.ATTEMPT_DELAY), Connecting::delayFits),
              Routing.apartFrom(UNIX_SOCKET)),
          Connecting::connections);

  private Connecting() {}

  private static Map<String, Mode> modes() {
    final Map<String, Mode> byWord = new LinkedHashMap<>();
    for (final Mode mode : Mode.values()) {
      byWord.put(mode.word, mode);
    }
    return byWord;
  }

  private static Map<String, Addresses> addressing() {
    final Map<String, Addresses> byWord = new LinkedHashMap<>();
    for (final Addresses addresses : Addresses.values()) {
      byWord.put(addresses.word, addresses);
    }
    return byWord;
  }

  private static boolean sizeFitsMode(final Values v) {
    final boolean shared = v.get(MODE) == Mode.SHARED;
    if (shared && !v.has(SIZE)) {
      v.in()
          .missing(
              v.offset(),
              "connections with `mode: shared` need `size`",
              SIZE.description() + ": " + SIZE.type().expected());
    }
    if (!shared && v.has(SIZE)) {
      v.in()
          .conflict(
              v.offset(SIZE),
              "`size` belongs to `mode: shared`; with `mode: "
                  + v.get(MODE).word
                  + "` each "
                  + (v.get(MODE) == Mode.PER_VU ? "VU" : "request")
                  + " has one connection");
    }
    return shared == v.has(SIZE);
  }

  /** A connection of one request is neither kept nor there before it. */
  private static boolean keepingFitsMode(final Values v) {
    boolean fits = true;
    if (v.get(MODE) == Mode.PER_REQUEST) {
      for (final Key<Long> key : List.of(MAX_REQUESTS, MAX_IDLE, MAX_AGE, OPEN_AHEAD)) {
        if (v.has(key)) {
          v.in()
              .conflict(
                  v.offset(key),
                  "`"
                      + key.name()
                      + "` has no meaning with `mode: per-request`: no connection is"
                      + " kept");
          fits = false;
        }
      }
    }
    if (v.get(MODE) == Mode.SHARED && v.has(SIZE) && v.get(OPEN_AHEAD) > v.get(SIZE)) {
      v.in()
          .conflict(
              v.offset(OPEN_AHEAD),
              "`open_ahead` is more than the pool's `size` of " + v.get(SIZE));
      fits = false;
    }
    return fits;
  }

  private static boolean sourcesFit(final Values v) {
    if (v.has(UNIX_SOCKET) && !v.get(SOURCES).isEmpty()) {
      v.in().conflict(v.offset(SOURCES), "a Unix socket is not connected to from any of `sources`");
      return false;
    }
    return true;
  }

  private static boolean delayFits(final Values v) {
    if (v.has(Routing.ATTEMPT_DELAY) && v.get(ADDRESSES) != Addresses.RACING) {
      v.in()
          .conflict(
              v.offset(Routing.ATTEMPT_DELAY),
              "`attempt_delay` belongs to `addresses: happy-eyeballs`");
      return false;
    }
    return true;
  }

  private static Connections connections(final Values v) {
    final int pool =
        switch (v.get(MODE)) {
          case PER_VU -> Connections.PER_VU;
          case PER_REQUEST -> Connections.PER_REQUEST;
          case SHARED -> v.get(SIZE).intValue();
        };
    return new Connections(
        pool,
        v.get(CONNECT_TIMEOUT),
        v.get(MAX_HEADER).intValue(),
        v.get(MAX_BODY),
        new Keeping(limit(v, MAX_REQUESTS), limit(v, MAX_IDLE), limit(v, MAX_AGE)),
        new Opening(
            v.get(OPEN_AHEAD).intValue(),
            v.get(OPEN_RATE).intValue(),
            v.get(SOURCES),
            v.get(ADDRESSES) == Addresses.IN_TURN,
            v.get(HOSTS).entrySet().stream()
                .map(e -> new Opening.Host(e.getKey(), e.getValue()))
                .toList(),
            v.has(UNIX_SOCKET) ? v.get(UNIX_SOCKET) : "",
            Routing.route(v, v.get(ADDRESSES) == Addresses.RACING)));
  }

  private static long limit(final Values v, final Key<Long> key) {
    return v.has(key) ? v.get(key) : Keeping.UNLIMITED;
  }
}
