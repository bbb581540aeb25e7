package io.lockstep.engine.content.cookie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.content.response.HttpDate;
import io.lockstep.engine.core.port.ResponseView;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookies, by the examples and rules of RFC 6265. */
class CookieJarsTest {
  private static final String HOST = "www.example.com";

  /** 2026-11-20T00:00:00Z. */
  private static final long NOW = 1_795_132_800_000L;

  private final CookieJars jars = new CookieJars(2);

  private void receive(final String path, final String... cookies) {
    final StringBuilder head = new StringBuilder("Content-Length: 0\r\n");
    for (final String cookie : cookies) {
      head.append("Set-Cookie: ").append(cookie).append("\r\n");
    }
    final byte[] bytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    final ResponseView view = new ResponseView();
    view.status = 200;
    view.head = new UnsafeBuffer(bytes);
    view.headLength = bytes.length;
    jars.store(0, HOST, path, view, NOW);
  }

  private String sent(final String host, final String path, final boolean tls) {
    return jars.header(0, host, path, tls, NOW);
  }

  private String sent(final String path) {
    return sent(HOST, path, false);
  }

  @Test
  void shouldSendASessionCookieBackToItsHost() {
    receive("/", "SID=31d4d96e407aad42");
    assertEquals("SID=31d4d96e407aad42", sent("/"));
    assertNull(sent("example.com", "/", false));
    assertNull(jars.header(1, HOST, "/", false, NOW));
  }

  @Test
  void shouldSendADomainCookieToItsSubdomains() {
    receive("/", "SID=31d4d96e407aad42; Path=/; Domain=example.com");
    assertEquals("SID=31d4d96e407aad42", sent("/"));
    assertEquals("SID=31d4d96e407aad42", sent("example.com", "/", false));
    assertEquals("SID=31d4d96e407aad42", sent("a.b.EXAMPLE.com", "/", false));
    assertNull(sent("badexample.com", "/", false));
  }

  @Test
  void shouldRefuseACookieForAnotherDomain() {
    receive(
        "/", "a=b; Domain=other.com", "c=d; Domain=a.www.example.com", "e=f; Domain=.example.com");
    assertEquals("e=f", sent("/"));
  }

  @Test
  void shouldSendSecureCookiesOverTlsAlone() {
    receive("/", "SID=31d4d96e407aad42; Path=/; Secure; HttpOnly", "lang=en-US; Path=/");
    assertEquals("lang=en-US", sent("/"));
    assertEquals("SID=31d4d96e407aad42; lang=en-US", sent(HOST, "/", true));
  }

  @Test
  void shouldDropACookieThatExpiredAndKeepOneThatHasNot() {
    receive("/", "lang=en-US; Expires=Wed, 09 Jun 2027 10:18:14 GMT");
    assertEquals("lang=en-US", sent("/"));
    final long later = HttpDate.epochMs("Wed, 09 Jun 2027 10:18:14 GMT").orElseThrow();
    assertEquals("lang=en-US", jars.header(0, HOST, "/", false, later - 1));
    assertNull(jars.header(0, HOST, "/", false, later));
    receive("/", "lang=; Expires=Sun, 06 Nov 1994 08:49:37 GMT");
    assertNull(sent("/"));
    assertEquals(0, jars.count(0));
  }

  @Test
  void shouldPreferMaxAgeToExpires() {
    receive("/", "a=1; Max-Age=10; Expires=Sun, 06 Nov 1994 08:49:37 GMT", "b=2; max-age=x");
    assertEquals("a=1; b=2", sent("/"));
    assertEquals("b=2", jars.header(0, HOST, "/", false, NOW + 10_000));
    receive("/", "b=; Max-Age=0");
    assertEquals("a=1", sent("/"));
    receive("/", "c=3; Max-Age=999999999999999999");
    assertEquals("a=1; c=3", sent("/"));
  }

  @Test
  void shouldSendLongerPathsFirstAndOlderOnesNext() {
    receive("/a/b", "x=1; Path=/", "y=2; Path=/", "z=3; Path=/a");
    receive("/a/b", "x=9; Path=/");
    assertEquals("z=3; x=9; y=2", sent("/a/b?q"));
    assertEquals("x=9; y=2", sent("/ab"));
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "/, /, true", "/, /a/b, true", "/a, /a, true", "/a, /a/, true", "/a, /a/b, true",
    "/a, /ab, false", "/a/, /a, false", "/a/, /a/b, true", "/a, /a?b, true", "/a, /, false"
  })
  void shouldMatchPathsAsTheRfcSays(
      final String cookiePath, final String requestPath, final boolean expected) {
    assertEquals(expected, Cookie.pathMatches(requestPath, cookiePath));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({"/, /", "/a, /", "/a/, /a", "/a/b, /a", "/a/b?c/d, /a", "'', /", "?a/b, /"})
  void shouldTakeTheDefaultPathFromTheRequest(final String requestPath, final String expected) {
    assertEquals(expected, Cookie.defaultPath(requestPath));
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    "example.com, example.com, true",
    "www.example.com, example.com, true",
    "wwwexample.com, example.com, false",
    "example.com, www.example.com, false",
    "127.0.0.1, 0.0.1, false",
    "127.0.0.1, 127.0.0.1, true",
  })
  void shouldMatchDomainsAsTheRfcSays(
      final String host, final String domain, final boolean expected) {
    assertEquals(expected, Cookie.domainMatches(host, domain));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT|784111777000",
        "Sunday, 06-Nov-94 08:49:37 GMT|784111777000",
        "Sun Nov  6 08:49:37 1994|784111777000",
        "6 november 94 8:49:37|784111777000",
        "Thu, 01 Jan 1970 00:00:00 GMT|0",
        "Wed, 09 Jun 2021 10:18:14 GMT|1623233894000",
        "31 Feb 2020 00:00:00|",
        "1 Jan 2020 24:00:00|",
        "1 Jan 1600 00:00:00|",
        "never|",
      })
  void shouldReadDatesAsTheRfcSays(final String text, final Long expected) {
    assertEquals(
        expected,
        HttpDate.epochMs(text).isPresent() ? (Long) HttpDate.epochMs(text).getAsLong() : null);
  }

  @Test
  void shouldIgnoreCookiesWithoutNameOrTooLong() {
    receive("/", "novalue", "=x", "", ";", "a=" + "x".repeat(Cookie.MAX_LENGTH));
    assertNull(sent("/"));
    assertEquals(0, jars.count(0));
  }

  @Test
  void shouldKeepABoundedNumber() {
    for (int i = 0; i <= CookieJars.MAX_COOKIES; i++) {
      receive("/", "c" + i + "=" + i);
    }
    assertEquals(CookieJars.MAX_COOKIES, jars.count(0));
    assertFalse(sent("/").startsWith("c0="));
    assertTrue(sent("/").endsWith("c" + CookieJars.MAX_COOKIES + "=" + CookieJars.MAX_COOKIES));
    jars.clear(0);
    assertNull(sent("/"));
  }

  @Property(tries = 500)
  void anySetCookieIsKeptOrIgnored(@ForAll final long seed) {
    final Random random = new Random(seed);
    final String[] pieces = {
      "a",
      "=",
      ";",
      " ",
      "Path",
      "/",
      "Domain",
      "example.com",
      ".",
      "Max-Age",
      "-",
      "9",
      "Expires",
      "Sun, 06 Nov 1994 08:49:37 GMT",
      "\u00e9",
      ",",
      "Secure",
      "\t"
    };
    final StringBuilder cookie = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      cookie.append(pieces[random.nextInt(pieces.length)]);
    }
    receive("/a/b", cookie.toString());
    final String header = sent("/a/b");
    assertTrue(header == null || header.indexOf('=') >= 0);
    jars.clear(0);
  }
}
