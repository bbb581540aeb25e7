package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.Tls;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS by each engine against a real nginx, which tells what it has seen of it. */
@SuppressWarnings("TimeInStaticInitializer") // certificates are of the moment
final class NginxTlsTest {
  private static final String CONFIGURATION =
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
          listen 127.0.0.1:PORT ssl;
          server_name shop.example;
          ssl_certificate server.pem;
          ssl_certificate_key server.key;
          ssl_protocols TLSv1.2 TLSv1.3;
          ssl_session_cache shared:all:1m;
          ssl_client_certificate ca.pem;
          ssl_verify_client optional;
          location / { root html; }
          location = /seen {
            return 200 "$ssl_protocol $ssl_session_reused $ssl_server_name $ssl_client_verify";
          }
          location = /nobody { if ($ssl_client_verify != SUCCESS) { return 403; } return 204; }
        }
      }
      """;

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Instant UNTIL = NOW.plus(1, ChronoUnit.DAYS);
  private static final Instant FROM = NOW.minus(1, ChronoUnit.DAYS);
  private static final Authority AUTHORITY = Authority.create("Test authority", NOW);
  private static final RequestPlan SEEN =
      Plans.reading(Capture.BODY, Plans.get(0, "/seen", new Header("Connection", "close")));

  private static NginxServer nginx;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(NginxServer.program("nginx").isPresent(), "nginx is not installed");
    final IssuedCertificate own =
        AUTHORITY.issue("nginx", FROM, UNTIL, List.of("127.0.0.1", "shop.example"));
    nginx =
        NginxServer.start(
            CONFIGURATION,
            Map.of(
                "server.pem", own.certificatePem(),
                "server.key", own.keyPem(),
                "ca.pem", AUTHORITY.own().certificatePem()),
            List.of());
  }

  @AfterAll
  static void stop() throws IOException {
    if (nginx != null) {
      nginx.close();
    }
  }

  private static Plan plan(final Tls tls, final RequestPlan... requests) {
    final Plan plain = Plans.of(nginx.port(), 2, 0, 3_000_000_000L, requests);
    return plain
        .withTarget(new Target(true, "127.0.0.1", nginx.port(), ""))
        .withParts(plain.parts().with(tls).with(new Recording(Recording.Bodies.ALL, 1 << 20)));
  }

  private static Tls tls(
      final Tls.Provider provider,
      final Tls.Version version,
      final String name,
      final boolean resumption) {
    return new Tls(provider, version, version, List.of(), name, false, resumption, null, null);
  }

  private static TlsCredentials trusting(final IssuedCertificate client) {
    return client == null
        ? new TlsCredentials(List.of(AUTHORITY.own().certificate()), null, List.of())
        : new TlsCredentials(
            List.of(AUTHORITY.own().certificate()), client.key(), List.of(client.certificate()));
  }

  @ParameterizedTest
  @MethodSource("io.lockstep.engine.transport.net.TlsTest#ways")
  void shouldBeSeenAsItWasAsked(final Tls.Provider provider, final Backend backend) {
    for (final Tls.Version version : Tls.Version.values()) {
      for (final boolean resumption : List.of(true, false)) {
        final Tls tls = tls(provider, version, "shop.example", resumption);
        try (Driver driver = new Driver(plan(tls, SEEN), backend, trusting(null))) {
          for (int i = 0; i < 3; i++) {
            final Ended ended = driver.exchange(0, 0);
            assertEquals(RequestOutcome.RESPONSE, ended.outcome(), ended::toString);
            final boolean resumed = resumption && i > 0;
            assertEquals(
                version.protocol() + (resumed ? " r" : " .") + " shop.example NONE",
                ended.kept().body());
            assertEquals(resumed, ended.secured().resumed());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.lockstep.engine.transport.net.TlsTest#ways")
  void shouldShowItsCertificateWhereAsked(final Tls.Provider provider, final Backend backend) {
    final IssuedCertificate client = AUTHORITY.issue("client", FROM, UNTIL, List.of());
    for (final Tls.Version version : Tls.Version.values()) {
      final Tls tls = tls(provider, version, "", true);
      try (Driver driver =
          new Driver(plan(tls, SEEN, Plans.get(1, "/nobody")), backend, trusting(client))) {
        final String seen = driver.exchange(0, 0).kept().body();
        // An address is no name to ask for.
        assertEquals(version.protocol() + " .  SUCCESS", seen);
        assertEquals(204, driver.exchange(0, 1).status());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.lockstep.engine.transport.net.TlsTest#ways")
  void shouldKeepConnectionsAliveForManyRequests(
      final Tls.Provider provider, final Backend backend) {
    final Tls tls = tls(provider, Tls.Version.TLS_1_3, "", true);
    try (Driver driver =
        new Driver(plan(tls, Plans.get(0, "/index.html")), backend, trusting(null))) {
      for (int i = 0; i < 200; i++) {
        final Ended ended = driver.exchange(i % 2, 0);
        assertEquals(200, ended.status(), ended::toString);
        assertTrue(ended.bytesReceived() > 612, ended::toString);
        assertEquals(i < 2, ended.secured().tlsNs() > 0);
      }
    }
  }
}
