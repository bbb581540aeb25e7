package io.lockstep.scenario.language;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What HTTP and this version allow in methods, paths and headers. Each rule says what is wrong with
 * a text, if anything. Syntax follows RFC 9110 and RFC 9112.
 */
public final class HttpRules {
  static final int MAX_PATH = 16 << 10;
  static final int MAX_METHOD = 32;

  private static final Pattern URL = Pattern.compile("(?i)https?://");
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final String BY_ENGINE = "is written by the engine, from the target and the body";
  private static final String CONNECTION = "concerns the connection, which the engine manages";

  private static final Map<String, String> FORBIDDEN_HEADERS =
      Map.ofEntries(
          Map.entry("host", BY_ENGINE),
          Map.entry("content-length", BY_ENGINE),
          Map.entry("transfer-encoding", BY_ENGINE),
          Map.entry("connection", CONNECTION),
          Map.entry("proxy-connection", CONNECTION),
          Map.entry("keep-alive", CONNECTION),
          Map.entry("upgrade", CONNECTION),
          Map.entry("te", CONNECTION),
          Map.entry("trailer", CONNECTION));

  private HttpRules() {}

  static Optional<String> methodFault(final String method) {
    if (!isToken(method) || method.length() > MAX_METHOD) {
      return Optional.of("is not a method name");
    }
    final String upper = method.toUpperCase(Locale.ROOT);
    if (!upper.equals(method)) {
      return Optional.of("must be in upper case: did you mean `" + upper + "`?");
    }
    return method.equals("CONNECT")
        ? Optional.of("opens a tunnel, which is not in this version")
        : Optional.empty();
  }

  public static Optional<String> pathFault(final String path) {
    if (URL.matcher(path).lookingAt()) {
      return Optional.of(
          "is a whole URL: put what comes before the path, scheme and host, under `target`");
    }
    if (!path.startsWith("/")) {
      return Optional.of("does not start with a slash");
    }
    if (path.length() > MAX_PATH) {
      return Optional.of("is longer than " + MAX_PATH + " characters");
    }
    if (path.indexOf('#') >= 0) {
      return Optional.of("has a fragment, which is never sent: leave out `#`, or write %23");
    }
    return path.codePoints()
        .filter(c -> c <= ' ' || c >= 0x7F)
        .mapToObj(HttpRules::mustBeEncoded)
        .findFirst();
  }

  private static String mustBeEncoded(final int c) {
    final StringBuilder encoded = new StringBuilder();
    for (final byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
    }
    final String shown = c == ' ' ? "a space" : String.format(Locale.ROOT, "U+%04X", c);
    return "has " + shown + " in it: percent-encode it as " + encoded;
  }

  static Optional<String> headerNameFault(final String name) {
    if (!isToken(name)) {
      return Optional.of("is not a header name: letters, digits and " + TOKEN_MARKS);
    }
    return Optional.ofNullable(FORBIDDEN_HEADERS.get(name.toLowerCase(Locale.ROOT)));
  }

  public static Optional<String> headerValueFault(final String value) {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      return Optional.of("has a line break in it");
    }
    if (!value.equals(value.strip())) {
      return Optional.of("starts or ends with blanks, which HTTP would drop");
    }
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F))
        ? Optional.empty()
        : Optional.of("has a character in it that is not printable ASCII");
  }

  static boolean isToken(final String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }
}
