package io.lockstep.app.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** nghttpd, one process with TLS and one without. */
final class Nghttpd implements RealServer {
  private Program secure;
  private Program clear;

  @Override
  public String title() {
    return "nghttpd";
  }

  @Override
  public String missing() {
    return Program.find("nghttpd").isPresent() ? null : "there is no nghttpd on the PATH";
  }

  @Override
  public String version() throws IOException {
    return Program.firstLine(path(), "--version").replaceAll(".*/", "nghttpd ");
  }

  private static String path() {
    return Program.find("nghttpd").map(Path::toString).orElseThrow();
  }

  @Override
  public void start(final Site site) throws IOException {
    final List<String> words =
        List.of(path(), "-a", "127.0.0.1", "-d", site.root().toString(), "--echo-upload");
    final List<String> withTls = new ArrayList<>(words);
    withTls.add(Integer.toString(site.port(Port.SECURE)));
    withTls.add(site.file("server.key").toString());
    withTls.add(site.file("server.pem").toString());
    secure = Program.start(site.file("output"), withTls, site.port(Port.SECURE));
    final List<String> without = new ArrayList<>(words);
    without.add("--no-tls");
    without.add(Integer.toString(site.port(Port.CLEAR2)));
    clear = Program.start(site.file("output-clear"), without, site.port(Port.CLEAR2));
  }

  @Override
  public String without(final Way way, final Feature feature) {
    if (!way.isHttp2()) {
      return "speaks HTTP/2 alone";
    }
    return switch (feature) {
      case CHUNKED -> "knows the length of all that it serves";
      case GZIP, BROTLI, ZSTD -> "compresses no files";
      case BODY_LIMIT, REQUEST_LIMIT, HEADER_LIMIT -> "has no such limit";
      case RELOAD -> "has nothing to read again";
      default -> null;
    };
  }

  @Override
  public String ifChanged() {
    return "If-Modified-Since: 'Fri, 31 Dec 2100 00:00:00 GMT'";
  }

  @Override
  public boolean answersEmpty() {
    return false;
  }

  @Override
  public void reload() {
    throw new UnsupportedOperationException("nghttpd has nothing to read again");
  }

  @Override
  public void stop() {
    secure.close();
    clear.close();
  }
}
