package io.lockstep.engine.content.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes a value of {@code WWW-Authenticate} apart (RFC 9110, section 11.6.1): a list of challenges,
 * each a scheme and a list of parameters, so that only a look behind a word tells which of both it
 * is. What is malformed ends the reading; what was read before counts.
 */
final class ChallengeParser {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private final String text;
  private final List<Map<String, String>> digests = new ArrayList<>();
  private int at;

  private ChallengeParser(final String text) {
    this.text = text;
  }

  /** The parameters of the challenges for Digest, by name in lower case. */
  static List<Map<String, String>> digests(final String value) {
    final ChallengeParser parser = new ChallengeParser(value);
    parser.read();
    return parser.digests;
  }

  private void read() {
    Map<String, String> parameters = null;
    while (true) {
      skip(" \t,");
      final String word = token();
      if (word.isEmpty()) {
        return;
      }
      final int end = at;
      skip(" \t");
      if (at < text.length() && text.charAt(at) == '=' && parameters != null) {
        at++;
        skip(" \t");
        final String value = value();
        if (value == null) {
          return;
        }
        parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value);
      } else {
        at = end;
        parameters = new TreeMap<>();
        if (word.equalsIgnoreCase("Digest")) {
          digests.add(parameters);
        }
        skipToken68();
      }
    }
  }

  /** Other schemes may have one opaque text in place of parameters. */
  private void skipToken68() {
    final int start = at;
    skip(" \t");
    final int word = at;
    while (at < text.length() && (isToken(text.charAt(at)) || text.charAt(at) == '/')) {
      at++;
    }
    final int padding = at;
    skip("=");
    final int end = at;
    skip(" \t");
    final boolean ends = at == text.length() || text.charAt(at) == ',';
    at = word < padding && ends && (end > padding || at == text.length()) ? end : start;
  }

  private void skip(final String marks) {
    while (at < text.length() && marks.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private String token() {
    final int start = at;
    while (at < text.length() && isToken(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** {@code null} where a quoted text has no end. */
  private String value() {
    if (at == text.length() || text.charAt(at) != '"') {
      return token();
    }
    final StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      final char c = text.charAt(at);
      if (c == '"') {
        at++;
        return value.toString();
      }
      if (c == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    return null;
  }

  private static boolean isToken(final char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }
}
