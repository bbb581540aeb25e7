package io.lockstep.app.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.SecretScan;
import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.engine.transport.target.TargetTls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs against {@code https} targets: what they show, what they keep, what they leave out. */
@SuppressWarnings("TimeInStaticInitializer") // certificates are of the moment
final class TlsRunTest {
  private static final String PASSWORD = "a-passw0rd-of-a-store";
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Instant FROM = NOW.minus(10, ChronoUnit.DAYS);
  private static final Instant UNTIL = NOW.plus(10, ChronoUnit.DAYS);
  private static final Authority AUTHORITY = Authority.create("Test authority", NOW);
  private static final List<String> HERE = List.of("127.0.0.1");
  private static final IssuedCertificate SERVER = AUTHORITY.issue("server", FROM, UNTIL, HERE);
  private static final IssuedCertificate CLIENT = AUTHORITY.issue("client", FROM, UNTIL, List.of());

  private static final String SCENARIO =
      """
      name: secured
      target: https://127.0.0.1
      secrets: {store_password: {env: STORE_PASSWORD}}
      tls:
        TLS
      simulate: {latency: 1ms}
      scenarios:
        all:
          load: {executor: per-vu-iterations, vus: 2, iterations: 5}
          think: 1ms
          requests: [{path: "/bytes?n=10", checks: [{status: 200}]}]
      """;

  private static final String STORE =
      "{ca: ca.pem, client_certificate: {pkcs12: client.p12,"
          + " password: '${secrets.store_password}'}}";
  private static final String PEM =
      "{ca: ca.pem, client_certificate: {certificate: client.pem, key: client.key}}";

  @TempDir private Path directory;

  @BeforeEach
  void writeFiles() throws IOException, GeneralSecurityException {
    write("ca.pem", AUTHORITY.own().certificatePem());
    write("client.pem", CLIENT.certificatePem());
    write("client.key", CLIENT.keyPem());
    final KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "c", CLIENT.key(), PASSWORD.toCharArray(), new Certificate[] {CLIENT.certificate()});
    try (OutputStream out = Files.newOutputStream(directory.resolve("client.p12"))) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  private void write(final String name, final String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private Invocation lockstep(final String... words) {
    return Invocation.of(directory, Map.of("STORE_PASSWORD", PASSWORD), false, words);
  }

  private Invocation run(final TargetTls shown, final String tls, final String... more)
      throws IOException {
    write("s.yaml", SCENARIO.replace("TLS", tls));
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1, shown)) {
      final List<String> words =
          new ArrayList<>(List.of("run", "s.yaml", "--target", target.url(), "--name", "r"));
      words.addAll(List.of(more));
      return lockstep(words.toArray(String[]::new));
    }
  }

  private static TargetTls showing(final IssuedCertificate certificate) {
    return TargetTls.of(certificate.key(), List.of(certificate.certificate()));
  }

  @ParameterizedTest
  @ValueSource(strings = {STORE, PEM})
  void shouldKeepNothingOfKeysAndPasswordsAndReplayWithoutThem(final String tls)
      throws IOException {
    final Invocation run =
        run(showing(SERVER).requiring(AUTHORITY.own().certificate()), tls, "--json", "s.json");
    assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    assertTrue(run.out().contains("10 responses"), run::out);
    assertTrue(run.out().contains("TLS handshakes     2 ("), run::out);
    assertTrue(run.err().contains("TLS by "), run::err);
    for (final String gone : List.of("ca.pem", "client.pem", "client.key", "client.p12")) {
      Files.delete(directory.resolve(gone));
    }
    final Invocation replay = Invocation.of(directory, "replay", "r");
    assertEquals(0, replay.code(), replay::toString);
    assertTrue(replay.out().startsWith("identical"), replay::out);
    final Invocation events = Invocation.of(directory, "inspect", "r", "--events");
    assertTrue(events.out().contains("handshake_ended"), events::out);
    assertTrue(events.out().contains("protocol=TLSv1.3"), events::out);
    final String key = CLIENT.keyPem().lines().skip(1).findFirst().orElseThrow();
    for (final String secret : List.of(PASSWORD, key)) {
      final SecretScan scan = new SecretScan(secret);
      assertEquals(List.of(), scan.below(directory.resolve("runs")));
      for (final Invocation one : List.of(run, replay, events)) {
        assertEquals(List.of(), scan.in("output", one.out() + one.err()));
      }
    }
    assertEquals(List.of(), filesWith(CLIENT.key().getEncoded()));
  }

  @Test
  void shouldCountHandshakesThatWereMadeAheadThoughTheyHaveNoTime() throws IOException {
    final String tls = "{ca: ca.pem}\nconnections: {open_ahead: 2}";
    final Invocation run = run(showing(SERVER), tls, "--json", "s.json");
    assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    assertTrue(
        run.out().contains("2 opened ahead, 2 TLS handshakes with them, not timed"), run::out);
    assertFalse(run.out().contains("TLS handshakes     "), run::out);
    assertTrue(Files.readString(directory.resolve("s.json")).contains("\"handshakesAhead\" : 2"));
    final Invocation events = Invocation.of(directory, "inspect", "r", "--events");
    assertTrue(events.out().contains("handshakesAhead=2"), events::out);
    assertFalse(events.out().contains("handshake_ended"), events::out);
    assertEquals(0, Invocation.of(directory, "replay", "r").code());
  }

  /** Files of the run that hold these bytes, as they are. */
  private List<String> filesWith(final byte[] bytes) throws IOException {
    final String needle = new String(bytes, ISO_8859_1);
    try (Stream<Path> all = Files.walk(directory.resolve("runs"))) {
      final List<String> found = new ArrayList<>();
      for (final Path file : all.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(needle)) {
          found.add(file.toString());
        }
      }
      return found;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"boringssl", "jdk"})
  void shouldSayWhyNoConnectionCouldBeSecuredAndReplayThat(final String provider)
      throws IOException {
    final Instant ended = NOW.minus(3, ChronoUnit.DAYS);
    final Invocation run =
        run(
            showing(AUTHORITY.issue("late", FROM, ended, HERE)),
            "{ca: ca.pem, provider: " + provider + "}",
            "--threading",
            provider.equals("jdk") ? "dedicated" : "shared",
            "--json",
            "s.json");
    assertTrue(run.out().contains("10 tls_expired"), run::out);
    final String reason = "the certificate of CN=late expired on " + ended;
    assertTrue(run.out().contains("      10 " + reason), run::out);
    final String json = Files.readString(directory.resolve("s.json"), UTF_8);
    assertTrue(json.contains("\"reason\" : \"" + reason + "\""), json);
    final Invocation replay = Invocation.of(directory, "replay", "r");
    assertTrue(replay.out().startsWith("identical"), replay::toString);
    final Invocation events = Invocation.of(directory, "inspect", "r", "--events");
    assertTrue(events.out().contains("text=" + reason), events::out);
  }

  @Test
  void shouldSimulateWithoutKeysAndPasswords() throws IOException {
    write("s.yaml", SCENARIO.replace("TLS", STORE));
    Files.delete(directory.resolve("client.p12"));
    final Invocation run =
        Invocation.of(directory, "run", "s.yaml", "--simulate", "--name", "r", "--quiet");
    assertEquals(0, run.code(), run::toString);
    assertEquals(0, Invocation.of(directory, "replay", "r").code());
    assertEquals(0, Invocation.of(directory, "plan", "s.yaml").code());
  }

  @Test
  void shouldTellWhatIsWrongWithAFileAndWhere() throws IOException {
    write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    write("cut.pem", CLIENT.certificatePem().substring(0, 200));
    write(
        "sealed.key",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n");
    write("other.key", SERVER.keyPem());
    refuse("{ca: gone.pem}", "s.yaml:5:8", "`gone.pem` cannot be used: there is no such file");
    refuse("{ca: s.yaml}", "s.yaml:5:8", "it holds no certificate");
    refuse("{ca: broken.pem}", "s.yaml:5:8", "certificate number 1 is broken");
    refuse("{ca: cut.pem}", "s.yaml:5:8", "it was cut");
    refuse(pem("client.key", "client.key"), "s.yaml:5:", "it holds no certificate");
    refuse(pem("client.pem", "ca.pem"), "s.yaml:5:", "it holds no private key");
    refuse(
        pem("client.pem", "other.key"), "s.yaml:5:", "not the key of the certificate of CN=client");
    refuse(pem("client.pem", "sealed.key"), "s.yaml:5:", "the key is encrypted, and there is no");
    refuse("{client_certificate: {pkcs12: client.pem}}", "s.yaml:5:33", "it is no PKCS#12 store");
    refuse(
        "{client_certificate: {pkcs12: client.p12, password: hunter2-hunter2}}",
        "s.yaml:5:",
        "a password never stands in a scenario file");
    refuse(
        "{client_certificate: {pkcs12: client.p12, password: '${secrets.nope}'}}",
        "s.yaml:5:",
        "there is no secret `nope`");
    refuse("{min_version: 1.3, max_version: 1.2}", "s.yaml:5:", "older than `min_version`");
    refuse("{ca: ca.pem, insecure: true}", "s.yaml:5:", "`ca` says nothing");
  }

  private static String pem(final String certificate, final String key) {
    return "{client_certificate: {certificate: " + certificate + ", key: " + key + "}}";
  }

  private void refuse(final String tls, final String place, final String words) throws IOException {
    write("s.yaml", SCENARIO.replace("TLS", tls));
    final Invocation validate = lockstep("validate", "s.yaml");
    assertEquals(2, validate.code(), validate::toString);
    assertTrue(validate.err().contains(words), () -> words + "\n" + validate.err());
    assertTrue(validate.err().contains(place), () -> place + "\n" + validate.err());
  }

  @Test
  void shouldNotStartWithAPasswordThatDoesNotFit() throws IOException {
    write("s.yaml", SCENARIO.replace("TLS", STORE));
    final Invocation run =
        Invocation.of(
            directory, Map.of("STORE_PASSWORD", "another-password"), false, "run", "s.yaml");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("client.p12: the password does not open it"), run::err);
    assertFalse(run.err().contains("another-password"));
    assertFalse(Files.exists(directory.resolve("runs")));
  }
}
