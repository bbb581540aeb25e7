package io.lockstep.app.conformance;

import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a server serves: files below one directory, a certificate, free ports, and its configuration
 * with all of these filled in.
 *
 * @param directory of the server alone
 * @param portByUse where it listens
 * @param authority who certified it
 * @param certificate its own
 */
@SuppressWarnings("TimeInStaticInitializer") // certificates are of the moment
record Site(
    Path directory,
    Map<Port, Integer> portByUse,
    Authority authority,
    IssuedCertificate certificate) {
  /** Text of a thousand bytes. */
  static final String PLAIN = "0123456789".repeat(100);

  /** Text that is worth compressing. */
  static final String CODED = "Of all that is here, much is said twice. ".repeat(500);

  /** A mebibyte. */
  static final String LARGE = "A mebibyte is 2^20.\n".repeat(52_428) + "0123456789abcdef";

  /** A file that users send. */
  static final String UPLOADED = "uploaded.bin";

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  static Site create(final Path directory) throws IOException {
    final Path root = Files.createDirectories(directory.resolve("html"));
    Files.createDirectories(directory.resolve("tmp"));
    // A worker started by root runs as nobody and must get in.
    for (final Path entry : List.of(directory, root)) {
      Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(root.resolve("plain.txt"), PLAIN);
    Files.writeString(root.resolve("coded.txt"), CODED);
    Files.writeString(root.resolve("large.txt"), LARGE);
    Files.writeString(root.resolve("included.shtml"), "<!--#set var=\"a\" value=\"b\" -->" + PLAIN);
    final Authority authority = Authority.create("Conformance", NOW);
    final IssuedCertificate certificate =
        authority.issue(
            "server",
            NOW.minus(1, ChronoUnit.DAYS),
            NOW.plus(9, ChronoUnit.DAYS),
            List.of("127.0.0.1"));
    final Site site = new Site(directory, Port.free(), authority, certificate);
    Files.writeString(site.file("server.pem"), certificate.certificatePem());
    Files.writeString(site.file("server.key"), certificate.keyPem());
    Files.writeString(site.file("pair.pem"), certificate.certificatePem() + certificate.keyPem());
    return site;
  }

  /** Serves, or no longer, the file whose presence tells users to end the test. */
  void over(final boolean isOver) throws IOException {
    final Path file = root().resolve("over.txt");
    if (isOver) {
      Files.writeString(file, "over");
    } else {
      Files.deleteIfExists(file); // what is not there is in no server's cache
    }
  }

  /** Removes all of its files, once the server is gone. */
  void delete() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  int port(final Port use) {
    return portByUse.get(use);
  }

  Path root() {
    return directory.resolve("html");
  }

  Path file(final String name) {
    return directory.resolve(name);
  }

  /** Writes a configuration of the test resources with the site's own values in it. */
  Path configure(final String resource, final Map<String, String> valueByName) throws IOException {
    String text;
    try (InputStream in = Site.class.getResourceAsStream("/conformance/" + resource)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (final Map.Entry<Port, Integer> port : portByUse.entrySet()) {
      text =
          text.replace(
              "@" + port.getKey().name().toUpperCase(Locale.ROOT) + "@",
              port.getValue().toString());
    }
    text =
        text.replace("@DIRECTORY@", directory.toString())
            .replace("@ROOT@", root().toString())
            .replace("@CERTIFICATE@", file("server.pem").toString())
            .replace("@KEY@", file("server.key").toString())
            .replace("@PAIR@", file("pair.pem").toString());
    for (final Map.Entry<String, String> value : valueByName.entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    return Files.writeString(file(resource), text);
  }

  static String sha256(final String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
