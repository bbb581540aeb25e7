package io.lockstep.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.QueryLanguage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong queries are found when a file is loaded, at their places. */
class QueriesTest {
  /** Column of a value in {@code extract: {x: {json: …}}}, by the file that Responses makes. */
  private static final int LINE = 9;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "json|'$.a['|this is not a JSONPath: ",
        "json|'a.b'|this is not a JSONPath: it must start with $",
        "json|'$[?(@.a =~ /x/)]'|this is not a JSONPath: regular expressions in filters",
        "jmespath|'a['|this is not a JMESPath expression: ",
        "regex|'(a'|this is not a regular expression: ",
        "regex|'a(?=b)'|this is not a regular expression: ",
        "regex|'((a{100}){100}){100}'|this is not a regular expression: ",
        "xpath|'//a['|this is not an XPath 1.0 expression: ",
        "css|'div['|this is not a CSS selector: ",
      })
  void shouldRefuseAWrongQueryAtItsPlace(final String key, final String query, final String message)
      throws Exception {
    final Diagnostic found = refused("extract: {x: {" + key + ": " + query + "}}");
    assertTrue(found.message().startsWith(message), found.message());
    assertEquals(LINE, found.position().line());
    assertEquals(9 + "extract: {x: {: ".length() + key.length(), found.position().column());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "extract: {x: {}}|an extraction needs one of: json, jmespath, regex, xpath, css, boundary,"
            + " header, cookie, status, body",
        "extract: {x: {json: $.a, css: b}}|an extraction has both `json` and `css`",
        "extract: {x: {json: $.a, group: 1}}|`group` goes with one of: regex",
        "extract: {x: {regex: a, group: 1}}|the regular expression has no group 1",
        "extract: {x: {json: $.a, attribute: b}}|`attribute` goes with one of: css",
        "extract: {x: {json: $.a, type: integer, default: b}}|the default `b` is not of the `type`",
        "extract: {x: {json: $.a, index: frist}}|`frist` is not allowed here",
        "extract: {x: {json: $.a, index: -1}}|`-1` is out of range",
        "extract: {x: {json: $.a, transform: [trin]}}|`trin` is not allowed here",
        "extract: {x: {json: $.a, transform: [{substring: [2, 1]}]}}"
            + "|the first index is larger than the second",
        "extract: {x: {json: $.a, transform: [{replace: [a]}]}}|expected a list of two texts",
        "extract: {x: {status: false}}|`false` is not allowed here",
        "extract: {'1x': {status: true}}|`1x` is no variable's name",
        "checks: [{}]|a check needs one of: status, body, header, json, xpath, css, json_schema,"
            + " size, duration, expression",
        "checks: [{status: 99}]|`99` is out of range",
        "checks: [{status: 6xx}]|expected a status from 100 to 599, or a class such as 2xx",
        "checks: [{status: {min: 300, max: 200}}]|`min` is larger than `max`",
        "checks: [{status: 200, equals: 3}]|`equals` goes with one of: header, json, xpath, css",
        "checks: [{status: 200}, {status: 200}]|a check before this one is named `status is 200`",
        "checks: [{body: {sha256: abc}}]|`abc` does not have 64 hex digits",
        "checks: [{body: {}}]|a body's check needs one of: equals, contains, matches, sha256",
        "checks: [{json: $.a, matches: '('}]|this is not a regular expression: ",
        "checks: [{json_schema: {type: objekt}}]|this is not a JSON Schema: ",
        "checks: [{json_schema: {pattern: '('}}]|this is not a JSON Schema: ",
        "checks: [{json_schema: {$ref: 'http://127.0.0.1/x'}}]|this is not a JSON Schema: a"
            + " reference leads out of it; nothing is fetched",
        "checks: [{json_schema: {$ref: 'ext.json'}}]|this is not a JSON Schema: a reference leads"
            + " out of it; nothing is fetched",
        "checks: [{duration: {max: 250}}]|a duration needs a unit, found `250`",
        "checks: [{status: 200, on_failure: end-vus}]|`end-vus` is not allowed here",
      })
  void shouldRefuseWhatDoesNotFit(final String line, final String message) throws Exception {
    final Diagnostic found = refused(line);
    assertTrue(found.message().startsWith(message), found.message());
    assertEquals(LINE, found.position().line());
  }

  private static Diagnostic refused(final String line) {
    final ScenarioException refusal =
        assertThrows(
            ScenarioException.class,
            () -> ScenarioFile.parse("t.yaml", Responses.file(line)),
            line);
    return refusal.diagnostics().stream()
        .filter(d -> d.kind().severity() == Diagnostic.Severity.ERROR)
        .findFirst()
        .orElseThrow();
  }

  @Property(tries = 300)
  void shouldAnswerForAnyTextInAnyLanguage(
      @ForAll final QueryLanguage language,
      @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '~') final String text) {
    // An answer of either kind is right; an exception or a hang is not.
    new Queries().fault(language, text).ifPresent(fault -> assertFalse(fault.isBlank()));
  }
}
