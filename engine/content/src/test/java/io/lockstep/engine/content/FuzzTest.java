package io.lockstep.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.lockstep.engine.core.port.ResponseView;
import io.lockstep.scenario.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** No response makes reading fail or hang, and the same response always reads the same. */
class FuzzTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"a\"",
    ":",
    ",",
    "1",
    "1e9",
    "null",
    "true",
    "\"b\": [",
    "<a>",
    "</a>",
    "<a b='",
    "&amp;",
    "&#x0;",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<?xml version='1.0'?>",
    "\\u12",
    "\u0000",
    "\u00e9",
    "\uD83D\uDE00",
    " ",
    "\n",
    "user=",
    "<table><tr>",
    "<script>"
  };
  private static final String[] HEADERS = {
    "",
    "Content-Type: text/html\n",
    "content-type: x; charset=utf-16\n",
    ":\n\n:a\nb",
    "Set-Cookie: ;;=\nSet-Cookie: sid\nSet-Cookie: =x\n",
    "Content-Type: a; charset=\"\n"
  };

  private final Plan plan =
      Responses.plan(
          "extract:",
          "  a: {json: '$.a[*].b', index: all}",
          "  b: {json: '$..b', index: random}",
          "  c: {jmespath: 'a[].b', transform: [url_decode]}",
          "  d: {regex: '(.)=(.*)', group: 2, transform: [base64_decode]}",
          "  e: {xpath: '//a'}",
          "  f: {css: 'a, td', attribute: b}",
          "  g: {boundary: {left: a, right: b}, index: last}",
          "  h: {header: content-type}",
          "  i: {cookie: sid}",
          "  j: {body: true, type: decimal}",
          "checks:",
          "  - {json: '$.a.length()', min: 1}",
          "  - {body: {matches: 'a.*b'}}",
          "  - {json_schema: {type: object}}",
          "  - {xpath: //a, contains: x}",
          "  - {css: td}");

  @Property(tries = 500)
  void readingAlwaysEndsAndRepeats(@ForAll final long seed) {
    final ResponseView response = response(new Random(seed));
    assertTimeoutPreemptively(LONGEST, () -> assertEquals(read(response), read(response)));
  }

  @Test
  void shouldEndOnBodiesThatAreDeepOrLong() {
    for (final String body :
        new String[] {
          "[".repeat(100_000),
          "{\"a\":".repeat(100_000),
          "<a>".repeat(20_000),
          "a=".repeat(200_000),
          "<".repeat(100_000),
          "&".repeat(100_000),
          "9".repeat(100_000),
          "\"" + "\\".repeat(99_999)
        }) {
      assertTimeoutPreemptively(LONGEST, () -> read(Responses.of(200, "", body)));
      assertTimeoutPreemptively(
          LONGEST, () -> read(Responses.of(200, "Content-Type: text/html\n", body)));
    }
  }

  private String read(final ResponseView response) {
    final ContentReader reader = new ContentReader(plan);
    final Responses.Collected values = new Responses.Collected();
    reader.begin(response);
    final long missing = reader.extract(0, 5, 0, values);
    assertEquals(10, values.byOrdinal.size());
    return values.byOrdinal + " " + missing + " " + reader.check(0);
  }

  private static ResponseView response(final Random random) {
    final String headers = HEADERS[random.nextInt(HEADERS.length)];
    if (random.nextInt(5) == 0) {
      final byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      return Responses.of(200, headers, bytes);
    }
    final StringBuilder body = new StringBuilder();
    final int pieces = random.nextInt(60);
    for (int i = 0; i < pieces; i++) {
      body.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return Responses.of(200, headers, body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
