package io.lockstep.app.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of each feature with each server, as a page. What could not be tried on this machine
 * stays as the page has it.
 */
final class Matrix {
  private static final String YES = "yes";
  private static final String CLOSES = "closes";
  private static final String NO = "**no**";
  private static final int MANY = 5;
  private static final String UNTRIED = "not tried";
  private static final String VERSIONS = "Written with ";
  private static final String HEAD =
      """
      # Conformance

      What Lockstep gets from real servers, each over each way to speak with it. The suite starts the servers, makes runs against
      them, looks at their counts, outcomes and bodies, stops the servers and replays every run: a `yes` says that the run came
      right, and that its replay was identical with the server gone. `closes` says that the server ends the stream
      or the connection instead of answering, and Lockstep reports so. A dash says that the server does not have it, with the reason
      below the table. The page is written by the test that makes these runs (`ConformanceTest`), and compared with each later run;
      where a server is not installed, its column stays as it was. HAProxy stands before a server of the JDK, and so does Caddy for what
      it does not serve itself.

      - **Responses**: two users, three times each, ask for every kind; bodies are compared by digest, after decoding.
      - **Limits**: the request fails as the server says, and later ones go on. Where a server gives its final answer in place of
        `100 Continue`, the body stays unsent.
      - **Five requests for each connection**: the server closes after so many, over HTTP/2 with GOAWAY. None may fail, and there
        must be as many connections as that takes.
      - **Reload**: six users, over HTTP/2 on two connections that they share. At most one request for each user may be lost, as
        `closed_early` or `reset` ([why](http.md#when-a-connection-is-kept)), connections must have been replaced, and users must be
        served afterwards.
      - **Restart**: the same with the server stopped for a while. What fails must be `closed_early`, `reset`, `connect_refused`,
        `connect_reset` or `tls_broken`, over HTTP/2 also `stream_reset` or `stream_refused`. Jetty begins connections that it takes
        while it stops with GOAWAY instead of SETTINGS, which RFC 9113 forbids: a `protocol_violation`.

      A header beyond the limit makes Caddy and Jetty end an HTTP/2 connection with a GOAWAY that says they did not process the
      stream, so the request is [sent again](http2.md#what-a-target-has-not-processed-is-sent-again) five times, each time on a new
      connection, before it fails.

      **HttpComponents.** `HttpComponentsTest` plugs Lockstep into the test framework of Apache HttpComponents (`httpcore5-testing`) as
      its client: all of its own tests, each method with each status, and six more, with long bodies, encoded queries, odd
      headers and other statuses, come right and replay. Not applicable: requests of HTTP/1.0, which Lockstep does not send (its
      adapter says so and the framework leaves them out); the framework's server speaks HTTP/1.1 without TLS alone. The other
      tests of that artifact are about classes of HttpComponents, not about clients.

      **Fuzz.** [Fuzzing](../internals/fuzzing.md) says what was tried against the two parsers.

      """;

  private final List<RealServer> servers;
  private final Map<String, String> cellByKey = new LinkedHashMap<>();
  private final Map<String, String> versionByServer = new LinkedHashMap<>();

  Matrix(final List<RealServer> servers) {
    this.servers = servers;
  }

  private static String key(final RealServer server, final Way way, final Feature feature) {
    return way.title() + '|' + feature.title() + '|' + server.title();
  }

  void good(final RealServer server, final Way way, final Feature feature) {
    final boolean closes = feature == Feature.HEADER_LIMIT && server.closesOnLargeHeader(way);
    cellByKey.put(key(server, way, feature), closes ? CLOSES : YES);
  }

  void bad(final RealServer server, final Way way, final Feature feature) {
    cellByKey.put(key(server, way, feature), NO);
  }

  void version(final RealServer server, final String version) {
    versionByServer.put(server.title(), version);
  }

  /**
   * The page, with what an earlier one has of servers that were not tried.
   *
   * @param earlier where it is, if there is one
   */
  String page(final Path earlier, final boolean keepsVersions) throws IOException {
    final Map<String, String> before = new LinkedHashMap<>();
    String versions = VERSIONS + String.join(", ", versionByServer.values()) + ".";
    if (Files.exists(earlier)) {
      final String text = Files.readString(earlier);
      read(text, before);
      if (keepsVersions) {
        versions =
            text.lines().filter(line -> line.startsWith(VERSIONS)).findFirst().orElse(versions);
      }
    }
    final StringBuilder page = new StringBuilder(HEAD);
    page.append(versions).append('\n');
    for (final Way way : Way.values()) {
      table(page, way, before);
    }
    return page.toString();
  }

  private void table(final StringBuilder page, final Way way, final Map<String, String> before) {
    final Map<String, List<String>> featuresByReason = new LinkedHashMap<>();
    page.append("\n## ").append(way.title()).append("\n\n| |");
    servers.forEach(server -> page.append(' ').append(server.title()).append(" |"));
    page.append("\n|---|").append("---|".repeat(servers.size())).append('\n');
    for (final Feature feature : Feature.values()) {
      if (shows(way, feature)) {
        page.append("| ").append(feature.title()).append(" |");
        for (final RealServer server : servers) {
          final String reason = server.without(way, feature);
          if (reason != null) {
            featuresByReason
                .computeIfAbsent(server.title() + '|' + reason, any -> new ArrayList<>())
                .add(feature.title());
          }
          final String key = key(server, way, feature);
          final String cell =
              reason != null ? "–" : cellByKey.getOrDefault(key, before.getOrDefault(key, UNTRIED));
          page.append(' ').append(cell).append(" |");
        }
        page.append('\n');
      }
    }
    page.append('\n');
    featuresByReason.forEach(
        (reason, features) -> {
          final int bar = reason.indexOf('|');
          page.append("- ").append(reason, 0, bar).append(", ");
          page.append(features.size() > MANY ? "all" : String.join("; ", features));
          page.append(": ").append(reason.substring(bar + 1)).append(".\n");
        });
  }

  /** Whether a feature is looked at over this way. */
  static boolean shows(final Way way, final Feature feature) {
    return feature.journey().ways().contains(way) && feature.isOf(way);
  }

  private static void read(final String page, final Map<String, String> cellByKey) {
    String way = "";
    List<String> titles = List.of();
    for (final String line : page.lines().toList()) {
      if (line.startsWith("## ")) {
        way = line.substring(3);
      } else if (line.startsWith("| |")) {
        titles = cells(line);
      } else if (line.startsWith("| ")) {
        final List<String> cells = cells(line);
        for (int i = 1; i < cells.size(); i++) {
          cellByKey.put(way + '|' + cells.get(0) + '|' + titles.get(i), cells.get(i));
        }
      }
    }
  }

  private static List<String> cells(final String line) {
    final List<String> cells = new ArrayList<>();
    for (final String cell : line.substring(1, line.length() - 1).split("\\|", -1)) {
      cells.add(cell.trim());
    }
    return cells;
  }
}
