package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose target compresses, and their replays without it. */
final class CodingRunTest {
  private static final String SCENARIO =
      """
      name: coded
      target: http://127.0.0.1:8080
      scenarios:
        browse:
          load: {executor: per-vu-iterations, vus: 2, iterations: 5}
          flow:
            - foreach: "['gzip', 'deflate', 'br', 'zstd']"
              as: coding
              steps:
                - request:
                    name: whole
                    path: "/coded?coding=${coding}"
                    checks: [{json: "$.total", equals: 5997, name: total}]
            - request: {name: cut, path: "/coded?coding=gzip&missing=9", checks: [{json: "$.total", name: total}]}
            - request: {name: wrong, path: "/coded?coding=br&missing=9", checks: [{json: "$.total", name: total}]}
            - request: {name: unread, path: "/coded?coding=br&missing=9", checks: [{status: 200, name: status}]}
      """;

  @TempDir private Path directory;

  @Test
  void shouldDecodeWhatIsReadAndCountWhatCannotBeDecoded() throws IOException {
    Scenarios.write(directory, "coded.yaml", SCENARIO);
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run =
          Invocation.of(directory, "run", "coded.yaml", "--target", target.url(), "--name", "live");
    }
    assertTrue(run.code() == 0 || run.code() == 6, run.out() + run.err());
    assertRow(run.out(), "whole: total", "40 +0 ");
    assertRow(run.out(), "cut: total", "0 +10 ");
    assertRow(run.out(), "cut", "0 +0 +0 +0 +truncated 10 +0");
    assertRow(run.out(), "wrong", "0 +0 +0 +0 +malformed 10 +0");
    assertRow(run.out(), "unread: status", "10 +0 ");
    assertTrue(
        run.out().lines().noneMatch(line -> line.matches(" *unread  .*malformed.*")), run.out());
    final Invocation failed = Invocation.of(directory, "inspect", "live", "--failed");
    assertEquals(20, failed.out().lines().filter(line -> line.contains("body_faulted")).count());
    assertTrue(
        failed
            .out()
            .lines()
            .anyMatch(line -> line.matches(".*body_faulted.* request=cut .*fault=truncated")),
        failed.out());
    final Invocation replay = Invocation.of(directory, "replay", "live");
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  private static void assertRow(final String out, final String name, final String figures) {
    assertTrue(
        out.lines().anyMatch(line -> line.matches(" *" + name + " +" + figures + ".*")),
        name + " in " + out);
  }
}
