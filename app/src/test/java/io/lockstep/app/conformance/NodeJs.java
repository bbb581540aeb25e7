package io.lockstep.app.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The servers that Node brings, with a script. */
final class NodeJs implements RealServer {
  private Program program;

  @Override
  public String title() {
    return "Node";
  }

  @Override
  public String missing() {
    return Program.find("node").isPresent() ? null : "there is no node on the PATH";
  }

  @Override
  public String version() throws IOException {
    return "Node " + Program.firstLine(path(), "--version");
  }

  private static String path() {
    return Program.find("node").map(Path::toString).orElseThrow();
  }

  @Override
  public void start(final Site site) throws IOException {
    final Path file = site.configure("server.js", Map.of());
    program =
        Program.start(
            site.file("output"),
            List.of(path(), file.toString()),
            site.port(Port.PLAIN),
            site.port(Port.SECURE));
  }

  @Override
  public String without(final Way way, final Feature feature) {
    return switch (feature) {
      case ZSTD -> "this version does not have it";
      case REQUEST_LIMIT -> way.isHttp2() ? "has no such limit for HTTP/2" : null;
      case HEADER_LIMIT -> way.isHttp2() ? "its limit for HTTP/2 is advice alone" : null;
      case RELOAD -> "a script is not read again";
      default -> null;
    };
  }

  @Override
  public void reload() {
    throw new UnsupportedOperationException("a script is not read again");
  }

  @Override
  public void stop() {
    program.close();
  }
}
