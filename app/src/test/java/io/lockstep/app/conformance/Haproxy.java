package io.lockstep.app.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** HAProxy in front of a server of files. */
final class Haproxy implements RealServer {
  private Program program;
  private Backend backend;

  @Override
  public String title() {
    return "HAProxy";
  }

  @Override
  public String missing() {
    return Program.find("haproxy").isPresent() ? null : "there is no haproxy on the PATH";
  }

  @Override
  public String version() throws IOException {
    return Program.firstLine(path(), "-v").replaceAll(".*version ([0-9.]+).*", "HAProxy $1");
  }

  private static String path() {
    return Program.find("haproxy").map(Path::toString).orElseThrow();
  }

  @Override
  public void start(final Site site) throws IOException {
    backend = Backend.start(site.root());
    final Path file =
        site.configure("haproxy.cfg", Map.of("BACKEND", Integer.toString(backend.port())));
    program =
        Program.start(
            site.file("output"),
            List.of(path(), "-W", "-db", "-f", file.toString()),
            site.port(Port.PLAIN),
            site.port(Port.SECURE));
  }

  @Override
  public String without(final Way way, final Feature feature) {
    return switch (feature) {
      case BROTLI, ZSTD -> "compresses with gzip and deflate alone";
      case REQUEST_LIMIT -> "has no such limit";
      default -> null;
    };
  }

  @Override
  public boolean closesOnLargeHeader(final Way way) {
    return way.isHttp2(); // RST_STREAM with PROTOCOL_ERROR
  }

  @Override
  public void reload() throws IOException {
    program.signal("USR2");
  }

  @Override
  public void stop() {
    program.close();
    backend.close();
  }
}
