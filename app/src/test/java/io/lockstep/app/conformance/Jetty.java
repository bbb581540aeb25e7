package io.lockstep.app.conformance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty inside the process of the tests; stopped, it lets what runs end and says GOAWAY. */
final class Jetty implements RealServer {
  private static final String PASSWORD = "of-a-store";
  private static final int MAX_BODY = 100_000;
  private static final int MAX_HEADER = 8192;
  private static final long STOP_TIMEOUT_MS = 500;
  private static final int THREADS = 16;
  private static final int MIN_GZIP = 5_000;

  private Server server;

  @Override
  public String title() {
    return "Jetty";
  }

  @Override
  public String missing() {
    return null;
  }

  @Override
  public String version() {
    return "Jetty " + Server.getVersion();
  }

  @Override
  public void start(final Site site) throws Exception {
    server = new Server(new QueuedThreadPool(THREADS));
    server.setStopTimeout(STOP_TIMEOUT_MS);
    final HttpConfiguration clear = new HttpConfiguration();
    clear.setRequestHeaderSize(MAX_HEADER);
    listen(site.port(Port.PLAIN), new HttpConnectionFactory(clear));
    listen(site.port(Port.CLEAR2), new HTTP2CServerConnectionFactory(clear));
    final HttpConfiguration secure = new HttpConfiguration(clear);
    secure.addCustomizer(new SecureRequestCustomizer(false));
    final ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory("h2", "http/1.1");
    choice.setDefaultProtocol("http/1.1");
    listen(
        site.port(Port.SECURE),
        new SslConnectionFactory(tls(site), choice.getProtocol()),
        choice,
        new HTTP2ServerConnectionFactory(secure),
        new HttpConnectionFactory(secure));
    final GzipHandler gzip = new GzipHandler(new SiteHandler(site.root()));
    gzip.setMinGzipSize(MIN_GZIP);
    final SizeLimitHandler limit = new SizeLimitHandler(MAX_BODY, -1);
    limit.setHandler(gzip);
    server.setHandler(limit);
    server.start();
  }

  private void listen(final int port, final ConnectionFactory... factories) {
    final ServerConnector connector = new ServerConnector(server, 1, 1, factories);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
  }

  private static SslContextFactory.Server tls(final Site site)
      throws GeneralSecurityException, IOException {
    final KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        site.certificate().key(),
        PASSWORD.toCharArray(),
        new Certificate[] {site.certificate().certificate()});
    final SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(store);
    tls.setKeyStorePassword(PASSWORD);
    return tls;
  }

  @Override
  public String without(final Way way, final Feature feature) {
    return switch (feature) {
      case BROTLI, ZSTD -> "this version compresses with gzip alone";
      case REQUEST_LIMIT -> "has no such limit";
      case RELOAD -> "has nothing to read again";
      default -> null;
    };
  }

  @Override
  public boolean closesOnLargeHeader(final Way way) {
    return way.isHttp2(); // GOAWAY with REFUSED_STREAM, each time that the request is sent again
  }

  @Override
  public void reload() {
    throw new UnsupportedOperationException("Jetty has nothing to read again");
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }

  /** Serves the files of a site. */
  private static final class SiteHandler extends Handler.Abstract {
    private final Path root;

    SiteHandler(final Path root) {
      this.root = root;
    }

    @Override
    public boolean handle(final Request request, final Response response, final Callback callback)
        throws IOException {
      final String path = Request.getPathInContext(request);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
      switch (path) {
        case "/empty" -> {
          response.setStatus(204);
          callback.succeeded();
        }
        case "/chunked" -> {
          final byte[] content = Site.PLAIN.getBytes(StandardCharsets.UTF_8);
          Content.Sink.write(response, false, ByteBuffer.wrap(content, 0, 300));
          response.write(true, ByteBuffer.wrap(content, 300, content.length - 300), callback);
        }
        case "/upload" -> {
          final int taken = Content.Source.asByteBuffer(request).remaining();
          send(response, ("taken " + taken).getBytes(StandardCharsets.UTF_8), callback);
        }
        default -> file(request, response, root.resolve(path.substring(1)), callback);
      }
      return true;
    }

    private static void file(
        final Request request, final Response response, final Path file, final Callback callback)
        throws IOException {
      if (!Files.exists(file)) {
        Response.writeError(request, response, callback, 404);
      } else if (request.getHeaders().contains(HttpHeader.IF_NONE_MATCH)) {
        response.setStatus(304);
        callback.succeeded();
      } else {
        send(response, Files.readAllBytes(file), callback);
      }
    }

    private static void send(
        final Response response, final byte[] content, final Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
      response.write(true, ByteBuffer.wrap(content), callback);
    }
  }
}
