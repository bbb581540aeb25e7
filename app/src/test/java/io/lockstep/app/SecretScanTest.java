package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scan finds a secret that leaks. */
final class SecretScanTest {
  private static final String SECRET = "s3cret/ö+value?";

  private final SecretScan scan = new SecretScan(SECRET);

  @TempDir private Path directory;

  @Test
  void shouldFindEveryEncoding() {
    final byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
    for (final String leak :
        List.of(
            SECRET,
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            "s3cret%2F%C3%B6%2Bvalue%3F")) {
      assertFalse(scan.in("text", "before " + leak + " after").isEmpty(), leak);
    }
    assertEquals(List.of(), scan.in("text", "s3cret/ö+valu"));
  }

  @Test
  void shouldFindItInsideOfWhatWasEncodedAsAWhole() {
    for (final String user : List.of("", "u:", "us:", "use:", "user:")) {
      final byte[] whole = (user + SECRET + ":more").getBytes(StandardCharsets.UTF_8);
      for (final Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        final String header = "Basic " + encoder.encodeToString(whole);
        assertFalse(scan.in("header", header).isEmpty(), header);
      }
    }
  }

  @Test
  void shouldFindItInFilesAndTheirNames() throws IOException {
    Files.createDirectory(directory.resolve("a"));
    Files.write(directory.resolve("a/b"), ("\0\1\u00ff" + SECRET).getBytes(StandardCharsets.UTF_8));
    Files.createFile(
        directory.resolve(
            "a/" + HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8))));
    assertEquals(2, scan.below(directory).size());
  }
}
