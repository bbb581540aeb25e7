package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiveRunTest {
  @TempDir private Path directory;

  @BeforeEach
  void writeScenario() throws IOException {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP);
  }

  @ParameterizedTest
  @CsvSource({"shared, nio, 1", "dedicated, auto, 2"})
  void shouldReplayALiveRunWhenTheTargetIsGone(
      final String threading, final String network, final String shards) throws IOException {
    final Invocation run;
    final long served;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run =
          Invocation.of(
              directory, "run", "shop.yaml", "--target", target.url(), "--name", "live",
              "--threading", threading, "--network", network, "--shards", shards, "--idle",
              "backoff", "--json", "-");
      served = target.requests();
    }
    final JsonNode summary = new ObjectMapper().readTree(run.out());
    assertEquals(served, summary.at("/totals/responses").asLong(), run.err());
    assertEquals(0, summary.at("/totals/errors").asLong(), run.err());
    assertTrue(served > 50, "requests: " + served);
    final Invocation replay = Invocation.of(directory, "replay", "live");
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  @Test
  void shouldMeasureAClosedPortRatherThanRefuseIt() throws IOException {
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    final Invocation run =
        Invocation.of(
            directory, "run", "shop.yaml", "--target", "http://127.0.0.1:" + port, "--name", "closed");
    assertTrue(run.code() == 0 || run.code() == 6, run.err());
    assertTrue(run.out().contains("connect_refused"), run.out());
    assertTrue(run.out().contains("no complete response"), run.out());
    assertEquals(0, Invocation.of(directory, "replay", "closed").code());
  }

  @Test
  void shouldGoOnWhenTheTargetDies() throws Exception {
    final TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1);
    final Thread killer =
        new Thread(
            () -> {
              while (target.requests() < 50) {
                Thread.onSpinWait();
              }
              target.close();
            });
    killer.setDaemon(true);
    killer.start();
    final Invocation run =
        Invocation.of(
            directory, "run", "shop.yaml", "--target", target.url(), "--name", "dying", "--json", "-");
    killer.join();
    final JsonNode totals = new ObjectMapper().readTree(run.out()).at("/totals");
    assertTrue(totals.at("/responses").asLong() >= 50, totals.toString());
    assertTrue(totals.at("/failures/connect_refused").asLong() > 0, totals.toString());
    assertEquals(0, Invocation.of(directory, "replay", "dying").code());
  }
}
