package io.lockstep.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.lockstep.engine.core.port.ResponseView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every check, by a response that meets it and one that does not. */
class CheckTest {
  private static final String HEADERS = "Content-Type: application/json\nX-Count: 5\n";
  private static final String BODY =
      "{\"n\": 5, \"s\": \"5\", \"b\": true, \"z\": null, \"list\": [1, 2.50]}";

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{status: 200}|true",
        "{status: 201}|false",
        "{status: [201, 200]}|true",
        "{status: [201, 3xx]}|false",
        "{status: 2xx}|true",
        "{status: 4xx}|false",
        "{status: {min: 200, max: 399}}|true",
        "{status: {min: 201}}|false",
        "{header: content-type}|true",
        "{header: Content-Type, exists: false}|false",
        "{header: X-None, exists: false}|true",
        "{header: content-type, equals: application/json}|true",
        "{header: content-type, equals: json}|false",
        "{header: content-type, contains: json}|true",
        "{header: content-type, matches: '^text/'}|false",
        "{header: x-count, equals: 5}|true",
        "{header: x-count, min: 4, max: 5}|true",
        "{header: x-count, min: 6}|false",
        "{body: {contains: '\"list\"'}}|true",
        "{body: {contains: nothing}}|false",
        "{body: {matches: 'n\": \\d,'}}|true",
        "{body: {equals: x}}|false",
        "{body: {sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}}|false",
        "{json: $.n}|true",
        "{json: $.none}|false",
        "{json: $.none, exists: false}|true",
        "{json: $.z}|true",
        "{json: $.n, equals: 5}|true",
        "{json: $.n, equals: 5.0}|true",
        "{json: $.n, equals: '5'}|false",
        "{json: $.s, equals: '5'}|true",
        "{json: $.s, equals: 5}|false",
        "{json: $.b, equals: true}|true",
        "{json: $.b, equals: 'true'}|false",
        "{json: '$.list[*]', equals: 2.5}|true",
        "{json: '$.list[*]', min: 3}|false",
        "{json: '$.list.length()', equals: 2}|true",
        "{json: $.n, min: 5, max: 5}|true",
        "{json: $.n, max: 4}|false",
        "{json: $.s, matches: '^[0-9]$'}|true",
        "{json_schema: {type: object, required: [n], properties: {n: {type: integer}}}}|true",
        "{json_schema: {type: object, required: [q]}}|false",
        "{json_schema: {properties: {s: {pattern: '^(5+)+$'}}}}|true",
        "{json_schema: {properties: {n: {$ref: '#/$defs/t'}}, $defs: {t: {type: string}}}}|false",
        "{xpath: //a}|false",
        "{css: body}|true",
        "{css: .x, exists: false}|true",
        "{size: {min: 1}}|true",
        "{size: {max: 10}}|false",
        "{duration: {max: 5ms}}|true",
        "{duration: {max: 4ms}}|false",
        "{expression: 'status == 1'}|true",
      })
  void shouldHoldAResponseTo(final String check, final boolean expected) {
    assertEquals(expected, Responses.check(check, Responses.of(200, HEADERS, BODY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{json_schema: {properties: {x: {enum: [1, 2]}}}}",
        "{json_schema: {properties: {x: {const: 1}}}}",
        "{json_schema: {properties: {x: {multipleOf: 0.01}}}}",
        "{json_schema: {properties: {x: {minimum: 1, maximum: 2}}}}",
        "{json_schema: {properties: {l: {uniqueItems: true}}}}",
        "{json: $.x, equals: 1}",
        "{json: '$.l.length()', equals: 2}",
        "{json: '$..x', min: 1, max: 2}",
      })
  void shouldSoonRefuseNumbersThatNoMemoryHolds(final String check) {
    for (final String number : List.of("1e999999999", "1E-999999999", "-7.5e2001", "1e10000000")) {
      final String body = "{\"l\": [" + number + ", 1], \"x\": " + number + "}";
      final boolean length = check.contains("length()");
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> assertEquals(length, Responses.check(check, Responses.of(200, "", body)), number));
    }
  }

  @Test
  void shouldCompareTheWholeBodyAndItsDigest() {
    final ResponseView test = Responses.of(200, "", "test");
    final String digest =
        "{body: {sha256: 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08}}";
    assertEquals(true, Responses.check("{body: {equals: test}}", test));
    assertEquals(true, Responses.check(digest, test));
    test.bodyComplete = false;
    assertFalse(Responses.check("{body: {equals: test}}", test));
    assertFalse(Responses.check(digest, test));
  }

  @Test
  void shouldFailAllChecksWhereNoResponseCame() {
    final ContentReader reader =
        new ContentReader(
            Responses.plan(
                "checks: [{json: $.a, exists: false}, {duration: {max: 1s}}, {expression: failed}]"));
    final ResponseView view = new ResponseView();
    view.clear();
    reader.begin(view);
    assertEquals(0b111, reader.check(0));
  }

  @Test
  void shouldMarkEachCheckThatFails() {
    final ContentReader reader =
        new ContentReader(Responses.plan("checks: [{status: 2xx}, {status: 4xx}, {json: $.n}]"));
    reader.begin(Responses.of(404, "", "{}"));
    assertEquals(0b101, reader.check(0));
  }

  @Test
  void shouldNotFollowASchemaRoundInCircles() {
    assertFalse(
        Responses.check(
            "{json_schema: {$ref: '#/$defs/a', $defs: {a: {$ref: '#/$defs/b'},"
                + " b: {$ref: '#/$defs/a'}}}}",
            Responses.of(200, "", "{}")));
  }
}
