package io.lockstep.engine.content.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.ResponseView;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A private cache, by the rules of RFC 9111. */
class HttpCachesTest {
  /** 1994-11-06T08:49:37Z. */
  private static final long NOW = 784_111_777_000L;

  private static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT\n";
  private static final UnaryOperator<String> NO_HEADERS = Map.<String, String>of()::get;

  private final HttpCaches<String> caches = new HttpCaches<>(2);

  private static ResponseView response(final int status, final String head) {
    final byte[] bytes = head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    final ResponseView view = new ResponseView();
    view.status = status;
    view.head = new UnsafeBuffer(bytes);
    view.headLength = bytes.length;
    return view;
  }

  private void store(final String head) {
    caches.store(0, "GET", "/a", NO_HEADERS, response(200, head), "body", NOW, NOW);
  }

  private Lookup.Kind after(final long seconds) {
    return caches.lookup(0, "GET", "/a", NO_HEADERS, NOW + seconds * 1_000).kind();
  }

  @ParameterizedTest(name = "{0}: then {1}, later {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: max-age=60|FRESH|MISS",
        "Cache-Control: max-age=\"60\", private|FRESH|MISS",
        "Cache-Control: max-age=60;ETag: \"x\"|FRESH|STALE",
        "cache-control: MAX-AGE=60;Age: 60;ETag: \"x\"|STALE|STALE",
        "Cache-Control: max-age=60, max-age=0|FRESH|MISS",
        "Cache-Control: max-age=soon;ETag: \"x\"|STALE|STALE",
        "Cache-Control: max-age=60, no-cache;ETag: \"x\"|STALE|STALE",
        "Cache-Control: max-age=60, no-store|MISS|MISS",
        "Cache-Control: foo=\"no-store\", max-age=60|FRESH|MISS",
        "Expires: Sun, 06 Nov 1994 08:50:37 GMT|FRESH|MISS",
        "Expires: Sun, 06 Nov 1994 08:50:37 GMT;Cache-Control: max-age=0;ETag: x|STALE|STALE",
        "Expires: 0;Last-Modified: Sat, 05 Nov 1994 08:49:37 GMT|STALE|STALE",
        "Last-Modified: Sat, 05 Nov 1994 08:49:37 GMT|STALE|STALE",
        "Content-Type: text/plain|MISS|MISS",
        "Cache-Control: max-age=60;Vary: *|MISS|MISS",
        "Cache-Control: max-age=60;Date: Sun, 06 Nov 1994 08:48:00 GMT;ETag: x|STALE|STALE",
      })
  void shouldKeepFreshWhatTheHeadSays(
      final String head, final Lookup.Kind atOnce, final Lookup.Kind later) {
    store(head.contains("Date:") ? head.replace(';', '\n') : DATE + head.replace(';', '\n'));
    assertEquals(atOnce, after(0));
    assertEquals(later, after(60));
  }

  @Test
  void shouldAskWithTheValidatorsAndBeFreshAgainAfterNotModified() {
    final String modified = "Sat, 05 Nov 1994 08:49:37 GMT";
    store(DATE + "Cache-Control: max-age=10\nETag: W/\"v1\"\nLast-Modified: " + modified + "\n");
    final Lookup<String> stale = caches.lookup(0, "GET", "/a", NO_HEADERS, NOW + 11_000);
    assertEquals(new Lookup<>(Lookup.Kind.STALE, "body", "W/\"v1\"", modified), stale);
    final long later = NOW + 12_000;
    assertEquals(
        "body",
        caches.revalidated(
            0,
            "/a",
            NO_HEADERS,
            response(304, "Cache-Control: max-age=20\nETag: \"v2\"\n"),
            later,
            later));
    assertEquals(Lookup.Kind.FRESH, after(12 + 19));
    assertEquals("\"v2\"", caches.lookup(0, "GET", "/a", NO_HEADERS, later + 21_000).etag());
    assertNull(caches.revalidated(1, "/a", NO_HEADERS, response(304, ""), later, later));
  }

  @Test
  void shouldCountTheTimeOnTheWayAsAge() {
    caches.store(
        0,
        "GET",
        "/a",
        NO_HEADERS,
        response(200, "Cache-Control: max-age=60\n"),
        "x",
        NOW - 50_000,
        NOW);
    assertEquals(Lookup.Kind.FRESH, after(9));
    assertEquals(Lookup.Kind.MISS, after(10));
  }

  @Test
  void shouldHeedWhatTheResponseVariesBy() {
    final UnaryOperator<String> german = Map.of("accept-language", "de")::get;
    final UnaryOperator<String> english = Map.of("accept-language", "en")::get;
    final String head = "Cache-Control: max-age=60\nVary: Accept-Language, X\n";
    caches.store(0, "GET", "/a", german, response(200, head), "hallo", NOW, NOW);
    caches.store(0, "GET", "/a", english, response(200, head), "hello", NOW, NOW);
    assertEquals("hallo", caches.lookup(0, "GET", "/a", german, NOW).content());
    assertEquals("hello", caches.lookup(0, "GET", "/a", english, NOW).content());
    assertEquals(Lookup.Kind.MISS, caches.lookup(0, "GET", "/a", NO_HEADERS, NOW).kind());
    assertEquals(Lookup.Kind.MISS, caches.lookup(1, "GET", "/a", german, NOW).kind());
  }

  @Test
  void shouldHeedWhatTheRequestWants() {
    store("Cache-Control: max-age=60\nETag: x\n");
    assertEquals(Lookup.Kind.STALE, wanting("no-cache"));
    assertEquals(Lookup.Kind.STALE, wanting("max-age=4"));
    assertEquals(Lookup.Kind.FRESH, wanting("max-age=5"));
    assertEquals(Lookup.Kind.MISS, wanting("no-store"));
    assertEquals(Lookup.Kind.MISS, caches.lookup(0, "HEAD", "/a", NO_HEADERS, NOW).kind());
  }

  private Lookup.Kind wanting(final String control) {
    return caches.lookup(0, "GET", "/a", Map.of("cache-control", control)::get, NOW + 5_000).kind();
  }

  @Test
  void shouldForgetWhatAnUnsafeRequestMayHaveChanged() {
    for (final int status : new int[] {200, 201, 204, 301, 303, 399}) {
      assertTrue(HttpCaches.invalidates("POST", status), "status " + status);
      assertTrue(HttpCaches.invalidates("DELETE", status), "status " + status);
      assertFalse(HttpCaches.invalidates("GET", status), "status " + status);
      assertFalse(HttpCaches.invalidates("HEAD", status), "status " + status);
    }
    assertFalse(HttpCaches.invalidates("POST", 400));
    assertFalse(HttpCaches.invalidates("PUT", 500));
    store("Cache-Control: max-age=60\n");
    caches.invalidate(0, "/b");
    assertEquals(Lookup.Kind.FRESH, after(0));
    caches.invalidate(0, "/a");
    assertEquals(Lookup.Kind.MISS, after(0));
  }

  @Test
  void shouldKeepABoundedNumberAndNoParts() {
    caches.store(
        0, "GET", "/part", NO_HEADERS, response(206, "Cache-Control: max-age=9\n"), "x", NOW, NOW);
    assertEquals(0, caches.count(0));
    for (int i = 0; i <= HttpCaches.MAX_RESPONSES; i++) {
      caches.store(
          0,
          "GET",
          "/" + i,
          NO_HEADERS,
          response(200, "Cache-Control: max-age=9\n"),
          "x",
          NOW,
          NOW);
    }
    assertEquals(HttpCaches.MAX_RESPONSES, caches.count(0));
    assertEquals(Lookup.Kind.MISS, caches.lookup(0, "GET", "/0", NO_HEADERS, NOW).kind());
    caches.clear(0);
    assertEquals(0, caches.count(0));
  }
}
