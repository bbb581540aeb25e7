package io.lockstep.engine.core.secret;

import io.lockstep.scenario.plan.expression.Codings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The forms in which a target may send a text back: as it is, and in the codings that documents,
 * addresses and headers put texts in. Each form of a secret has a mark, which says the name of the
 * secret and the form where a reader of the response does not undo it: {@code ${secrets.token}},
 * {@code ${secrets.token:url}}.
 */
final class SecretForms {
  /** What a mark begins with. */
  static final String MARK = "${secrets.";

  private static final String MARK_END = "}";

  /** Before the one digit that says where in a group of three bytes a piece of Base64 begins. */
  private static final char PIECE = '.';

  /** Shorter pieces of Base64 would be found by chance. */
  private static final int MIN_PIECE = 7;

  private final List<Needle> needles = new ArrayList<>();

  /** By the mark: what a request gets in its place. */
  private final List<Needle> marks = new ArrayList<>();

  /**
   * Adds all forms of a secret.
   *
   * @param secret index in the plan's secrets
   */
  SecretForms add(final int secret, final String name, final byte[] value) {
    final String text = new String(value, StandardCharsets.UTF_8);
    add(secret, mark(name, ""), value, value);
    for (final String written : written(text)) {
      add(secret, mark(name, ""), bytes(written), value);
    }
    final String url = Codings.urlEncode(text);
    for (final String escaped : escaped(text, url)) {
      add(secret, mark(name, ":url"), bytes(escaped), bytes(url));
    }
    // A path or form that a mark was put into by way of urlencode().
    marks.add(new Needle(bytes(Codings.urlEncode(mark(name, ""))), bytes(url), secret));
    hex(secret, name, value);
    base64(secret, name, value, "base64", Base64.getEncoder());
    base64(secret, name, value, "base64url", Base64.getUrlEncoder());
    return this;
  }

  /**
   * Adds all forms of what has no name, and is never put back.
   *
   * @param mark what stands in the place of each
   */
  SecretForms addUnnamed(final byte[] value, final byte[] mark) {
    for (final Needle form : new SecretForms().add(Needle.NO_SECRET, "", value).needles) {
      needles.add(new Needle(form.bytes(), mark, Needle.NO_SECRET));
    }
    return this;
  }

  /** Forms that a response may have of what was made of a secret: a digest, a signature, Base64. */
  static Set<String> ofMade(final String text) {
    final Set<String> all = new LinkedHashSet<>();
    all.add(text);
    final String url = Codings.urlEncode(text);
    if (!url.equals(text)) {
      all.add(url);
      all.add(lowerDigits(url));
      all.add(json(text, false, false, false));
      all.add(json(text, true, false, false));
      all.add(html(text, "&quot;", "&#39;"));
    }
    return all;
  }

  /** Whether it is a part of a longer text in Base64, which has a little of the secret besides. */
  static boolean isPiece(final Needle needle) {
    final byte[] mark = needle.replacement();
    return mark[mark.length - 3] == PIECE && mark[mark.length - 2] <= '2';
  }

  private static String mark(final String name, final String form) {
    return MARK + name + form + MARK_END;
  }

  private void add(final int secret, final String mark, final byte[] form, final byte[] restored) {
    needles.add(new Needle(form, bytes(mark), secret));
    marks.add(new Needle(bytes(mark), restored, secret));
    // What a redirect leads to is percent-encoded where no address may have a character.
    marks.add(new Needle(bytes(mark.replace("{", "%7B").replace("}", "%7D")), restored, secret));
  }

  /** In JSON and HTML: who reads these undoes them. */
  private static List<String> written(final String text) {
    return List.of(
        json(text, false, false, false),
        json(text, true, false, false),
        json(text, false, true, false),
        json(text, true, true, false),
        json(text, false, true, true),
        json(text, true, true, true),
        html(text, "&quot;", "&#39;"),
        html(text, "&#34;", "&#39;"),
        html(text, "&quot;", "&#x27;"));
  }

  private static String json(
      final String text, final boolean slashes, final boolean ascii, final boolean forHtml) {
    final StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      final int escape = "\"\\\n\r\t\b\f".indexOf(c);
      if (escape >= 0) {
        out.append('\\').append("\"\\nrtbf".charAt(escape));
      } else if (c == '/' && slashes) {
        out.append("\\/");
      } else if (c < ' ' || (ascii && c > '~') || (forHtml && "<>&'".indexOf(c) >= 0)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String html(final String text, final String quote, final String apostrophe) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", quote)
        .replace("'", apostrophe);
  }

  /** Percent-encoded, by all the rules that are about. */
  private static List<String> escaped(final String text, final String url) {
    final String form = url.replace("%20", "+").replace("%2A", "*").replace("~", "%7E");
    final StringBuilder all = new StringBuilder();
    final StringBuilder invalid = new StringBuilder();
    for (final byte b : text.getBytes(StandardCharsets.UTF_8)) {
      final String escape = String.format(Locale.ROOT, "%%%02X", b & 0xFF);
      all.append(escape);
      if (b <= ' ' || b == 0x7F || "\"<>\\^`{|}%#".indexOf(b) >= 0) {
        invalid.append(escape);
      } else {
        invalid.append((char) b);
      }
    }
    final List<String> upper =
        List.of(url, form, form.replace("+", "%20"), invalid.toString(), all.toString());
    final List<String> both = new ArrayList<>(upper);
    upper.forEach(each -> both.add(lowerDigits(each)));
    return both;
  }

  /** The same with escapes like {@code %c3} for {@code %C3}. */
  private static String lowerDigits(final String escaped) {
    final StringBuilder out = new StringBuilder(escaped);
    for (int i = 0; i + 2 < out.length(); i++) {
      if (out.charAt(i) == '%') {
        out.setCharAt(i + 1, Character.toLowerCase(out.charAt(i + 1)));
        out.setCharAt(i + 2, Character.toLowerCase(out.charAt(i + 2)));
        i += 2;
      }
    }
    return out.toString();
  }

  private void hex(final int secret, final String name, final byte[] value) {
    final byte[] lower = bytes(HexFormat.of().formatHex(value));
    final byte[] upper = bytes(HexFormat.of().withUpperCase().formatHex(value));
    add(secret, mark(name, ":hex"), lower, lower);
    add(secret, mark(name, ":HEX"), upper, upper);
  }

  /** As a whole, and the characters that it alone decides inside of a longer text. */
  private void base64(
      final int secret,
      final String name,
      final byte[] value,
      final String coding,
      final Base64.Encoder encoder) {
    final byte[] whole = encoder.withoutPadding().encode(value);
    add(secret, mark(name, ":" + coding), whole, whole);
    for (int before = 0; before < 3; before++) {
      final byte[] shifted = new byte[before + value.length];
      System.arraycopy(value, 0, shifted, before, value.length);
      final String all = encoder.withoutPadding().encodeToString(shifted);
      final String piece =
          all.substring((before * Byte.SIZE + 5) / 6, shifted.length * Byte.SIZE / 6);
      if (piece.length() >= MIN_PIECE) {
        add(secret, mark(name, ":" + coding + PIECE + before), bytes(piece), bytes(piece));
      }
    }
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What to look for in responses. */
  List<Needle> needles() {
    return needles;
  }

  /** What to look for in requests. */
  List<Needle> marks() {
    return marks;
  }
}
