package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose time begins where the file says. */
final class ClockRunTest {
  private static final String SCENARIO =
      """
      name: dated
      seed: 3
      clock: 2031-05-06T07:08:09.010Z
      target: http://127.0.0.1:%d
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 1, iterations: 2}
          flow:
            - request: {name: day, path: "/${date('yyyy-MM-dd HH:mm', '1d') == '2031-05-07 07:08'}"}
            - request: {name: when, path: "/${floor(now() / 100000)}"}
      simulate: {latency: 1ms}
      """;

  @TempDir private Path directory;

  @Test
  void shouldAskTheSameInEveryRunAndAsPlanned() throws IOException {
    final Queue<String> paths = new ConcurrentLinkedQueue<>();
    final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          paths.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      Scenarios.write(directory, "s.yaml", SCENARIO.formatted(server.getAddress().getPort()));
      final String live = generation("run", "s.yaml", "--name", "a", "--json", "-");
      assertEquals(live, generation("run", "s.yaml", "--name", "b", "--json", "-"));
      assertEquals(live, generation("run", "s.yaml", "--name", "c", "--json", "-", "--simulate"));
    } finally {
      server.stop(0);
    }
    assertTrue(paths.stream().allMatch(path -> path.matches("/true|/19358176")), "" + paths);
    assertEquals(8, paths.size());
    for (final String run : new String[] {"a", "c"}) {
      final Invocation replay = Invocation.of(directory, "replay", run);
      assertEquals(0, replay.code(), replay.out() + replay.err());
    }
    final Invocation plan = Invocation.of(directory, "plan", "s.yaml", "--vu", "0");
    assertTrue(plan.out().contains("GET /true"), plan.out());
  }

  private String generation(final String... arguments) {
    final Invocation run = Invocation.of(directory, arguments);
    assertTrue(run.code() == 0 || run.code() == 6, run.err());
    final String key = "\"generationDigest\"";
    final int at = run.out().indexOf(key);
    assertTrue(at >= 0, run.out());
    return run.out().substring(at, run.out().indexOf('\n', at));
  }
}
