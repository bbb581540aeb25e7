package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.engine.transport.target.TargetTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs over HTTP/2: they ask what runs over HTTP/1.1 ask, on fewer connections, read the same
 * out of it, and replay without the target.
 */
final class Http2RunTest {
  private static final int VUS = 5;
  private static final int REQUESTS = VUS * 4 * 8;
  private static final String SCENARIO =
      """
      name: http2
      seed: 7
      target: https://127.0.0.1
      tls: {insecure: true}
      connections: CONNECTIONS
      record: {bodies: all}
      scenarios:
        all:
          load: {executor: per-vu-iterations, vus: 5, iterations: 4}
          cookies: true
          flow:
            - request:
                name: login
                path: "/set-cookie?name=user&value=u${vu}"
                checks: [{status: 200}]
            - request:
                name: token
                path: /json
                extract: {token: {header: content-type}}
                checks: [{header: content-type, contains: json}]
            - parallel: {max: 6}
              requests:
                - {name: a, path: "/bytes?n=3000", checks: [{size: {max: 5000}}]}
                - {name: b, path: "/bytes?n=20000"}
                - {name: c, path: "/delay?ms=3"}
                - {name: d, path: /cookies, checks: [{json: "$.user", matches: "u[0-9]+"}]}
                - {name: e, method: POST, path: /echo, body: "t ${token}"}
                - {name: f, method: HEAD, path: /json}
            - think: 1ms
      simulate: {latency: 1ms}
      """;

  @TempDir private Path directory;

  private JsonNode run(final String name, final String connections, final TargetTls shown)
      throws IOException {
    final String scenario =
        shown == null ? SCENARIO.replace("tls: {insecure: true}\n", "") : SCENARIO;
    Files.writeString(
        directory.resolve("s.yaml"),
        scenario
            .replace("CONNECTIONS", connections)
            .replace(shown == null ? "https:" : "no such thing", "http:"));
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1, shown)) {
      final Invocation run =
          Invocation.of(
              directory,
              "run",
              "s.yaml",
              "--target",
              target.url(),
              "--name",
              name,
              "--json",
              name + ".json");
      assertTrue(run.code() == 0 || run.code() == 6 || run.code() == 99, run::toString);
    }
    final Invocation replay = Invocation.of(directory, "replay", name);
    assertEquals(0, replay.code(), replay::toString);
    assertTrue(replay.out().startsWith("identical"), replay::out);
    return new ObjectMapper().readTree(Files.readString(directory.resolve(name + ".json")));
  }

  private static TargetTls shown() {
    final Instant now = Instant.now();
    final IssuedCertificate own =
        Authority.selfSigned("localhost", now, now.plusSeconds(3600), List.of("127.0.0.1"));
    return TargetTls.of(own.key(), List.of(own.certificate()));
  }

  @Test
  void shouldAskAndReadTheSameHoweverConnectionsAreHadAndWhateverTheySpeak() throws IOException {
    final Set<String> digests = new HashSet<>();
    final String[] ways = {
      "{http_version: 1.1}",
      "{}",
      "{http_version: 2, max_streams: 2}",
      "{mode: shared, size: 2, http_version: 2}",
      "{mode: per-request}",
    };
    for (int i = 0; i < ways.length; i++) {
      final JsonNode summary = run("r" + i, ways[i], shown());
      final String text = ways[i] + ": " + summary;
      digests.add(summary.findPath("generationDigest").asText());
      assertEquals(REQUESTS, summary.at("/totals/responses").asInt(), text);
      assertEquals(0, summary.at("/totals/badStatuses").asInt(), text);
      assertEquals(i == 0 ? 0 : REQUESTS, summary.at("/http2/requests").asInt(), text);
      final int connects = summary.at("/totals/connects").asInt();
      assertEquals(new int[] {VUS * 6, VUS, VUS, 2, REQUESTS}[i], connects, text);
      summary
          .at("/checks")
          .forEach(check -> assertEquals(0, check.at("/failed").asInt(), () -> text));
    }
    final JsonNode clear = run("clear", "{http_version: 2}", null);
    digests.add(clear.findPath("generationDigest").asText());
    assertEquals(REQUESTS, clear.at("/http2/requests").asInt());
    assertEquals(1, digests.size(), digests::toString);
    assertFalse(digests.contains(""), digests::toString);
  }

  @Test
  void shouldSpeakHttp1WhereTheTargetChoosesItAndFailWhereOnlyHttp2IsWanted() throws IOException {
    final JsonNode old = run("old", "{}", shown().choosing("http/1.1"));
    assertEquals(REQUESTS, old.at("/totals/responses").asInt());
    assertTrue(old.at("/http2").isMissingNode());
    final JsonNode none = run("none", "{http_version: 2}", shown().choosing("http/1.1"));
    assertEquals(0, none.at("/totals/responses").asInt());
    assertTrue(none.toString().contains("does not speak HTTP/2"), none::toString);
  }

  @Test
  void shouldShowInAnInspectionWhatWasSpoken() throws IOException {
    run("seen", "{}", shown());
    final Invocation inspect =
        Invocation.of(directory, "inspect", "seen", "--vu", "1", "--events", "--json");
    assertEquals(0, inspect.code(), inspect::err);
    assertTrue(inspect.out().contains("HTTP/2"), inspect::out);
  }
}
