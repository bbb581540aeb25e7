package io.lockstep.scenario.plan.expression;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codings and digests of texts, which are always their UTF-8 bytes. */
public final class Codings {
  /** Algorithms of {@code hmac}. */
  public static final List<String> ALGORITHMS = List.of("sha256", "sha1", "sha512", "md5");

  /** How digests are spelled. */
  public static final List<String> DIGEST_CODINGS = List.of("hex", "base64");

  private static final String UNRESERVED = "-._~";
  private static final HexFormat PERCENT = HexFormat.of().withUpperCase();

  private Codings() {}

  /** What an argument of these functions that is known at load is not, if anything. */
  public static Optional<List<String>> allowed(final Function function, final int argument) {
    if (function == Function.HMAC && argument == 0) {
      return Optional.of(ALGORITHMS);
    }
    return (function == Function.HMAC && argument == 3)
            || (function == Function.SHA256 && argument == 1)
        ? Optional.of(DIGEST_CODINGS)
        : Optional.empty();
  }

  /** What a function gives whose arguments are all texts, and which never fails. */
  static String encode(
      final Function function, final Value[] stack, final int base, final int count) {
    final String x = stack[base].text();
    return switch (function) {
      case BASE64 -> Base64.getEncoder().encodeToString(bytes(x));
      case URLENCODE -> urlEncode(x);
      case JSON_TEXT -> Texts.json(x);
      case SHA256 -> spelled(sha256(x), count > 1 ? stack[base + 1].text() : "hex");
      case HMAC ->
          spelled(
              hmac(x, stack[base + 1].text(), stack[base + 2].text()),
              count > 3 ? stack[base + 3].text() : "hex");
      case UPPER -> x.toUpperCase(Locale.ROOT);
      case LOWER -> x.toLowerCase(Locale.ROOT);
      case TRIM -> x.trim();
      case TEXT_OF -> x;
      case FOR_QUERY -> forQuery(x);
      default -> throw new IllegalStateException(function + " is no coding");
    };
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String spelled(final byte[] digest, final String coding) {
    return coding.equals("base64")
        ? Base64.getEncoder().encodeToString(digest)
        : HexFormat.of().formatHex(digest);
  }

  private static byte[] sha256(final String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes(text));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(final String algorithm, final String key, final String text) {
    final String name = "Hmac" + algorithm.toUpperCase(Locale.ROOT);
    try {
      final Mac mac = Mac.getInstance(name);
      // Keys are padded with zeros, so an empty one, which the JDK refuses, is that of one zero.
      mac.init(new SecretKeySpec(key.isEmpty() ? new byte[1] : bytes(key), name));
      return mac.doFinal(bytes(text));
    } catch (final NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("the algorithm was looked at when it was loaded: " + name, e);
    }
  }

  /** A path that parameters can be put behind, whatever it has already. */
  public static String forQuery(final String path) {
    if (path.indexOf('?') < 0) {
      return path + '?';
    }
    return path.endsWith("?") || path.endsWith("&") ? path : path + '&';
  }

  /** Percent-encoded, all but the unreserved characters of RFC 3986, section 2.3. */
  public static String urlEncode(final String text) {
    final StringBuilder out = new StringBuilder(text.length() + 16);
    for (final byte b : bytes(text)) {
      if (isUnreserved(b)) {
        out.append((char) b);
      } else {
        out.append('%').append(PERCENT.toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static boolean isUnreserved(final byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || UNRESERVED.indexOf(b) >= 0;
  }

  static void urlDecode(final Value x) {
    final String text = x.text();
    final byte[] given = bytes(text);
    final ByteArrayOutputStream out = new ByteArrayOutputStream(given.length);
    for (int i = 0; i < given.length; i++) {
      if (given[i] != '%') {
        out.write(given[i] == '+' ? ' ' : given[i]);
      } else if (i + 2 < given.length && isHex(given[i + 1]) && isHex(given[i + 2])) {
        out.write(HexFormat.fromHexDigit(given[i + 1]) << 4 | HexFormat.fromHexDigit(given[i + 2]));
        i += 2;
      } else {
        x.fail("url_decode() needs two hexadecimal digits after each %");
        return;
      }
    }
    decode(out.toByteArray(), "url_decode", x);
  }

  private static boolean isHex(final byte b) {
    return HexFormat.isHexDigit(b);
  }

  static void base64Decode(final Value x) {
    final String text = x.text().replace('-', '+').replace('_', '/');
    try {
      decode(Base64.getDecoder().decode(text), "base64_decode", x);
    } catch (final IllegalArgumentException e) {
      x.fail("base64_decode() needs base64, not " + Operators.described(x));
    }
  }

  private static void decode(final byte[] bytes, final String function, final Value into) {
    try {
      into.set(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (final CharacterCodingException e) {
      into.fail(function + "() gives bytes that are not UTF-8 text");
    }
  }
}
