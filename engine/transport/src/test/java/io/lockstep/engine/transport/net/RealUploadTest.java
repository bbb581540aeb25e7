package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.net.UploadServer.Manner;
import io.lockstep.engine.transport.net.UploadServer.Upload;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ResponseUse;
import io.lockstep.scenario.plan.Sending;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large bodies through a real nginx, with TLS and without, and a real HAProxy. */
@SuppressWarnings("TimeInStaticInitializer") // certificates are of the moment
final class RealUploadTest {
  private static final String NGINX =
      """
      daemon off;
      worker_processes 1;
      pid nginx.pid;
      error_log stderr crit;
      events { worker_connections 1024; }
      http {
        access_log off;
        client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
        uwsgi_temp_path tmp; scgi_temp_path tmp;
        server {
          listen 127.0.0.1:PORT;
          listen unix:SOCKET ssl;
          ssl_certificate server.pem;
          ssl_certificate_key server.key;
          client_max_body_size 64m;
          location /through {
            proxy_pass http://127.0.0.1:UPLOADS; proxy_request_buffering off; proxy_http_version 1.1;
          }
          location /small { client_max_body_size 1m; proxy_pass http://127.0.0.1:UPLOADS; }
        }
      }
      """;
  private static final String HAPROXY =
      """
      defaults
        mode http
        timeout client 5s
        timeout server 5s
        timeout connect 1s
      frontend f
        bind 127.0.0.1:PORT
        default_backend b
      backend b
        server s 127.0.0.1:UPLOADS
      """;
  private static final int BYTES = 30 << 20;
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Authority AUTHORITY = Authority.create("Test authority", NOW);

  @TempDir private static Path directory;

  private static final Map<String, Path> PATH_BY_DIGEST = new HashMap<>();
  private static BodyFile file;
  private static UploadServer uploads;
  private static NginxServer nginx;
  private static String socket;

  @BeforeAll
  static void start() throws IOException {
    file = SentFile.write(directory, "large", BYTES, "", PATH_BY_DIGEST);
    uploads = new UploadServer(Manner.PLAIN);
    if (NginxServer.program("nginx").isEmpty()) {
      System.out.println("RealUploadTest: no uploads through nginx, there is none on the PATH");
      return;
    }
    final IssuedCertificate own =
        AUTHORITY.issue(
            "nginx", NOW, NOW.plus(1, ChronoUnit.DAYS), List.of("127.0.0.1", "shop.example"));
    socket = directory.resolve("s").toString();
    nginx =
        NginxServer.start(
            NGINX.replace("UPLOADS", Integer.toString(uploads.port())).replace("SOCKET", socket),
            Map.of("server.pem", own.certificatePem(), "server.key", own.keyPem()),
            List.of());
  }

  @AfterAll
  static void stop() throws IOException {
    uploads.close();
    if (nginx != null) {
      nginx.close();
    }
  }

  @Test
  void shouldUploadThroughNginx() throws Exception {
    assumeTrue(nginx != null, "there is no nginx on the PATH");
    upload(Plans.of(nginx.port(), 1, 0, request("/through", Sending.AT_ONCE)));
  }

  @ParameterizedTest
  @EnumSource(Tls.Provider.class)
  void shouldUploadThroughNginxOverTls(final Tls.Provider provider) throws Exception {
    assumeTrue(nginx != null, "there is no nginx on the PATH");
    final Plan plain =
        Plans.of(nginx.port(), 1, 0, 5_000_000_000L, request("/through", Sending.AT_ONCE));
    final Tls tls =
        new Tls(
            provider,
            Tls.Version.TLS_1_2,
            Tls.Version.TLS_1_3,
            List.of(),
            "shop.example",
            false,
            true,
            null,
            null);
    upload(
        Plans.connecting(
                plain,
                plain.connections().keeping(),
                new Opening(0, Opening.DEFAULT_RATE, List.of(), false, List.of(), socket))
            .withTarget(new Target(true, "127.0.0.1", nginx.port(), ""))
            .withParts(plain.parts().with(tls)));
  }

  @Test
  void shouldWaitForNginxToWantTheBody() throws Exception {
    assumeTrue(nginx != null, "there is no nginx on the PATH");
    final long startNs = System.nanoTime();
    upload(Plans.of(nginx.port(), 1, 0, request("/through", 60_000_000_000L)));
    assertTrue(System.nanoTime() - startNs < 30_000_000_000L, "nobody said continue");
  }

  @Test
  void shouldReadThatABodyIsTooLargeForNginx() {
    assumeTrue(nginx != null, "there is no nginx on the PATH");
    for (final long continueNs : new long[] {Sending.AT_ONCE, 60_000_000_000L}) {
      final Plan plan = Plans.of(nginx.port(), 1, 0, request("/small", continueNs));
      try (Driver driver = new Driver(plan, Backend.AUTO, TlsCredentials.NONE, PATH_BY_DIGEST)) {
        for (int i = 0; i < 3; i++) {
          final Ended end = driver.exchange(0, 0);
          assertEquals(413, end.status(), end::toString);
          assertTrue(end.bytesSent() < (continueNs == 0 ? BYTES : 1_000), end::toString);
        }
      }
    }
  }

  @Test
  void shouldUploadThroughHaproxy() throws Exception {
    final boolean installed = NginxServer.program("haproxy").isPresent();
    if (!installed) {
      System.out.println("RealUploadTest: no uploads through HAProxy, there is none on the PATH");
    }
    assumeTrue(installed, "there is no haproxy on the PATH");
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    final Path configuration = directory.resolve("haproxy.cfg");
    Files.writeString(
        configuration,
        HAPROXY
            .replace("PORT", Integer.toString(port))
            .replace("UPLOADS", Integer.toString(uploads.port())));
    final Process haproxy =
        new ProcessBuilder(
                NginxServer.program("haproxy").orElseThrow().toString(),
                "-f",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("haproxy.out").toFile())
            .start();
    try {
      awaitListening(port);
      upload(Plans.of(port, 1, 0, request("/", Sending.AT_ONCE)));
      upload(Plans.of(port, 1, 0, request("/", 100_000_000L)));
    } finally {
      haproxy.destroy();
      haproxy.waitFor(5, TimeUnit.SECONDS);
    }
  }

  private static void awaitListening(final int port) throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        probe.setTcpNoDelay(true);
        return;
      } catch (final IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IOException("HAProxy does not listen");
  }

  private static void upload(final Plan plan) throws Exception {
    final TlsCredentials trust =
        new TlsCredentials(List.of(AUTHORITY.own().certificate()), null, List.of());
    try (Driver driver = new Driver(plan, Backend.AUTO, trust, PATH_BY_DIGEST)) {
      for (int i = 0; i < 2; i++) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(200, end.status(), end::toString);
        final Upload upload = uploads.uploads.poll(10, TimeUnit.SECONDS);
        assertEquals(file.digest(), upload.sha256());
      }
    }
  }

  private static RequestPlan request(final String path, final long continueNs) {
    return new RequestPlan(
        0,
        0,
        "upload",
        "POST",
        path,
        continueNs == 0 ? List.of() : List.of(new Header("Expect", "100-continue")),
        "",
        200_000,
        Capture.NONE,
        0,
        ResponseUse.NONE,
        new Sending(List.of(file), continueNs));
  }
}
