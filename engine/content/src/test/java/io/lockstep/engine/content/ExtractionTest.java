package io.lockstep.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.ResponseView;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to take a value from a response, by examples. */
class ExtractionTest {
  private static final String JSON =
      """
      {"token": "abc", "n": 42, "ok": true, "none": null, "pi": 3.140, "big": 1e2, "neg": -0,
       "a": {"b": [10, {"c": "deep"}], "x y": "quoted"},
       "items": [{"id": 1, "name": "one"}, {"id": 2}, {"id": 3, "name": "three"}], "empty": []}
      """;
  private static final String HTML =
      """
      <!doctype html><title>Shop &amp; more</title>
      <div class=item data-id=7>First <b>item</b></div>
      <div class=item>Second</div><a href='/next?p=2'>next</a>
      """;
  private static final String XML =
      """
      <?xml version="1.0"?><cart xmlns="urn:x"><item id="1">pen</item><item id="2">ink</item></cart>
      """;
  private static final String TEXT = "user=ann; user=bob; total: 17.50 EUR, <<a>> <<b>>";
  private static final String HEADERS =
      "Content-Type: text/plain\nX-Id: 1\nx-id:  2 \nSet-Cookie: sid=s1; Path=/; HttpOnly\n"
          + "set-cookie: lang=en\nSet-Cookie: sid=s2\n";

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{json: $.token}|text abc",
        "{json: $.n}|text 42",
        "{json: $.n, type: integer}|integer 42",
        "{json: $.pi}|text 3.140",
        "{json: $.pi, type: decimal}|decimal 3.14",
        "{json: $.big}|text 1E+2",
        "{json: $.neg}|text 0",
        "{json: $.ok, type: boolean}|truth true",
        "{json: $.token, type: integer}|nothing",
        "{json: $.token, type: integer, default: 7}|integer 7",
        "{json: $.none}|nothing",
        "{json: $.none, default: x}|text x",
        "{json: $.missing, default: x}|text x",
        "{json: $.missing}|nothing",
        "{json: '$.a.b[1].c'}|text deep",
        "{json: '$.a.b[2]'}|nothing",
        "{json: '$.a.b.c'}|nothing",
        "{json: '$.token[0]'}|nothing",
        "{json: \"$.a['x y']\"}|text quoted",
        "{json: '$.a.b'}|text [10,{\"c\":\"deep\"}]",
        "{json: '$.items[*].id'}|text 1",
        "{json: '$.items[*].id', index: last}|text 3",
        "{json: '$.items[*].id', index: 1}|text 2",
        "{json: '$.items[*].id', index: 3}|nothing",
        "{json: '$.items[*].id', index: all}|list [1, 2, 3]",
        "{json: '$.items[*].id', index: all, type: integer, transform: [{replace: [2, x]}]}"
            + "|list [1, 3]",
        "{json: '$.items[*].name', index: all}|list [one, three]",
        "{json: '$.empty[*]', index: all}|nothing",
        "{json: '$.empty[*]', index: all, default: x}|list [x]",
        "{json: '$.items.length()', type: integer}|integer 3",
        "{json: '$.empty.length()'}|text 0",
        "{json: '$.a.length()'}|text 2",
        "{json: '$.items[?(@.id > 1)].id', index: all}|list [2, 3]",
        "{json: '$.items[-1].id'}|text 3",
        "{json: '$..id', index: all}|list [1, 2, 3]",
        "{json: '$.items[0:2].id', index: all}|list [1, 2]",
        "{json: '$.sum($.items[*].id)'}|text 6",
        "{json: '$.avg($.items[*].id)', type: decimal}|decimal 2.0",
        "{json: '$'}|text {\"token\":\"abc\",\"n\":42,\"ok\":true,\"none\":null,\"pi\":3.140,"
            + "\"big\":1E+2,\"neg\":0,\"a\":{\"b\":[10,{\"c\":\"deep\"}],\"x y\":\"quoted\"},"
            + "\"items\":[{\"id\":1,\"name\":\"one\"},{\"id\":2},{\"id\":3,\"name\":\"three\"}],"
            + "\"empty\":[]}",
        "{jmespath: token}|text abc",
        "{jmespath: 'items[].id', index: all}|list [1, 2, 3]",
        "{jmespath: 'items[?id > `1`].name'}|text three",
        "{jmespath: 'length(items)'}|text 3",
        "{jmespath: 'avg(items[].id)'}|text 2",
        "{jmespath: missing}|nothing",
        "{jmespath: 'length(n)'}|nothing",
        "{body: true, transform: [{substring: [0, 8]}]}|text {\"token\"",
      })
  void shouldTakeValuesFromJson(final String extraction, final String expected) {
    assertEquals(expected, Responses.extract(extraction, Responses.of(200, HEADERS, JSON)));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{regex: 'user=(\\w+)'}|text ann",
        "{regex: 'user=(\\w+)', index: last}|text bob",
        "{regex: 'user=(\\w+)', index: all}|list [ann, bob]",
        "{regex: 'user=(\\w+)', group: 0}|text user=ann",
        "{regex: 'user=\\w+'}|text user=ann",
        "{regex: '(\\d+)\\.(\\d+)', group: 2}|text 50",
        "{regex: 'x(y)?z'}|nothing",
        "{boundary: {left: '<<', right: '>>'}, index: all}|list [a, b]",
        "{boundary: {left: 'total: ', right: ' '}, type: decimal}|decimal 17.5",
        "{boundary: {left: '<<', right: '##'}}|nothing",
        "{header: X-ID}|text 1",
        "{header: x-id, index: all}|list [1, 2]",
        "{header: x-none, default: d}|text d",
        "{cookie: sid}|text s1",
        "{cookie: sid, index: last}|text s2",
        "{cookie: lang}|text en",
        "{cookie: SID}|nothing",
        "{status: true, type: integer}|integer 200",
        "{body: true, transform: [{substring: [5, 8]}, upper]}|text ANN",
        "{body: true, transform: [{substring: [5, 8]}, base64_encode]}|text YW5u",
        "{body: true, transform: [{substring: [5, 8]}, base64_encode, base64_decode]}|text ann",
        "{body: true, transform: [base64_decode]}|nothing",
        "{body: true, transform: [{substring: [4, 9]}, url_encode]}|text %3Dann%3B",
        "{body: true, transform: [{substring: [4, 9]}, url_encode, url_decode, trim, lower]}"
            + "|text =ann;",
        "{body: true, transform: [{substring: [9, 9999]}, {substring: [0, 5]}, trim]}|text user",
      })
  void shouldTakeValuesFromTextAndHeaders(final String extraction, final String expected) {
    assertEquals(expected, Responses.extract(extraction, Responses.of(200, HEADERS, TEXT)));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{css: .item}|text First item",
        "{css: .item, index: all}|list [First item, Second]",
        "{css: .item, attribute: data-id, index: all}|list [7]",
        "{css: 'a[href^=/next]', attribute: href}|text /next?p=2",
        "{css: title}|text Shop & more",
        "{css: 'div[class~=^it.m$]'}|text First item",
        "{xpath: '//title'}|text Shop & more",
        "{xpath: \"//div[@class='item']/@data-id\"}|text 7",
        "{xpath: 'count(//div)', type: integer}|integer 2",
        "{css: .none}|nothing",
      })
  void shouldTakeValuesFromHtml(final String extraction, final String expected) {
    assertEquals(
        expected,
        Responses.extract(
            extraction, Responses.of(200, "Content-Type: text/html; charset=utf-8\n", HTML)));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{xpath: '//item', index: all}|list [pen, ink]",
        "{xpath: '//item[@id=2]'}|text ink",
        "{xpath: '//item/@id', index: last, type: integer}|integer 2",
        "{xpath: 'string(//item)'}|text pen",
        "{xpath: '1 div 4'}|text 0.25",
        "{xpath: 'count(//item) > 1', type: boolean}|truth true",
        "{xpath: '//none'}|nothing",
      })
  void shouldTakeValuesFromXml(final String extraction, final String expected) {
    assertEquals(
        expected,
        Responses.extract(extraction, Responses.of(200, "Content-Type: text/xml\n", XML)));
  }

  @Test
  void shouldNotReadEntitiesOfXml() {
    final String bomb = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>";
    assertEquals("nothing", Responses.extract("{xpath: //a}", Responses.of(200, "", bomb)));
  }

  @Test
  void shouldReadTheCharsetThatTheResponseNames() {
    final byte[] latin = "prix: 5 é".getBytes(StandardCharsets.ISO_8859_1);
    final String regex = "{regex: '5 (.)'}";
    assertEquals(
        "text é",
        Responses.extract(
            regex, Responses.of(200, "Content-Type: text/plain; Charset=\"ISO-8859-1\"\n", latin)));
    assertEquals("text \uFFFD", Responses.extract(regex, Responses.of(200, "", latin)));
    assertEquals(
        "text \uFFFD",
        Responses.extract(
            regex, Responses.of(200, "Content-Type: a/b; charset=none-such\n", latin)));
  }

  @Test
  void shouldTakeTheLastOfEqualNamesAsALibraryDoes() {
    final String json = "{\"a\": {\"b\": 1}, \"a\": {\"c\": 2}, \"d\": 1, \"d\": 3}";
    assertEquals("nothing", Responses.extract("{json: $.a.b}", Responses.of(200, "", json)));
    assertEquals("text 2", Responses.extract("{json: $.a.c}", Responses.of(200, "", json)));
    assertEquals("text 3", Responses.extract("{json: $.d}", Responses.of(200, "", json)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"a\": 1",
        "{\"a\": 1} x",
        "{\"a\": 1}{}",
        "{'a': 1}",
        "{\"a\": 01}",
        "{\"a\": 1,}",
        "a",
        "[{\"a\": 1]"
      })
  void shouldFindNothingInWhatIsNotOneJsonDocument(final String body) {
    assertEquals("nothing", Responses.extract("{json: $.a}", Responses.of(200, "", body)));
    assertEquals("nothing", Responses.extract("{json: $..a}", Responses.of(200, "", body)));
    assertEquals("nothing", Responses.extract("{jmespath: a}", Responses.of(200, "", body)));
  }

  @Test
  void shouldFindNothingInABodyThatWasCutOffOrNeverCame() {
    final ResponseView cut = Responses.of(200, "", "{\"a\": 1}");
    cut.bodyComplete = false;
    assertEquals("nothing", Responses.extract("{json: $.a}", cut));
    final ResponseView none = Responses.of(0, "", "{\"a\": 1}");
    assertEquals("nothing", Responses.extract("{json: $.a}", none));
    assertEquals("text x", Responses.extract("{status: true, default: x}", none));
  }

  @Test
  void shouldDrawARandomMatchFromTheKeyedStream() {
    final ContentReader reader =
        new ContentReader(Responses.plan("extract: {x: {json: '$[*]', index: random}}"));
    final ResponseView response = Responses.of(200, "", "[0, 1, 2, 3]");
    final Set<String> seen = new TreeSet<>();
    for (int counter = 0; counter < 100; counter++) {
      final Responses.Collected first = new Responses.Collected();
      final Responses.Collected again = new Responses.Collected();
      reader.begin(response);
      reader.extract(0, 7, counter, first);
      reader.begin(response);
      reader.extract(0, 7, counter, again);
      assertEquals(first.byOrdinal, again.byOrdinal);
      seen.addAll(first.byOrdinal.values());
    }
    assertEquals(Set.of("text 0", "text 1", "text 2", "text 3"), seen);
  }

  @Test
  void shouldMarkExtractionsThatFoundNothing() {
    final ContentReader reader =
        new ContentReader(
            Responses.plan(
                "extract: {a: {json: $.a}, b: {json: $.b}, c: {json: $.c, default: 1}}"));
    reader.begin(Responses.of(200, "", "{\"a\": 1}"));
    assertEquals(0b110, reader.extract(0, 1, 0, new Responses.Collected()));
  }

  @Test
  void shouldNotHangOnAPatternThatBacktrackersFear() {
    final String body = "a".repeat(200_000) + "!";
    assertEquals("nothing", Responses.extract("{regex: '(a+)+$'}", Responses.of(200, "", body)));
    assertTrue(Responses.check("{body: {matches: '^(a|a)*!$'}}", Responses.of(200, "", body)));
  }

  @Test
  void shouldGiveExpressionsTypedJson() {
    final ContentReader reader = new ContentReader(Responses.plan("weight: 1"));
    reader.begin(Responses.of(200, "A: b\n", JSON));
    assertEquals("integer 42", json(reader, "$.n"));
    assertEquals("decimal 3.14", json(reader, "$.pi"));
    assertEquals("truth true", json(reader, "$.ok"));
    assertEquals("text abc", json(reader, "$.token"));
    assertEquals("nothing", json(reader, "$.none"));
    assertEquals("list [1, 2, 3]", json(reader, "$.items[*].id"));
    assertEquals("list []", json(reader, "$..nowhere"));
    assertEquals("b", reader.header("a"));
    assertEquals(JSON, reader.body());
  }

  private static String json(final ContentReader reader, final String path) {
    final Responses.Collected values = new Responses.Collected();
    reader.json(path, values);
    return values.byOrdinal.get(0);
  }
}
