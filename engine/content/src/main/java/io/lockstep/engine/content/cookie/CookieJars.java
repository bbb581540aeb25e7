package io.lockstep.engine.content.cookie;

import io.lockstep.engine.content.response.HeaderLines;
import io.lockstep.engine.core.port.ResponseView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The cookies of all VUs of a shard, after RFC 6265. A VU without cookies costs one reference and
 * its requests allocate nothing. Times are virtual: milliseconds since 1970 at the run's start plus
 * the tick, so a replay expires the same cookies.
 *
 * <p>Not done: public suffixes (a cookie for a whole top-level domain is taken; there is one target
 * per run), {@code SameSite} and {@code HttpOnly} (there are neither sites nor scripts).
 */
public final class CookieJars {
  /** Cookies of a VU; where one more comes, an expired one goes, else the one made first. */
  public static final int MAX_COOKIES = 64;

  private static final String SET_COOKIE = "set-cookie";

  /** Longer paths first; the order of making decides among equals, since sorting is stable. */
  private static final Comparator<Cookie> SENDING_ORDER =
      Comparator.comparingInt((Cookie cookie) -> cookie.path().length()).reversed();

  /** By VU, in the order of making; {@code null} for none. */
  private final List<Cookie>[] cookiesByVu;

  private final HeaderLines lines = new HeaderLines();

  /**
   * Empty jars.
   *
   * @param vus of the shard; they count from 0 here
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists, filled here alone
  public CookieJars(final int vus) {
    cookiesByVu = new List[vus];
  }

  /** Keeps the cookies that a response sets. */
  public void store(
      final int vu,
      final String host,
      final String requestPath,
      final ResponseView response,
      final long nowMs) {
    lines.reset(response.head, response.headOffset, response.headLength);
    while (lines.next()) {
      if (lines.isNamed(SET_COOKIE)) {
        final Cookie cookie =
            Cookie.parse(lines.value(), host.toLowerCase(Locale.ROOT), requestPath, nowMs);
        if (cookie != null) {
          keep(vu, cookie, nowMs);
        }
      }
    }
  }

  private void keep(final int vu, final Cookie cookie, final long nowMs) {
    List<Cookie> cookies = cookiesByVu[vu];
    if (cookies == null) {
      if (cookie.isExpired(nowMs)) {
        return;
      }
      cookies = new ArrayList<>(2);
      cookiesByVu[vu] = cookies;
    }
    for (int i = 0; i < cookies.size(); i++) {
      if (cookie.replaces(cookies.get(i))) {
        cookies.set(i, cookie); // which keeps the time of its making, as the RFC wants
        dropExpired(vu, nowMs);
        return;
      }
    }
    if (!cookie.isExpired(nowMs)) {
      cookies.add(cookie);
      if (cookies.size() > MAX_COOKIES) {
        dropExpired(vu, nowMs);
      }
      if (cookies.size() > MAX_COOKIES) {
        cookies.remove(0);
      }
    }
  }

  private void dropExpired(final int vu, final long nowMs) {
    cookiesByVu[vu].removeIf(cookie -> cookie.isExpired(nowMs));
    if (cookiesByVu[vu].isEmpty()) {
      cookiesByVu[vu] = null;
    }
  }

  /** The value of a request's {@code Cookie} header, or {@code null} for none. */
  public String header(
      final int vu,
      final String host,
      final String requestPath,
      final boolean tls,
      final long nowMs) {
    final List<Cookie> cookies = cookiesByVu[vu];
    if (cookies == null) {
      return null;
    }
    final String name = host.toLowerCase(Locale.ROOT);
    final List<Cookie> sent = new ArrayList<>(cookies.size());
    for (final Cookie cookie : cookies) {
      if (!cookie.isExpired(nowMs) && cookie.goesTo(name, requestPath, tls)) {
        sent.add(cookie);
      }
    }
    if (sent.isEmpty()) {
      return null;
    }
    sent.sort(SENDING_ORDER);
    final StringBuilder header = new StringBuilder();
    for (final Cookie cookie : sent) {
      header.append(header.isEmpty() ? "" : "; ").append(cookie.name()).append('=');
      header.append(cookie.value());
    }
    return header.toString();
  }

  /** Cookies that a VU has, expired ones too. */
  public int count(final int vu) {
    return cookiesByVu[vu] == null ? 0 : cookiesByVu[vu].size();
  }

  /** Forgets the cookies of a VU: a fresh user. */
  public void clear(final int vu) {
    cookiesByVu[vu] = null;
  }
}
