package io.lockstep.engine.content.value;

import io.lockstep.scenario.plan.Extraction.Transform;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Changes of a text, in order. */
public final class Changes {
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private Changes() {}

  /** The changed text, or {@code null} where a coding cannot be decoded or it grows too long. */
  public static String apply(final List<Transform> transforms, final String text) {
    String changed = text;
    for (int i = 0; i < transforms.size() && changed != null; i++) {
      changed = apply(transforms.get(i), changed);
    }
    return changed;
  }

  private static String apply(final Transform transform, final String text) {
    if (transform instanceof Transform.Plain plain) {
      return apply(plain, text);
    } else if (transform instanceof Transform.Replace replace) {
      return replace(text, replace.from(), replace.to());
    } else if (transform instanceof Transform.Substring part) {
      final int length = text.codePointCount(0, text.length());
      final int from = text.offsetByCodePoints(0, Math.min(part.from(), length));
      return text.substring(from, text.offsetByCodePoints(0, Math.min(part.to(), length)));
    }
    throw new IllegalStateException("no way to apply " + transform);
  }

  private static String apply(final Transform.Plain transform, final String text) {
    return switch (transform) {
      case TRIM -> text.strip();
      case LOWER -> text.toLowerCase(Locale.ROOT);
      case UPPER -> text.toUpperCase(Locale.ROOT);
      case URL_ENCODE -> urlEncode(text);
      case URL_DECODE -> urlDecode(text);
      case BASE64_ENCODE ->
          Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
      case BASE64_DECODE -> base64Decode(text);
    };
  }

  /** Cut short where the result is longer than any value may be. */
  private static String replace(final String text, final String from, final String to) {
    final StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    for (int next = text.indexOf(from); next >= 0; next = text.indexOf(from, at)) {
      out.append(text, at, next).append(to);
      at = next + from.length();
      if (out.length() > Matches.MAX_VALUE_LENGTH) {
        return null;
      }
    }
    return out.append(text, at, text.length()).toString();
  }

  private static String urlEncode(final String text) {
    final StringBuilder out = new StringBuilder(text.length() + 16);
    for (final byte b : text.getBytes(StandardCharsets.UTF_8)) {
      final char c = (char) (b & 0xFF);
      if (isUnreserved(c)) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  private static boolean isUnreserved(final char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }

  private static String urlDecode(final String text) {
    final byte[] in = text.getBytes(StandardCharsets.UTF_8);
    final byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        final int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
        final int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        out[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        out[length++] = in[i] == '+' ? (byte) ' ' : in[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static String base64Decode(final String text) {
    final String plain = text.strip().replace('-', '+').replace('_', '/');
    try {
      return new String(Base64.getDecoder().decode(plain), StandardCharsets.UTF_8);
    } catch (final IllegalArgumentException e) {
      return null;
    }
  }
}
