package io.lockstep.app.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that break handshakes, and certificates that change or end while a run goes on. */
@SuppressWarnings("TimeInStaticInitializer") // certificates are of the moment
final class TlsFaultRunTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Instant FROM = NOW.minus(10, ChronoUnit.DAYS);
  private static final Authority AUTHORITY = Authority.create("Test authority", NOW);
  private static final char[] PASSWORD = "none".toCharArray();
  private static final int HELLO_BYTES = 100;

  @TempDir private Path directory;

  @BeforeEach
  void writeAuthority() throws IOException {
    Files.writeString(directory.resolve("ca.pem"), AUTHORITY.own().certificatePem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"boringssl", "jdk"})
  void shouldTellHowEachHandshakeBrokeAndReplayIt(final String provider) throws IOException {
    final Instant ended = NOW.minus(3, ChronoUnit.DAYS);
    final FaultRun run;
    try (FaultServer server =
        FaultServer.start(
            peer -> {
              switch (peer.index) {
                case 0 -> {
                  peer.read(HELLO_BYTES);
                  peer.reset();
                }
                case 1 -> peer.drain();
                case 2 -> {
                  peer.drain();
                  peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                }
                case 3 -> peer.hang();
                case 4 -> answer(peer, until(NOW.plus(1, ChronoUnit.DAYS)));
                default -> answer(peer, until(ended));
              }
            })) {
      run = run(server, provider, "{executor: per-vu-iterations, vus: 1, iterations: 6}");
    }
    assertEquals(1, run.total("responses"), run::toString);
    final List<String> told =
        run.events("--failed").stream()
            .filter(event -> event.at("/event").asText().equals("failure_reasoned"))
            .map(
                event ->
                    event.at("/stage").asText()
                        + " "
                        + event.at("/outcome").asText()
                        + ": "
                        + event.at("/reason").asText())
            .toList();
    assertEquals(
        List.of(
            "tls tls_broken: the connection broke in the TLS handshake:"
                + " ECONNRESET: Connection reset by peer",
            "tls tls_broken: the server closed the connection in the TLS handshake",
            "tls tls_failed: what came is no TLS: does the target speak plain HTTP on this port?",
            "tls tls_timeout: the handshake was not over in time",
            "tls tls_expired: the certificate of CN=server expired on " + ended),
        told);
    run.assertConserved();
    run.assertReplays();
  }

  /** It is good for some seconds from the first connection on. */
  @Test
  void shouldTellFromWhenOnACertificateHadExpired() throws IOException {
    final Instant[] until = new Instant[1];
    final FaultRun run;
    try (FaultServer server =
        FaultServer.start(
            peer -> {
              synchronized (until) {
                if (until[0] == null) {
                  until[0] = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(2);
                }
              }
              answer(peer, until(until[0]));
            })) {
      run =
          run(
              server,
              "boringssl",
              "{executor: constant-arrival-rate, rate: 10, duration: 4s, max_vus: 5}");
    }
    assertTrue(run.total("responses") > 3, run::toString);
    assertEquals(1, run.failures().size(), run::toString);
    assertTrue(run.failures().get(0).contains(" tls tls_expired: "), run::toString);
    assertTrue(run.summary().at("/failures/0/firstNs").asLong() > 800_000_000L, run::toString);
    assertTrue(run.failures().get(0).endsWith("expired on " + until[0]), run::toString);
    run.assertConserved();
    run.assertReplays();
  }

  private FaultRun run(final FaultServer server, final String provider, final String load)
      throws IOException {
    return FaultRun.of(
        directory,
        server.url().replace("http:", "https:"),
        """
        timeout: 2s
        connections: {mode: per-request, connect_timeout: 700ms}
        tls: {ca: ca.pem, resumption: false, provider: PROVIDER}
        scenarios:
          all:
            load: LOAD
            requests: [{name: any, path: /any}]
        """
            .replace("LOAD", load)
            .replace("PROVIDER", provider));
  }

  private static IssuedCertificate until(final Instant end) {
    return AUTHORITY.issue("server", FROM, end, List.of("127.0.0.1"));
  }

  /** Secures a connection with a certificate and answers one request on it. */
  private static void answer(final FaultServer.Peer peer, final IssuedCertificate shown)
      throws IOException {
    try (SSLSocket secured =
        (SSLSocket)
            context(shown)
                .getSocketFactory()
                .createSocket(peer.socket, null, peer.socket.getPort(), true)) {
      secured.setUseClientMode(false);
      secured.startHandshake();
      final FaultServer.Peer inside = new FaultServer.Peer(secured, peer.index);
      inside.path();
      inside.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    }
  }

  private static SSLContext context(final IssuedCertificate shown) throws IOException {
    try {
      final KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", shown.key(), PASSWORD, new Certificate[] {shown.certificate()});
      final KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      final SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (final GeneralSecurityException e) {
      throw new IOException("a certificate that was just issued cannot be used", e);
    }
  }
}
