package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors of different kinds in one file are all told at once. */
class AllErrorsTest {
  private static final String WAITING = "\nfurther checks wait for these\n";

  private static final String TWELVE =
      """
      name: shop
      target: http://127.0.0.1:8080/base
      seed: many
      data:
        users: {file: no-such-users.csv}
        items:
          rows: [{id: 1}, {id: 2}]
      tls: {ca: no-such-ca.pem}
      scenarios:
        browse:
          load: {executor: constant-vu, vus: 5, duration: 3s}
          flow:
            - request: {name: home, path: "/${users.name}", headers: {X-A: "${items.ident}"}}
            - if: cout > 3
              then: [{think: 1s}]
            - request: {name: b, path: "/${secrets.key}", extract: {token: {json: "$.t"}}}
            - log: "${token} ${tocken}"
        buy:
          load: {executor: constant-vus, vus: 5, duration: 3s}
          think: 1s
          requests: [{path: /a, wait: 3, body: "${uid()}"}]
      thresholds:
        http_req_duration: ["p(95)<20 apples", "p(95)=3"]
      """;

  private static ScenarioException refused(final String text) {
    return assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.yaml", text));
  }

  @Test
  void shouldTellTwelveErrorsOfAllKindsInOneReport() {
    assertEquals(
        List.of(
            "t.yaml:3:7: error: expected an integer of 64 bits, found the text `many`",
            "t.yaml:5:17: error: the data file `no-such-users.csv` cannot be used: there is no such file",
            "t.yaml:8:11: error: the file `no-such-ca.pem` cannot be used: there is no such file",
            "t.yaml:11:22: error: `executor` cannot be `constant-vu`",
            "t.yaml:13:79: error: `items` has no column `ident`",
            "t.yaml:14:13: error: there is no variable `cout`",
            "t.yaml:16:46: error: there is no secret `key`",
            "t.yaml:17:26: error: there is no variable `tocken`",
            "t.yaml:21:27: error: a request has no key `wait`",
            "t.yaml:21:45: error: there is no function `uid`",
            "t.yaml:23:33: error: `apples` is no unit of `p(95) of http_req_duration`",
            "t.yaml:23:48: error: `=` is no comparison"),
        Texts.headlines(TWELVE));
  }

  /** What is wrong only where it is used is told with all else. */
  @Test
  void shouldTellWhatCannotBeUsedWhereItIsWithAllOtherErrors() {
    final String text =
        """
        name: shop
        target: http://127.0.0.1:8080/base
        seed: %s
        record: {bodies: none}
        data:
          users: {rows: [{id: 1}, {id: 2}], mode: unique}
          items: {rows: [{id: 1}, {id: 2}], per: iteration}
        setup: [{request: {name: s, path: "/${users.id}"}}]
        scenarios:
          browse:
            load: {executor: constant-vus, vus: 5, duration: 3s}
            start: [{request: {name: l, path: "/${items.id}"}}]
            flow:
              - request: {name: home, path: "/${items.id}"}
              - think: 1s
              - log: "${body}"
              - request: {name: b, path: /, extract: {token: {json: "$.t"}}}
        """;
    final List<String> rules =
        List.of(
            "t.yaml:4:18: error: `record.bodies: none` keeps no body, but something reads the body of b:"
                + " a replay could not extract or check it again",
            "t.yaml:8:36: error: `users` gives each row once in the load, so `setup` can have none of them",
            "t.yaml:12:40: error: `items` has a row for each iteration, and there is none in `start` and"
                + " `stop`",
            "t.yaml:16:15: error: no body is recorded, but `body` reads one: a replay could not compute"
                + " it again");
    final List<String> all = new ArrayList<>(rules);
    all.add(0, "t.yaml:3:7: error: expected an integer of 64 bits, found the text `many`");
    assertEquals(all, Texts.headlines(text.formatted("many")));
    assertEquals(rules.subList(0, 1), Texts.headlines(text.formatted("1")).subList(0, 1));
    assertEquals(
        rules.subList(1, 4),
        Texts.headlines(text.formatted("1").replace("bodies: none", "bodies: none, max_body: 0B"))
            .stream()
            .filter(line -> !line.contains("t.yaml:4"))
            .toList());
  }

  @Test
  void shouldSayThatFurtherChecksWaitWhereANameMayBeHidden() {
    assertTrue(refused(TWELVE).render().endsWith(WAITING));
    assertFalse(refused(Texts.withLine(1, "name: [a]")).render().contains(WAITING));
    assertTrue(refused("name: a\n  b: [").render().endsWith(WAITING));
  }

  @Test
  void shouldNotCallANameUnknownThatAMisspelledKeyMayHaveSet() {
    final String text =
        Texts.withLine(
            8,
            "      - {path: '/${token}${tok}', extrct: {token: {json: $.t}}}\n"
                + "      - {name: home, path: /}");
    assertEquals(
        List.of(
            "t.yaml:8:28: error: there is no variable `tok`",
            "t.yaml:8:35: error: a request has no key `extrct`"),
        Texts.headlines(text));
    assertTrue(refused(text).render().endsWith(WAITING));
  }

  @Test
  void shouldLookUpNamesWhereTheVariablesOrTheSetupHaveErrors() {
    assertEquals(
        List.of(
            "t.yaml:8:28: error: there is no variable `z`",
            "t.yaml:8:38: error: `setup` sets no variable `u`",
            "t.yaml:10:22: error: expected text, a number, true or false, found a list",
            "t.yaml:11:17: error: a duration needs a unit, found `5`"),
        Texts.headlines(
            Texts.withLine(8, "      - {path: '/${x}${y}${z}${setup.u}${setup.s}'}")
                + "variables: {x: 1, y: [2]}\n"
                + "setup: [{think: 5}, {set: {s: '1'}}]\n"));
  }
}
