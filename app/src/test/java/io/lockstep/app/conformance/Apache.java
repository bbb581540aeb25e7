package io.lockstep.app.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Apache httpd with its event worker. */
final class Apache implements RealServer {
  private Program program;

  @Override
  public String title() {
    return "Apache httpd";
  }

  @Override
  public String missing() {
    if (Program.find("apache2").isEmpty()) {
      return "there is no apache2 on the PATH";
    }
    return Files.exists(modules().resolve("mod_http2.so")) ? null : "its modules are elsewhere";
  }

  private static String path() {
    return Program.find("apache2").map(Path::toString).orElseThrow();
  }

  private static Path modules() {
    return Stream.of("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules")
        .map(Path::of)
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(Path.of("/usr/lib/apache2/modules"));
  }

  @Override
  public String version() throws IOException {
    return Program.firstLine(path(), "-v").replaceAll(".*/([0-9.]+).*", "Apache httpd $1");
  }

  @Override
  public void start(final Site site) throws IOException {
    final Path file = site.configure("apache.conf", Map.of("MODULES", modules().toString()));
    program =
        Program.start(
            site.file("output"),
            List.of(path(), "-DFOREGROUND", "-f", file.toString()),
            site.port(Port.PLAIN),
            site.port(Port.SECURE));
  }

  @Override
  public String without(final Way way, final Feature feature) {
    return switch (feature) {
      case ZSTD -> "has no module for it";
      case BODY_LIMIT ->
          way.isHttp2()
              ? "does not heed `LimitRequestBody` over HTTP/2 where it serves a file"
              : null;
      case REQUEST_LIMIT -> way.isHttp2() ? "`MaxKeepAliveRequests` is of HTTP/1.1" : null;
      default -> null;
    };
  }

  @Override
  public void reload() throws IOException {
    program.signal("USR1");
  }

  @Override
  public void stop() {
    program.close();
  }
}
