package io.lockstep.engine.content.redirect;

import io.lockstep.scenario.plan.Target;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Decides where redirects lead. A run has one target, so only what stays at its scheme, host and
 * port is followed. 303 makes all methods but HEAD to GET, 301 and 302 make POST to GET, as
 * browsers do (RFC 9110, section 15.4, and the Fetch standard); 307 and 308 keep method and body.
 */
public final class Redirects {
  /** Longer locations lead nowhere. */
  public static final int MAX_LOCATION = 16 << 10;

  private static final String HEX = "0123456789ABCDEF";

  private final Target target;

  public Redirects(final Target target) {
    this.target = target;
  }

  /**
   * What to do with a response.
   *
   * @param status of the response
   * @param location value of its {@code Location}, bytes as Latin-1, or {@code null}
   * @param method of the request
   * @param path of the request, with its query, from the root of the host
   * @param followed how many redirects led to this request
   * @param limit how many may
   */
  public Redirect decide(
      final int status,
      final String location,
      final String method,
      final String path,
      final int followed,
      final int limit) {
    if (!isRedirect(status) || limit == 0) {
      return Redirect.ended(Redirect.Kind.NONE);
    }
    if (location == null || location.isEmpty() || location.length() > MAX_LOCATION) {
      return Redirect.ended(Redirect.Kind.NOWHERE);
    }
    final Reference base = Reference.parse(scheme() + "://" + target.authority() + path);
    final Reference next = base.resolve(Reference.parse(encoded(location)));
    if (!staysAtTarget(next)) {
      return Redirect.ended(Redirect.Kind.ELSEWHERE);
    }
    if (followed >= limit) {
      return Redirect.ended(Redirect.Kind.TOO_MANY);
    }
    final String nextPath = next.path().isEmpty() ? "/" : next.path();
    final boolean keeps = keepsMethod(status, method);
    return new Redirect(
        Redirect.Kind.FOLLOW,
        keeps ? method : "GET",
        next.query() == null ? nextPath : nextPath + "?" + next.query(),
        keeps);
  }

  private static boolean isRedirect(final int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static boolean keepsMethod(final int status, final String method) {
    return switch (status) {
      case 303 -> method.equals("GET") || method.equals("HEAD");
      case 301, 302 -> !method.equals("POST");
      default -> true;
    };
  }

  private String scheme() {
    return target.secure() ? "https" : "http";
  }

  private boolean staysAtTarget(final Reference next) {
    return scheme().equals(next.scheme().toLowerCase(Locale.ROOT))
        && next.authority() != null
        && normal(next.authority()).equals(normal(target.authority()));
  }

  /** Lower case, without the scheme's own port; one with a user's name never equals the target. */
  private String normal(final String authority) {
    final String own = target.secure() ? ":443" : ":80";
    final String lower = authority.toLowerCase(Locale.ROOT);
    if (lower.endsWith(own)) {
      return lower.substring(0, lower.length() - own.length());
    }
    return lower.endsWith(":") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Bytes that no URI may have, percent-encoded as browsers do. */
  private static String encoded(final String location) {
    final StringBuilder out = new StringBuilder(location.length());
    for (final byte b : location.getBytes(StandardCharsets.ISO_8859_1)) {
      final int c = b & 0xFF;
      if (c <= ' ' || c >= 0x7F || "\"<>\\^`{|}".indexOf(c) >= 0) {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        out.append((char) c);
      }
    }
    return out.toString();
  }
}
