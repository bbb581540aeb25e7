package io.lockstep.app.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TargetCommandTest {
  @Test
  void shouldServeUntilItIsInterrupted() throws Exception {
    final CompletableFuture<Invocation> ended = new CompletableFuture<>();
    final Thread serving =
        new Thread(() -> ended.complete(Invocation.of(Path.of(""), "target", "--port", "0")));
    serving.start();
    Thread.sleep(200);
    assertTrue(serving.isAlive(), "ended on its own");
    serving.interrupt();
    final Invocation target = ended.get(10, TimeUnit.SECONDS);
    assertEquals(0, target.code(), target.err());
    assertTrue(
        target.out().matches("Serving on http://127\\.0\\.0\\.1:\\d+ \\(Ctrl-C ends it\\)\\R(?s:.*)"),
        target.out());
    assertTrue(target.out().contains("Served 0 requests."), target.out());
  }

  @Test
  void shouldExplainATakenPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      final String port = Integer.toString(taken.getLocalPort());
      final Invocation target = Invocation.of(Path.of(""), "target", "--port", port);
      assertEquals(2, target.code());
      assertTrue(target.err().contains("cannot listen on 127.0.0.1:" + port), target.err());
      assertTrue(target.err().contains("Choose another --port"), target.err());
    }
  }
}
