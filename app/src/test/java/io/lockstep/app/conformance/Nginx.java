package io.lockstep.app.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx with one worker. */
final class Nginx implements RealServer {
  private Program program;

  @Override
  public String title() {
    return "nginx";
  }

  @Override
  public String missing() {
    return Program.find("nginx").isPresent() ? null : "there is no nginx on the PATH";
  }

  @Override
  public String version() throws IOException {
    return Program.firstLine(path(), "-v").replaceAll(".*/", "nginx ");
  }

  private static String path() {
    return Program.find("nginx").map(Path::toString).orElseThrow();
  }

  @Override
  public void start(final Site site) throws IOException {
    final Path file = site.configure("nginx.conf", Map.of());
    program =
        Program.start(
            site.file("output"),
            List.of(
                path(), "-e", "stderr", "-p", site.directory().toString(), "-c", file.toString()),
            site.port(Port.PLAIN),
            site.port(Port.SECURE));
  }

  @Override
  public String without(final Way way, final Feature feature) {
    return switch (feature) {
      case BROTLI, ZSTD -> "needs a module that the package does not bring";
      default -> null;
    };
  }

  @Override
  public boolean closesOnLargeHeader(final Way way) {
    return way.isHttp2(); // GOAWAY with ENHANCE_YOUR_CALM
  }

  @Override
  public void reload() throws IOException {
    program.signal("HUP");
  }

  @Override
  public void stop() {
    program.close();
  }
}
