package io.lockstep.engine.core.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** Path and query as AWS Signature Version 4 signs them. */
final class CanonicalUri {
  private static final String UNRESERVED = "-._~";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private CanonicalUri() {}

  /**
   * A path as S3 signs it: each segment encoded once.
   *
   * @param path as it is sent
   */
  static String onceEncoded(final String path) {
    return encoded(decoded(path), true);
  }

  /**
   * A path as all other services sign it: without what is relative in it or empty (RFC 3986,
   * section 6.2.2.3), and what is encoded already is encoded once more.
   */
  static String twiceEncoded(final String path) {
    final Deque<String> segments = new ArrayDeque<>();
    for (final String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    final boolean isFolder = path.endsWith("/") && !segments.isEmpty();
    final String normal = "/" + String.join("/", segments) + (isFolder ? "/" : "");
    return encoded(normal.getBytes(StandardCharsets.UTF_8), true);
  }

  /** A query, its parameters sorted; empty for none. */
  static String query(final String query) {
    final List<String> parameters = new ArrayList<>();
    for (final String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        final int equals = parameter.indexOf('=');
        final String name = equals < 0 ? parameter : parameter.substring(0, equals);
        final String value = equals < 0 ? "" : parameter.substring(equals + 1);
        // a NUL sorts before all that can follow a name, as its end should
        parameters.add(encoded(decoded(name), false) + "\0" + encoded(decoded(value), false));
      }
    }
    Collections.sort(parameters);
    return String.join("&", parameters).replace('\0', '=');
  }

  private static byte[] decoded(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    final ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2])) {
        out.write(HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toByteArray();
  }

  private static boolean isHex(final byte b) {
    return HexFormat.isHexDigit(b);
  }

  private static String encoded(final byte[] bytes, final boolean isPath) {
    final StringBuilder out = new StringBuilder(bytes.length);
    for (final byte b : bytes) {
      final boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || UNRESERVED.indexOf(b) >= 0
              || (isPath && b == '/');
      if (plain) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }
}
