package io.lockstep.app.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What must be true of a run for a feature to be there. */
final class Judgement {
  /** What a connection that the server closes may do to the request that is just under way. */
  private static final Set<String> CLOSED = Set.of("closed_early", "reset");

  /** What may come of requests while a server is away, besides. */
  private static final Set<String> AWAY = Set.of("connect_refused", "connect_reset", "tls_broken");

  /** What a server of HTTP/2 may do to a stream besides. */
  private static final Set<String> REFUSED = Set.of("stream_reset", "stream_refused");

  /** Jetty, while it stops, begins new connections with a GOAWAY, which RFC 9113 forbids. */
  private static final String GOAWAY_FIRST = "protocol_violation";

  private Judgement() {}

  /** All requests with these names have a response, and all of their checks hold. */
  static BiConsumer<Trial, Way> of(final String... names) {
    return (trial, way) -> {
      for (final String name : names) {
        for (final JsonNode row : trial.rows(name)) {
          assertEquals(row.path("issued"), row.path("responses"), () -> row + "\n" + trial);
        }
        final List<JsonNode> checks = trial.checks(name);
        assertFalse(checks.isEmpty() && !name.equals("empty"), () -> "no " + name + " in " + trial);
        for (final JsonNode check : checks) {
          assertEquals(0, check.path("failed").asLong(), () -> check + "\n" + trial);
          assertTrue(check.path("passed").asLong() > 0, () -> check + "\n" + trial);
        }
      }
    };
  }

  static void negotiated(final Trial trial, final Way way) {
    of("plain").accept(trial, way);
    assertEquals(
        way.isHttp2() ? trial.totals().path("responses").asLong() : 0,
        trial.summary().path("http2").path("requests").asLong(),
        trial::toString);
    final List<String> handshakes =
        trial.events().stream().filter(line -> line.contains(" handshake_ended ")).toList();
    assertEquals(way.isSecure(), !handshakes.isEmpty(), trial::toString);
    if (way.protocol() != null) {
      for (final String handshake : handshakes) {
        assertTrue(handshake.contains("protocol=" + way.protocol()), handshake);
      }
    }
  }

  static void kept(final Trial trial, final Way way) {
    assertEquals(Map.of(), failures(trial), trial::toString);
    assertEquals(Journey.VUS, trial.connections("opened"), trial::toString);
  }

  /** A status that says so, or the end of the connection where the scenario expects no status. */
  static void refused(final Trial trial, final Way way) {
    of("plain").accept(trial, way);
    if (trial.checks("header").isEmpty()) {
      for (final JsonNode row : trial.rows("header")) {
        assertEquals(row.path("issued"), row.path("errors"), () -> row + "\n" + trial);
        for (final Map.Entry<String, JsonNode> one : row.path("failures").properties()) {
          final String kind = one.getKey();
          assertTrue(CLOSED.contains(kind) || REFUSED.contains(kind), kind);
        }
      }
    } else {
      of("header").accept(trial, way);
    }
  }

  static void limited(final Trial trial, final Way way) {
    of("plain").accept(trial, way);
    final int issued = Journey.VUS * Journey.LIMITED_ITERATIONS;
    assertEquals(issued, trial.totals().path("responses").asLong(), trial::toString);
    assertEquals(
        issued / Journey.REQUESTS_PER_CONNECTION, trial.connections("opened"), trial::toString);
  }

  /** Nothing is lost but what was under way on a connection that was just being closed. */
  static void reloaded(final Trial trial, final Way way) {
    final Map<String, Long> failures = failures(trial);
    assertTrue(CLOSED.containsAll(failures.keySet()), () -> failures + "\n" + trial);
    final long lost = failures.values().stream().mapToLong(Long::longValue).sum();
    assertTrue(lost <= Journey.STEADY_VUS, () -> failures + "\n" + trial);
    assertTrue(
        trial.connections("opened") > Journey.steadyConnections(way), () -> "not closed: " + trial);
    wentOn(trial);
  }

  /** What fails has the kinds of a server that is away, and afterwards all is well. */
  static void restarted(final Trial trial, final Way way) {
    final Map<String, Long> failures = failures(trial);
    for (final String kind : failures.keySet()) {
      assertTrue(
          CLOSED.contains(kind)
              || AWAY.contains(kind)
              || (way.isHttp2() && (REFUSED.contains(kind) || kind.equals(GOAWAY_FIRST))),
          () -> failures + "\n" + trial);
    }
    assertTrue(
        trial.connections("opened") > Journey.steadyConnections(way), () -> "not closed: " + trial);
    wentOn(trial);
  }

  /** The run ended since users were told to end it, by the server that is there again. */
  private static void wentOn(final Trial trial) {
    assertTrue(
        trial.events().stream().anyMatch(line -> line.contains(" test_stopped ")),
        () -> "nobody saw the end in " + trial);
    long failed = 0;
    for (final JsonNode check : trial.checks("plain")) {
      failed = Math.max(failed, check.path("failed").asLong());
    }
    long unanswered = 0;
    for (final JsonNode row : trial.rows("plain")) {
      unanswered += row.path("errors").asLong();
    }
    assertEquals(unanswered, failed, () -> "a wrong response: " + trial);
  }

  private static Map<String, Long> failures(final Trial trial) {
    final Map<String, Long> count = new TreeMap<>();
    for (final Map.Entry<String, JsonNode> one : trial.totals().path("failures").properties()) {
      count.put(one.getKey(), one.getValue().asLong());
    }
    return count;
  }
}
