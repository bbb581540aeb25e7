package io.lockstep.engine.content.cache;

import io.lockstep.engine.content.response.HeaderLines;
import io.lockstep.engine.core.port.ResponseView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What all VUs of a shard keep of responses, each as a browser's private cache (RFC 9111). Times
 * are virtual, as those of cookies. A VU that has kept nothing costs one reference.
 *
 * <p>Kept are answers to GET that have an expiry or a validator. Without an expiry a response is
 * stale at once and asked for again: no lifetime is guessed. {@code Vary} is heeded; ranges are not
 * kept. The caller answers a fresh hit from what was kept and counts it.
 *
 * @param <C> what is kept of a response, as the caller likes
 */
public final class HttpCaches<C> {
  /** Responses that a VU keeps; where one more comes, the one kept first goes. */
  public static final int MAX_RESPONSES = 64;

  private static final String GET = "GET";
  private static final Lookup<?> MISS = new Lookup<>(Lookup.Kind.MISS, null, null, null);

  private final List<Entry<C>>[] entriesByVu;
  private final HeaderLines lines = new HeaderLines();

  /** A response that was kept. */
  private record Entry<C>(String path, Stored stored, C content) {}

  /**
   * Empty caches.
   *
   * @param vus of the shard; they count from 0 here
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists, filled here alone
  public HttpCaches(final int vus) {
    entriesByVu = new List[vus];
  }

  /**
   * What there is for a request.
   *
   * @param requestHeader the value of a header of the request by lower-case name, or {@code null}
   */
  @SuppressWarnings("unchecked") // a miss has no content of any type
  public Lookup<C> lookup(
      final int vu,
      final String method,
      final String path,
      final UnaryOperator<String> requestHeader,
      final long nowMs) {
    final CacheControl control = CacheControl.of(requestHeader.apply("cache-control"));
    final int index =
        method.equals(GET) && !control.noStore() ? indexOf(vu, path, requestHeader) : -1;
    if (index < 0) {
      return (Lookup<C>) MISS;
    }
    final Entry<C> entry = entriesByVu[vu].get(index);
    final Stored stored = entry.stored();
    if (stored.isFresh(nowMs) && !control.noCache() && isYoung(control, stored, nowMs)) {
      return new Lookup<>(Lookup.Kind.FRESH, entry.content(), null, null);
    }
    return stored.hasValidator()
        ? new Lookup<>(Lookup.Kind.STALE, entry.content(), stored.etag(), stored.lastModified())
        : (Lookup<C>) MISS;
  }

  /** Section 5.2.1.1: the request may want nothing older. */
  private static boolean isYoung(
      final CacheControl control, final Stored stored, final long nowMs) {
    return control.maxAgeSeconds().isEmpty()
        || stored.ageMs(nowMs) <= control.maxAgeSeconds().getAsLong() * 1_000;
  }

  private int indexOf(final int vu, final String path, final UnaryOperator<String> requestHeader) {
    final List<Entry<C>> entries = entriesByVu[vu];
    for (int i = 0; entries != null && i < entries.size(); i++) {
      if (entries.get(i).path().equals(path) && entries.get(i).stored().suits(requestHeader)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Keeps a response where it may be kept.
   *
   * @param content what to keep
   * @param requestMs when the request was sent, milliseconds since 1970
   * @param responseMs when the response came
   */
  public void store(
      final int vu,
      final String method,
      final String path,
      final UnaryOperator<String> requestHeader,
      final ResponseView response,
      final C content,
      final long requestMs,
      final long responseMs) {
    if (!method.equals(GET) || CacheControl.of(requestHeader.apply("cache-control")).noStore()) {
      return;
    }
    final Stored stored = read(requestHeader, response, requestMs, responseMs);
    final boolean useful = stored.lifetimeMs() > 0 || stored.hasValidator();
    if (stored.storable() && useful && isStorable(response.status)) {
      put(vu, new Entry<>(path, stored, content), requestHeader);
    }
  }

  /**
   * Takes the answer "not modified" to a request with validators: what was kept is fresh again.
   *
   * @return what was kept, or {@code null} where it is gone
   */
  public C revalidated(
      final int vu,
      final String path,
      final UnaryOperator<String> requestHeader,
      final ResponseView notModified,
      final long requestMs,
      final long responseMs) {
    final int index = indexOf(vu, path, requestHeader);
    if (index < 0) {
      return null;
    }
    final Entry<C> entry = entriesByVu[vu].get(index);
    final Stored freshened =
        entry.stored().freshenedBy(read(requestHeader, notModified, requestMs, responseMs));
    entriesByVu[vu].set(index, new Entry<>(path, freshened, entry.content()));
    return entry.content();
  }

  private Stored read(
      final UnaryOperator<String> requestHeader,
      final ResponseView response,
      final long requestMs,
      final long responseMs) {
    return Stored.read(
        requestHeader, name -> header(response, name), before(response), requestMs, responseMs);
  }

  private HeaderLines before(final ResponseView response) {
    return lines.reset(response.head, response.headOffset, response.headLength);
  }

  /** All values of a header, joined; {@code null} for none. */
  private static String header(final ResponseView response, final String name) {
    final HeaderLines all =
        new HeaderLines().reset(response.head, response.headOffset, response.headLength);
    String joined = null;
    while (all.next()) {
      if (all.isNamed(name)) {
        joined = joined == null ? all.value() : joined + ", " + all.value();
      }
    }
    return joined;
  }

  private void put(final int vu, final Entry<C> entry, final UnaryOperator<String> requestHeader) {
    if (entriesByVu[vu] == null) {
      entriesByVu[vu] = new ArrayList<>(2);
    }
    final int known = indexOf(vu, entry.path(), requestHeader);
    if (known >= 0) {
      entriesByVu[vu].set(known, entry);
      return;
    }
    if (entriesByVu[vu].size() == MAX_RESPONSES) {
      entriesByVu[vu].remove(0);
    }
    entriesByVu[vu].add(entry);
  }

  /** Statuses that RFC 9110, section 15.1, lets caches keep, but for parts of a whole. */
  private static boolean isStorable(final int status) {
    return switch (status) {
      case 200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501 -> true;
      default -> false;
    };
  }

  /**
   * Whether an answer drops what was kept for the path of its request: no error, redirects
   * included, to a method that may have changed something (section 4.4).
   */
  public static boolean invalidates(final String method, final int status) {
    return isUnsafe(method) && status >= 200 && status < 400;
  }

  private static boolean isUnsafe(final String method) {
    return switch (method) {
      case GET, "HEAD", "OPTIONS", "TRACE" -> false;
      default -> true;
    };
  }

  /** Drops what was kept for a path. */
  public void invalidate(final int vu, final String path) {
    if (entriesByVu[vu] != null) {
      entriesByVu[vu].removeIf(entry -> entry.path().equals(path));
    }
  }

  /** Responses that a VU keeps. */
  public int count(final int vu) {
    return entriesByVu[vu] == null ? 0 : entriesByVu[vu].size();
  }

  /** Forgets all that a VU kept: a fresh user. */
  public void clear(final int vu) {
    entriesByVu[vu] = null;
  }
}
