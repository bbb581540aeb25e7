package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.engine.transport.target.TargetTls;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.Tls;
import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS by each engine that this machine has, against the built-in target and worse ones. */
@SuppressWarnings("TimeInStaticInitializer") // certificates are of the moment
final class TlsTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Instant BEFORE = NOW.minus(10, ChronoUnit.DAYS);
  private static final Instant AFTER = NOW.plus(10, ChronoUnit.DAYS);
  private static final List<String> HERE = List.of("localhost", "127.0.0.1");
  private static final Authority AUTHORITY = Authority.create("Test authority", NOW);
  private static final Authority STRANGER = Authority.create("Stranger", NOW);
  private static final IssuedCertificate GOOD = AUTHORITY.issue("good", BEFORE, AFTER, HERE);
  private static final TlsCredentials TRUSTING = trusting(null);
  private static final long CONNECT_TIMEOUT_NS = 3_000_000_000L;

  static Stream<Tls.Provider> providers() {
    return OpenSsl.isAvailable()
        ? Stream.of(Tls.Provider.BORINGSSL, Tls.Provider.JDK)
        : Stream.of(Tls.Provider.JDK);
  }

  static Stream<Arguments> ways() {
    return providers()
        .flatMap(
            provider -> Backends.available().stream().map(each -> Arguments.of(provider, each)));
  }

  private static TlsCredentials trusting(final IssuedCertificate client) {
    final List<X509Certificate> trusted = List.of(AUTHORITY.own().certificate());
    return client == null
        ? new TlsCredentials(trusted, null, List.of())
        : new TlsCredentials(trusted, client.key(), List.of(client.certificate()));
  }

  private static Tls tls(
      final Tls.Provider provider,
      final Tls.Version min,
      final Tls.Version max,
      final String serverName,
      final boolean insecure,
      final boolean resumption,
      final String... ciphers) {
    return new Tls(
        provider, min, max, List.of(ciphers), serverName, insecure, resumption, null, null);
  }

  private static Tls tls(final Tls.Provider provider) {
    return tls(provider, Tls.Version.TLS_1_2, Tls.Version.TLS_1_3, "", false, true);
  }

  private static Plan plan(final int port, final Tls tls, final RequestPlan... requests) {
    final Plan plain = Plans.of(port, 4, 0, CONNECT_TIMEOUT_NS, requests);
    return plain
        .withTarget(new Target(true, "127.0.0.1", port, ""))
        .withParts(plain.parts().with(tls));
  }

  private static TargetServer target(final TargetTls tls) throws IOException {
    return TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1, tls);
  }

  private static TargetTls showing(final IssuedCertificate certificate) {
    return TargetTls.of(certificate.key(), List.of(certificate.certificate()));
  }

  /** One exchange over a connection of its own. */
  private static Ended exchange(
      final TargetTls shown, final Tls tls, final TlsCredentials credentials) throws IOException {
    try (TargetServer server = target(shown);
        Driver driver =
            new Driver(
                plan(server.address().getPort(), tls, Plans.get(0, "/status?code=200")),
                Backend.AUTO,
                credentials)) {
      return driver.exchange(0, 0);
    }
  }

  private static void assertFails(
      final RequestOutcome outcome, final String words, final Ended ended) {
    assertEquals(outcome, ended.outcome(), ended::toString);
    assertTrue(String.valueOf(ended.reason()).contains(words), ended::toString);
    assertTrue(ended.secured().tlsNs() > 0, ended::toString);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldTimeTheHandshakeOnItsOwnAndOnlyOnce(final Tls.Provider provider) throws IOException {
    try (TargetServer server = target(showing(GOOD))) {
      for (final Backend backend : Backends.available()) {
        final Plan plan =
            plan(server.address().getPort(), tls(provider), Plans.get(0, "/bytes?n=3"));
        try (Driver driver = new Driver(plan, backend, TRUSTING)) {
          final Ended first = driver.exchange(0, 0);
          assertEquals(RequestOutcome.RESPONSE, first.outcome(), first::toString);
          assertEquals(200, first.status());
          assertTrue(first.connectNs() > 0 && first.secured().tlsNs() > 0, first::toString);
          assertEquals(Tls.Version.TLS_1_3.code(), first.secured().version());
          assertFalse(first.secured().resumed());
          final Ended second = driver.exchange(0, 0);
          assertEquals(200, second.status());
          assertEquals(new Driver.Secured(0, 0, false), second.secured());
          assertEquals(0, second.connectNs());
          for (final Ended end : List.of(first, second)) {
            assertTrue(end.sentNs() < end.handedNs(), end::toString);
            assertTrue(end.handedNs() < end.firstByteNs(), end::toString);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldSpeakTheVersionAndTheCiphersThatAreAskedFor(final Tls.Provider provider)
      throws IOException {
    final Tls old =
        tls(
            provider,
            Tls.Version.TLS_1_2,
            Tls.Version.TLS_1_2,
            "",
            false,
            true,
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    final Ended ended = exchange(showing(GOOD), old, TRUSTING);
    assertEquals(200, ended.status(), ended::toString);
    assertEquals(Tls.Version.TLS_1_2.code(), ended.secured().version());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldCarryLargeBodiesBothWays(final Tls.Provider provider, final Backend backend)
      throws IOException {
    try (TargetServer server = target(showing(GOOD))) {
      final int large = 900_000;
      final Plan plan =
          plan(
              server.address().getPort(),
              tls(provider),
              Plans.get(0, "/bytes?n=" + large),
              Plans.request(1, "POST", "/echo", "x".repeat(large)));
      try (Driver driver = new Driver(plan, backend, TRUSTING)) {
        for (int round = 0; round < 3; round++) {
          final Ended got = driver.exchange(0, 0);
          assertTrue(got.status() == 200 && got.bytesReceived() > large, got::toString);
          final Ended sent = driver.exchange(0, 1);
          assertTrue(sent.sentNs() < sent.handedNs(), sent::toString);
          assertTrue(sent.handedNs() <= sent.firstByteNs(), sent::toString);
          assertTrue(sent.status() == 200 && sent.bytesSent() > large, sent::toString);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldSayWhichCertificateIsOutOfItsTimeAndSinceWhen(final Tls.Provider provider)
      throws IOException {
    final Instant ended = NOW.minus(3, ChronoUnit.DAYS);
    assertFails(
        RequestOutcome.TLS_EXPIRED,
        "the certificate of CN=late expired on " + ended,
        exchange(showing(AUTHORITY.issue("late", BEFORE, ended, HERE)), tls(provider), TRUSTING));
    final Instant begins = NOW.plus(3, ChronoUnit.DAYS);
    assertFails(
        RequestOutcome.TLS_EXPIRED,
        "the certificate of CN=early is not valid before " + begins,
        exchange(showing(AUTHORITY.issue("early", begins, AFTER, HERE)), tls(provider), TRUSTING));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldSayWhoseIssuerIsUnknown(final Tls.Provider provider) throws IOException {
    assertFails(
        RequestOutcome.TLS_UNKNOWN_ISSUER,
        "the issuer of CN=strange, CN=Stranger, is not trusted",
        exchange(showing(STRANGER.issue("strange", BEFORE, AFTER, HERE)), tls(provider), TRUSTING));
    assertFails(
        RequestOutcome.TLS_SELF_SIGNED,
        "the certificate of CN=alone is self-signed",
        exchange(
            showing(Authority.selfSigned("alone", BEFORE, AFTER, HERE)), tls(provider), TRUSTING));
    assertFails(
        RequestOutcome.TLS_UNKNOWN_ISSUER,
        "CN=Test authority, is not trusted",
        exchange(showing(GOOD), tls(provider), TlsCredentials.NONE));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldSayForWhichNamesACertificateIs(final Tls.Provider provider) throws IOException {
    assertFails(
        RequestOutcome.TLS_HOST_MISMATCH,
        "not for 127.0.0.1 but for shop.example, *.shop.example, 10.0.0.1",
        exchange(
            showing(
                AUTHORITY.issue(
                    "shop", BEFORE, AFTER, List.of("shop.example", "*.shop.example", "10.0.0.1"))),
            tls(provider),
            TRUSTING));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldAskForAndCheckTheServerNameOfTheFile(final Tls.Provider provider) throws IOException {
    final IssuedCertificate shop =
        AUTHORITY.issue("shop", BEFORE, AFTER, List.of("*.shop.example"));
    final Tls named =
        tls(provider, Tls.Version.TLS_1_2, Tls.Version.TLS_1_3, "www.shop.example", false, true);
    assertEquals(200, exchange(showing(shop), named, TRUSTING).status());
    final Tls other =
        tls(provider, Tls.Version.TLS_1_2, Tls.Version.TLS_1_3, "www.other.example", false, true);
    assertFails(
        RequestOutcome.TLS_HOST_MISMATCH,
        "not for www.other.example but for *.shop.example",
        exchange(showing(shop), other, TRUSTING));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldTakeAnyCertificateWhereAskedTo(final Tls.Provider provider) throws IOException {
    final Tls insecure = tls(provider, Tls.Version.TLS_1_2, Tls.Version.TLS_1_3, "", true, true);
    final IssuedCertificate bad =
        Authority.selfSigned("bad", BEFORE, NOW.minusSeconds(9), List.of("other.example"));
    assertEquals(200, exchange(showing(bad), insecure, TlsCredentials.NONE).status());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldSayThatThereIsNoCommonVersion(final Tls.Provider provider) throws IOException {
    final Tls modern = tls(provider, Tls.Version.TLS_1_3, Tls.Version.TLS_1_3, "", false, true);
    final Ended refused = exchange(showing(GOOD).speaking("TLSv1.2"), modern, TRUSTING);
    assertFails(RequestOutcome.TLS_VERSION, "version", refused);
    final Tls old = tls(provider, Tls.Version.TLS_1_2, Tls.Version.TLS_1_2, "", false, true);
    assertFails(
        RequestOutcome.TLS_VERSION,
        "alert protocol_version",
        exchange(showing(GOOD).speaking("TLSv1.3"), old, TRUSTING));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldTellTheAlertOfAServerThatRefuses(final Tls.Provider provider) throws IOException {
    final Tls rsaOnly =
        tls(
            provider,
            Tls.Version.TLS_1_2,
            Tls.Version.TLS_1_2,
            "",
            false,
            true,
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    assertFails(
        RequestOutcome.TLS_REFUSED,
        "alert handshake_failure",
        exchange(showing(GOOD), rsaOnly, TRUSTING));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldSayThatAClientCertificateIsWantedOrRefused(final Tls.Provider provider)
      throws IOException {
    final IssuedCertificate known = AUTHORITY.issue("client", BEFORE, AFTER, List.of());
    final IssuedCertificate unknown = STRANGER.issue("client", BEFORE, AFTER, List.of());
    for (final Tls.Version version : Tls.Version.values()) {
      final Tls tls = tls(provider, version, version, "", false, true);
      final TargetTls wanting = showing(GOOD).requiring(AUTHORITY.own().certificate());
      assertEquals(200, exchange(wanting, tls, trusting(known)).status());
      assertFails(
          RequestOutcome.TLS_CLIENT_CERTIFICATE,
          "wants a client certificate and got none: alert",
          exchange(wanting, tls, TRUSTING));
      assertFails(
          RequestOutcome.TLS_CLIENT_CERTIFICATE,
          "refused the client certificate: alert",
          exchange(wanting, tls, trusting(unknown)));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldResumeSessionsUnlessToldNotTo(final Tls.Provider provider, final Backend backend)
      throws IOException {
    final RequestPlan once = Plans.get(0, "/bytes?n=1", new Header("Connection", "close"));
    try (TargetServer server = target(showing(GOOD))) {
      for (final Tls.Version version : Tls.Version.values()) {
        for (final boolean resumption : List.of(true, false)) {
          final Tls tls = tls(provider, version, version, "", false, resumption);
          try (Driver driver =
              new Driver(plan(server.address().getPort(), tls, once), backend, TRUSTING)) {
            assertFalse(driver.exchange(0, 0).secured().resumed());
            for (int i = 0; i < 4; i++) {
              final Ended next = driver.exchange(0, 0);
              assertEquals(200, next.status());
              assertTrue(next.secured().tlsNs() > 0);
              assertEquals(resumption, next.secured().resumed(), version + " " + next);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldEndAHandshakeWithTheConnectTimeout(final Tls.Provider provider, final Backend backend)
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      final Plan plain = Plans.of(silent.getLocalPort(), 1, 0, 200_000_000L, Plans.get(0, "/"));
      final Plan plan =
          plain
              .withTarget(new Target(true, "127.0.0.1", silent.getLocalPort(), ""))
              .withParts(plain.parts().with(tls(provider)));
      try (Driver driver = new Driver(plan, backend, TRUSTING)) {
        final Ended ended = driver.exchange(0, 0);
        assertEquals(RequestOutcome.TLS_TIMEOUT, ended.outcome());
        assertEquals("the handshake was not over in time", ended.reason());
        final long wholeNs = ended.connectNs() + ended.secured().tlsNs();
        assertTrue(wholeNs >= 200_000_000L && ended.connectNs() < wholeNs / 2, ended::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldTellAServerThatHangsUpFromOneThatSpeaksNoTls(
      final Tls.Provider provider, final Backend backend) throws IOException {
    assertFails(
        RequestOutcome.TLS_BROKEN,
        "closed the connection in the TLS handshake",
        rude("", provider, backend));
    assertFails(
        RequestOutcome.TLS_FAILED,
        "speak plain HTTP on this port",
        rude("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", provider, backend));
  }

  /** An exchange with a server that answers the first message so and closes. */
  private static Ended rude(final String answer, final Tls.Provider provider, final Backend backend)
      throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      final Thread server =
          new Thread(
              () -> {
                try (Socket socket = listener.accept()) {
                  socket.getInputStream().read(new byte[4096]);
                  socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (final IOException e) {
                  // The client sees it, and the test by that.
                }
              });
      server.start();
      try (Driver driver =
          new Driver(
              plan(listener.getLocalPort(), tls(provider), Plans.get(0, "/")), backend, TRUSTING)) {
        return driver.exchange(0, 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldKeepManyConnectionsApart(final Tls.Provider provider, final Backend backend)
      throws IOException {
    try (TargetServer server = target(showing(GOOD))) {
      final Plan plan =
          plan(server.address().getPort(), tls(provider), Plans.get(0, "/bytes?n=70000"));
      try (Driver driver = new Driver(plan, backend, TRUSTING)) {
        for (int round = 0; round < 20; round++) {
          for (int vu = 0; vu < 4; vu++) {
            driver.send(vu, 0);
          }
          for (int vu = 0; vu < 4; vu++) {
            final Ended ended = driver.next();
            assertEquals(200, ended.status(), ended::toString);
            assertEquals(round == 0, ended.secured().tlsNs() > 0);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldRefuseCipherSuitesThatNobodyKnows(final Tls.Provider provider) {
    final Tls strange =
        tls(provider, Tls.Version.TLS_1_2, Tls.Version.TLS_1_2, "", false, true, "TLS_ROT13");
    final NetworkException e =
        assertThrows(
            NetworkException.class,
            () -> new Driver(plan(1, strange, Plans.get(0, "/")), Backend.AUTO));
    assertTrue(e.getMessage().contains("TLS_ROT13"), e::getMessage);
  }

  @Test
  void shouldFindBoringSslOnLinux() {
    final String os = System.getProperty("os.name") + System.getProperty("os.arch");
    if (os.equals("Linuxamd64") || os.equals("Linuxaarch64")) {
      assertTrue(OpenSsl.isAvailable(), () -> String.valueOf(OpenSsl.unavailabilityCause()));
    }
  }
}
