package io.lockstep.app.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Reloads or restarts a server once a run is well under way, waits until the run is served again,
 * and then tells its users to end it. It looks at the system's table of connections: no duration is
 * guessed, so that a slow machine makes a longer run and no other one.
 */
final class Disturbance {
  private static final long LIMIT_NS = 15_000_000_000L;
  private static final long SETTLED_MS = 200;
  private static final int ESTABLISHED = 1;

  private final RealServer server;
  private final Site site;
  private final Journey journey;
  private final Way way;
  private final int port;

  private Disturbance(
      final RealServer server, final Site site, final Journey journey, final Way way) {
    this.server = server;
    this.way = way;
    this.site = site;
    this.journey = journey;
    this.port = site.port(journey.port(way));
  }

  /** Begins one beside the caller, who makes the run; ends when the users were told. */
  static CompletableFuture<Void> begin(
      final RealServer server, final Site site, final Journey journey, final Way way)
      throws IOException {
    site.over(false);
    final Executor own =
        task -> {
          final Thread thread = new Thread(task, "disturbs");
          thread.setDaemon(true);
          thread.start();
        };
    return CompletableFuture.runAsync(
        () -> new Disturbance(server, site, journey, way).disturb(), own);
  }

  private void disturb() {
    try {
      awaitConnections(Journey.steadyConnections(way));
      Program.pause(SETTLED_MS);
      if (journey == Journey.RELOAD) {
        server.reload();
      } else {
        server.stop();
        Program.pause(SETTLED_MS);
        server.start(site);
      }
      Program.pause(SETTLED_MS);
      awaitConnections(1);
      Program.pause(SETTLED_MS);
    } catch (final Exception e) {
      throw new IllegalStateException("could not " + journey + " " + server.title(), e);
    } finally {
      end();
    }
  }

  private void end() {
    try {
      site.over(true);
    } catch (final IOException e) {
      throw new IllegalStateException("the users were not told", e);
    }
  }

  private void awaitConnections(final int atLeast) throws IOException {
    final long deadlineNs = System.nanoTime() + LIMIT_NS;
    while (established() < atLeast) {
      if (System.nanoTime() > deadlineNs) {
        throw new IOException("fewer than " + atLeast + " connections at port " + port);
      }
      Program.pause(10);
    }
  }

  /** Connections to the port, as Linux lists them: the third word of a line is the far end. */
  private long established() throws IOException {
    final String end = String.format(Locale.ROOT, "0100007F:%04X", port);
    long count = 0;
    for (final String name : new String[] {"tcp", "tcp6"}) {
      for (final String line : Files.readAllLines(Path.of("/proc/net", name))) {
        final String[] words = line.trim().split(" +", -1);
        if (words.length > 3
            && words[2].endsWith(end)
            && !words[3].equals("st")
            && Integer.parseInt(words[3], 16) == ESTABLISHED) {
          count++;
        }
      }
    }
    return count;
  }
}
