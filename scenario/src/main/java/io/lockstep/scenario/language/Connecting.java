package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How VUs share connections. */
final class Connecting {
  static final int MAX_POOL = 1_000_000;

  private static final String PER_VU = "per-vu";
  private static final long CONNECT_TIMEOUT_NS = 5_000_000_000L;
  private static final long HEADER_BYTES = 64L << 10;
  private static final long BODY_BYTES = 64L << 20;

  /** What counts where the file says nothing. */
  static final Connections DEFAULT =
      new Connections(Connections.PER_VU, CONNECT_TIMEOUT_NS, (int) HEADER_BYTES, BODY_BYTES);

  private static final Key<Boolean> SHARED =
      Key.optional(
          "mode", new EnumType<>(modes()), false, PER_VU, "one for each VU, or a pool for all");
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
          "longest time to open a connection, its TLS handshake included");
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

  static final ObjectType<Connections> TYPE =
      new ObjectType<>(
          "`connections`",
          List.of(SHARED, SIZE, CONNECT_TIMEOUT, MAX_HEADER, MAX_BODY),
          List.of(new Rule(List.of(SHARED, SIZE), Connecting::sizeFitsMode)),
          Connecting::connections);

  private Connecting() {}

  private static Map<String, Boolean> modes() {
    final Map<String, Boolean> sharedByMode = new LinkedHashMap<>();
    sharedByMode.put(PER_VU, false);
    sharedByMode.put("shared", true);
    return sharedByMode;
  }

  private static boolean sizeFitsMode(final Values v) {
    if (v.get(SHARED) && !v.has(SIZE)) {
      v.in()
          .missing(
              v.offset(),
              "connections with `mode: shared` need `size`",
              SIZE.description() + ": " + SIZE.type().expected());
    }
    if (!v.get(SHARED) && v.has(SIZE)) {
      v.in()
          .conflict(
              v.offset(SIZE),
              "`size` belongs to `mode: shared`; with `mode: per-vu` each VU has one connection");
    }
    return v.get(SHARED) == v.has(SIZE);
  }

  private static Connections connections(final Values v) {
    return new Connections(
        v.get(SHARED) ? v.get(SIZE).intValue() : Connections.PER_VU,
        v.get(CONNECT_TIMEOUT),
        v.get(MAX_HEADER).intValue(),
        v.get(MAX_BODY));
  }
}
