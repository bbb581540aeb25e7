package io.lockstep.scenario.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as OpenSSL writes them, in all the forms that people have. */
final class TlsFilesTest {
  private static final char[] PASSWORD = "correct-horse".toCharArray();
  private static final char[] NONE = {};

  @TempDir private Path directory;

  @BeforeEach
  void needOpenSsl() {
    final boolean installed =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl")));
    assumeTrue(installed, "there is no openssl on the PATH");
  }

  private void openssl(final String words) throws IOException {
    final Process process =
        new ProcessBuilder(("openssl " + words).split(" "))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("openssl.out").toFile())
            .start();
    try {
      final boolean ended = process.waitFor(30, TimeUnit.SECONDS);
      assertTrue(ended && process.exitValue() == 0, () -> words + ": " + read("openssl.out"));
    } catch (final InterruptedException e) {
      throw new IOException(e);
    }
  }

  private String read(final String file) {
    try {
      return Files.readString(directory.resolve(file), StandardCharsets.ISO_8859_1);
    } catch (final IOException e) {
      return e.toString();
    }
  }

  private Path file(final String name) {
    return directory.resolve(name);
  }

  /** Makes {@code key} in a form, and {@code cert.pem} of it. */
  private void make(final String how) throws IOException {
    openssl(how);
    openssl("req -x509 -new -key key -out cert.pem -subj /CN=me -days 2");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, genrsa -traditional -out key 2048",
    "RSA, genpkey -algorithm RSA -out key",
    "EC, ecparam -name prime256v1 -genkey -noout -out key",
    "EC, ecparam -name secp384r1 -genkey -out key",
    "EC, genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key",
    "EdDSA, genpkey -algorithm ED25519 -out key"
  })
  void shouldReadKeysInEachForm(final String algorithm, final String how)
      throws IOException, TlsFileException {
    make(how);
    final ClientIdentity identity = TlsFiles.identity(file("cert.pem"), file("key"), NONE);
    assertEquals(algorithm, identity.key().getAlgorithm());
    assertEquals("certificate of CN=me", identity.toString());
    openssl("pkcs8 -topk8 -in key -out sealed -v2 aes-256-cbc -passout pass:correct-horse");
    TlsFiles.checkKey(file("sealed"), identity.chain(), true);
    // Each is held to the certificate as it is read; the forms of keys need not be the same.
    final ClientIdentity opened = TlsFiles.identity(file("cert.pem"), file("sealed"), PASSWORD);
    assertEquals(algorithm, opened.key().getAlgorithm());
    assertRefused(
        "the key is encrypted, and there is no password",
        () -> TlsFiles.checkKey(file("sealed"), identity.chain(), false));
    assertRefused(
        "the password does not open the key",
        () -> TlsFiles.identity(file("cert.pem"), file("sealed"), "wrong".toCharArray()));
    openssl("pkcs12 -export -inkey key -in cert.pem -out store -passout pass:correct-horse");
    TlsFiles.checkStore(file("store"));
    final ClientIdentity stored = TlsFiles.identity(file("store"), PASSWORD);
    assertEquals(algorithm, stored.key().getAlgorithm());
    assertEquals(identity.chain(), stored.chain());
    assertRefused(
        "the password does not open it",
        () -> TlsFiles.identity(file("store"), "wrong".toCharArray()));
  }

  @Test
  void shouldReadSeveralCertificatesWithTextAroundThemAndOneInDer()
      throws IOException, TlsFileException {
    make("genpkey -algorithm ED25519 -out key");
    openssl("x509 -in cert.pem -outform DER -out cert.der");
    final String one = read("cert.pem");
    Files.writeString(file("both.pem"), "# the first\n" + one + "and again\r\n" + one);
    assertEquals(2, TlsFiles.certificates(file("both.pem")).size());
    assertEquals(TlsFiles.certificates(file("cert.pem")), TlsFiles.certificates(file("cert.der")));
    assertEquals(64, TlsFiles.digest(file("cert.pem")).length());
  }

  @Test
  void shouldSayWhatIsWrongWithoutShowingAnyOfIt() throws IOException, TlsFileException {
    make("genrsa -traditional -out key 2048");
    openssl("rsa -traditional -aes128 -in key -out old -passout pass:correct-horse");
    final var chain = TlsFiles.certificates(file("cert.pem"));
    assertRefused("old form of OpenSSL's own", () -> TlsFiles.checkKey(file("old"), chain, true));
    final String key = read("key");
    Files.writeString(file("cut"), key.substring(0, key.length() / 2));
    assertRefused("it was cut", () -> TlsFiles.checkKey(file("cut"), chain, false));
    Files.writeString(file("torn"), key.replaceFirst("\n[^\n]+\n", "\n"));
    assertRefused("broken", () -> TlsFiles.checkKey(file("torn"), chain, false));
    Files.writeString(file("odd"), key.replaceFirst("\n.", "\n!"));
    assertRefused("not Base64", () -> TlsFiles.checkKey(file("odd"), chain, false));
    Files.writeString(file("two"), key + key);
    assertRefused("2 private keys", () -> TlsFiles.checkKey(file("two"), chain, false));
    assertRefused("it is a directory", () -> TlsFiles.certificates(directory));
    assertRefused("there is no such file", () -> TlsFiles.certificates(file("gone")));
    assertRefused("no PKCS#12 store", () -> TlsFiles.checkStore(file("key")));
    Files.write(file("fake"), new byte[] {0x30, 1, 2, 3, 4, 5});
    assertRefused("broken", () -> TlsFiles.identity(file("fake"), PASSWORD));
  }

  private void assertRefused(final String words, final Executable reading) {
    final TlsFileException e = assertThrows(TlsFileException.class, reading);
    assertTrue(e.getMessage().contains(words), e::getMessage);
    final List<String> shown =
        e.notes().isEmpty() ? List.of(e.getMessage()) : List.of(e.getMessage(), e.notes().get(0));
    final String key = read("key").lines().skip(1).findFirst().orElse("nothing");
    shown.forEach(text -> assertFalse(text.contains(key.substring(0, 12)), text));
  }
}
