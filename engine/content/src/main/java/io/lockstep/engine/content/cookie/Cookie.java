package io.lockstep.engine.content.cookie;

import io.lockstep.engine.content.response.HttpDate;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A cookie that a VU keeps (RFC 6265, section 5.3).
 *
 * @param name not empty
 * @param value may be empty
 * @param domain in lower case, without a leading dot
 * @param hostOnly whether only the very host gets it
 * @param path starts with a slash
 * @param secure whether only TLS carries it
 * @param expiryMs since 1970; {@link #SESSION} for the life of the VU
 */
record Cookie(
    String name,
    String value,
    String domain,
    boolean hostOnly,
    String path,
    boolean secure,
    long expiryMs) {
  static final long SESSION = Long.MAX_VALUE;

  /** Of name and value together; a longer cookie is ignored, as browsers do. */
  static final int MAX_LENGTH = 4_096;

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
  private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,18}");

  /** The parts of a cookie while its attributes are read. */
  private static final class Draft {
    private String domain = "";
    private String path = "";
    private boolean secure;
    private OptionalLong maxAgeExpiryMs = OptionalLong.empty();
    private OptionalLong expiresMs = OptionalLong.empty();
  }

  /**
   * Reads the value of a {@code Set-Cookie} header.
   *
   * @param host of the request, in lower case
   * @param requestPath of the request, may have a query
   * @return {@code null} where it is to be ignored
   */
  static Cookie parse(
      final String line, final String host, final String requestPath, final long nowMs) {
    final String[] parts = line.split(";", -1);
    final int equals = parts[0].indexOf('=');
    if (equals < 0) {
      return null;
    }
    final String name = parts[0].substring(0, equals).strip();
    final String value = parts[0].substring(equals + 1).strip();
    if (name.isEmpty() || name.length() + value.length() > MAX_LENGTH) {
      return null;
    }
    final Draft draft = new Draft();
    for (int i = 1; i < parts.length; i++) {
      attribute(parts[i], draft, nowMs);
    }
    if (!draft.domain.isEmpty() && !domainMatches(host, draft.domain)) {
      return null;
    }
    return new Cookie(
        name,
        value,
        draft.domain.isEmpty() ? host : draft.domain,
        draft.domain.isEmpty(),
        draft.path.isEmpty() ? defaultPath(requestPath) : draft.path,
        draft.secure,
        draft.maxAgeExpiryMs.orElse(draft.expiresMs.orElse(SESSION)));
  }

  /** The last of an attribute's kind counts. */
  private static void attribute(final String text, final Draft draft, final long nowMs) {
    final int equals = text.indexOf('=');
    final String name =
        (equals < 0 ? text : text.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
    final String value = equals < 0 ? "" : text.substring(equals + 1).strip();
    switch (name) {
      case "expires" -> {
        final OptionalLong expires = HttpDate.epochMs(value);
        draft.expiresMs = expires.isPresent() ? expires : draft.expiresMs;
      }
      case "max-age" -> {
        if (SECONDS.matcher(value).matches()) {
          draft.maxAgeExpiryMs = OptionalLong.of(expiry(Long.parseLong(value), nowMs));
        }
      }
      case "domain" -> {
        if (!value.isEmpty()) {
          draft.domain = value.substring(value.startsWith(".") ? 1 : 0).toLowerCase(Locale.ROOT);
        }
      }
      case "path" -> draft.path = value.startsWith("/") ? value : "";
      case "secure" -> draft.secure = true;
      default -> {
        // Unknown to us, or HttpOnly and SameSite, which mean nothing without scripts and sites.
      }
    }
  }

  private static long expiry(final long seconds, final long nowMs) {
    if (seconds <= 0) {
      return Long.MIN_VALUE;
    }
    return seconds > (SESSION - nowMs) / 1_000 ? SESSION : nowMs + seconds * 1_000;
  }

  /** Section 5.1.4. */
  static String defaultPath(final String requestPath) {
    final String path = withoutQuery(requestPath);
    final int slash = path.lastIndexOf('/');
    return slash <= 0 || !path.startsWith("/") ? "/" : path.substring(0, slash);
  }

  private static String withoutQuery(final String path) {
    final int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** Section 5.1.3. */
  static boolean domainMatches(final String host, final String domain) {
    return host.equals(domain) || (host.endsWith("." + domain) && !ADDRESS.matcher(host).matches());
  }

  /** Section 5.1.4. */
  static boolean pathMatches(final String requestPath, final String cookiePath) {
    final String path = withoutQuery(requestPath);
    return path.equals(cookiePath)
        || (path.startsWith(cookiePath)
            && (cookiePath.endsWith("/") || path.charAt(cookiePath.length()) == '/'));
  }

  /** Whether a request gets it. */
  boolean goesTo(final String host, final String requestPath, final boolean tls) {
    return (hostOnly ? host.equals(domain) : domainMatches(host, domain))
        && pathMatches(requestPath, path)
        && (!secure || tls);
  }

  boolean isExpired(final long nowMs) {
    return expiryMs != SESSION && expiryMs <= nowMs;
  }

  /** Whether it takes the other's place. */
  boolean replaces(final Cookie other) {
    return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
  }
}
