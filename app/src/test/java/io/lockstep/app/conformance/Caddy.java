package io.lockstep.app.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Caddy, whose body of unknown length and uploads come from a server behind it. */
final class Caddy implements RealServer {
  private Program program;
  private Backend backend;
  private Path file;
  private int admin;

  @Override
  public String title() {
    return "Caddy";
  }

  @Override
  public String missing() {
    return Program.find("caddy").isPresent() ? null : "there is no caddy on the PATH";
  }

  @Override
  public String version() throws IOException {
    return "Caddy " + Program.firstLine(path(), "version").replaceAll(" .*", "");
  }

  private static String path() {
    return Program.find("caddy").map(Path::toString).orElseThrow();
  }

  @Override
  public void start(final Site site) throws IOException {
    backend = Backend.start(site.root());
    file = site.configure("Caddyfile", Map.of("BACKEND", Integer.toString(backend.port())));
    admin = site.port(Port.ADMIN);
    program =
        Program.start(
            site.file("output"),
            List.of(path(), "run", "--config", file.toString(), "--adapter", "caddyfile"),
            site.port(Port.PLAIN),
            site.port(Port.SECURE));
  }

  @Override
  public String without(final Way way, final Feature feature) {
    return switch (feature) {
      case BROTLI -> "the package does not compress with it";
      case REQUEST_LIMIT -> "has no such limit";
      default -> null;
    };
  }

  @Override
  public boolean closesOnLargeHeader(final Way way) {
    return way.isHttp2(); // GOAWAY with COMPRESSION_ERROR, each time that the request is sent again
  }

  @Override
  public void reload() throws IOException, InterruptedException {
    final HttpRequest load =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/load"))
            .header("Content-Type", "text/caddyfile")
            .header("Cache-Control", "must-revalidate") // though nothing has changed
            .POST(HttpRequest.BodyPublishers.ofFile(file))
            .build();
    final HttpResponse<String> answer =
        HttpClient.newHttpClient().send(load, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("Caddy does not load its configuration: " + answer.body());
    }
  }

  @Override
  public void stop() {
    program.close();
    backend.close();
  }
}
