package io.lockstep.app;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks for a secret where it must not be: in all bytes of all files below a directory, in their
 * names, in the events of journals, which are packed in the files, and in texts. Finds its bytes,
 * those backwards from Base64 (wherever in a longer text it was encoded, in both alphabets), from
 * hexadecimal digits (both cases), from percent-encoding, from JSON's escapes, and as UTF-16. Does
 * not find it encrypted, compressed, hashed or cut into pieces.
 */
public final class SecretScan {
  private static final int SHORTEST = 8;

  private final Map<String, byte[]> bytesByForm = new LinkedHashMap<>();

  /** A scan for a secret of at least 8 bytes: less would be found by chance. */
  public SecretScan(final String secret) {
    final byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < SHORTEST) {
      throw new IllegalArgumentException("a secret of " + bytes.length + " bytes is too short");
    }
    bytesByForm.put("plain", bytes);
    bytesByForm.put("UTF-16LE", secret.getBytes(StandardCharsets.UTF_16LE));
    bytesByForm.put("UTF-16BE", secret.getBytes(StandardCharsets.UTF_16BE));
    put("hex", HexFormat.of().formatHex(bytes));
    put("upper hex", HexFormat.of().withUpperCase().formatHex(bytes));
    put("URL", URLEncoder.encode(secret, StandardCharsets.UTF_8));
    put("path", URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
    put("every byte URL", percentEncoded(bytes));
    put("JSON", jsonEscaped(secret));
    for (int before = 0; before < 3; before++) {
      put("Base64 after " + before, base64(Base64.getEncoder(), bytes, before));
      put("URL Base64 after " + before, base64(Base64.getUrlEncoder(), bytes, before));
    }
  }

  private void put(final String form, final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytesByForm.values().stream().noneMatch(known -> Arrays.equals(known, bytes))) {
      bytesByForm.put(form, bytes);
    }
  }

  private static String percentEncoded(final byte[] bytes) {
    final StringBuilder out = new StringBuilder();
    for (final byte b : bytes) {
      out.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
    }
    return out.toString();
  }

  private static String jsonEscaped(final String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** The characters that depend on nothing but the secret, with so many bytes before it. */
  private static String base64(final Base64.Encoder encoder, final byte[] bytes, final int before) {
    final byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    final String all = encoder.withoutPadding().encodeToString(shifted);
    final int from = (before * 8 + 5) / 6;
    final int to = shifted.length * 8 / 6;
    return all.substring(from, to);
  }

  /** Where the secret is in a text, and in which form; a line each. */
  public List<String> in(final String what, final String text) {
    return in(what, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Where the secret is in or below a directory, and in which form; a line each. */
  public List<String> below(final Path directory) throws IOException {
    final List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (final Path path : all.sorted().toList()) {
        final String name = directory.relativize(path).toString();
        found.addAll(in("the name " + name, name));
        if (Files.isRegularFile(path)) {
          found.addAll(in(name, Files.readAllBytes(path)));
        }
      }
    }
    for (final Map.Entry<Path, byte[]> journal : JournalBytes.below(directory).entrySet()) {
      found.addAll(in("events of " + directory.relativize(journal.getKey()), journal.getValue()));
    }
    return found;
  }

  private List<String> in(final String what, final byte[] bytes) {
    // As Latin-1 each byte is one character, so a search for characters is one for bytes.
    final String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
    return bytesByForm.entrySet().stream()
        .filter(e -> haystack.contains(new String(e.getValue(), StandardCharsets.ISO_8859_1)))
        .map(e -> what + ": " + e.getKey())
        .toList();
  }
}
