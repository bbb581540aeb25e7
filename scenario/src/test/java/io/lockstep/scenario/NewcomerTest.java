package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.data.DataLocator;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.document.IncludeFiles;
import io.lockstep.scenario.document.LoadOptions;
import io.lockstep.scenario.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to those who know another tool, or YAML by halves. */
class NewcomerTest {
  private static final String FIRST =
      "{request: {name: r, path: /, extract: {l: {json: $.a, index: all}, x: {json: $.b, type:"
          + " integer}}}}";

  /** A file with a step after a request that sets a list and a number. */
  private static String step(final String step) {
    return "name: m\nmetrics: {tr: trend, ra: rate, co: counter, ga: gauge}\n"
        + "target: http://127.0.0.1\nscenarios:\n  a:\n"
        + "    load: {executor: per-vu-iterations, vus: 1, iterations: 3}\n    flow:\n      - "
        + FIRST
        + "\n      - "
        + step
        + "\n";
  }

  @ParameterizedTest(name = "`{0}` is refused with `{1}`: `{2}`")
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '\0',
      value = {
        "if: l, then: [{log: a}]^a condition is true or false, not a list^compare it with something:"
            + " len(l) > 0",
        "if: x, then: [{log: a}]^a condition is true or false, not a number^compare it with"
            + " something: x > 0",
        "if: '!x', then: [{log: a}]^`!` takes a condition, not null or a number^",
        "if: 'x > \"abc\"', then: [{log: a}]^`>` does not take null or a number and text^see the"
            + " table of operators in docs/reference/expressions.md",
        "foreach: 5, as: i, steps: [{log: a}]^`foreach` takes a list, not a number^write the items,"
            + " such as [1, 2], extract all matches with `index: all`, or cut a text with split(x,"
            + " \",\")",
        "foreach: '\"abc\"', as: i, steps: [{log: a}]^`foreach` takes a list, not text^write the"
            + " items, such as [1, 2], extract all matches with `index: all`, or cut a text with"
            + " split(x, \",\")",
        "measure: {tr: status == 200}^`tr` is a trend and takes numbers, not a boolean^shares of true"
            + " are a `rate`; a condition counts as one with ? : as in status == 200 ? 1 : 0",
        "measure: {co: -1}^`co` is a counter and takes no number below 0^a `gauge` takes any: the"
            + " last one is kept",
        "measure: {co: '\"abc\"'}^`co` is a counter and takes numbers, not the text \"abc\"^shares of"
            + " true are a `rate`; a condition counts as one with ? : as in status == 200 ? 1 : 0",
        "measure: {ra: 2}^`ra` is a rate and takes conditions, not a number^compare it with"
            + " something: status == 200; of numbers only 1 and 0, written so, are true and false",
        "measure: {ra: '\"abc\"'}^`ra` is a rate and takes conditions, not the text \"abc\"^compare"
            + " it with something: status == 200; of numbers only 1 and 0, written so, are true and"
            + " false",
        "set: {city: \"Paris\"}^there is no variable `Paris`^a text has quotes of its own, within"
            + " those of the file: '\"Paris\"'",
        "set: {city: New York}^expected an operator or the end, found `York`^a text has quotes of its"
            + " own, within those of the file: '\"New York\"'",
        "set: {city: '${x}-x'}^`$` does not belong in an expression^texts are joined by `+`, and"
            + " text(x) makes one of a number: x + \"-x\"",
        "set: {city: '${x}'}^`$` does not belong in an expression^write the name alone: x, not ${x}",
        "if: status == 200 and vu > 1, then: [{log: a}]^expected an operator or the end, found"
            + " `and`^for \"and\", write `&&`",
        "if: not failed, then: [{log: a}]^expected an operator or the end, found `failed`^for"
            + " \"not\", write `!` before it",
        "if: r.status == 200, then: [{log: a}]^there is no data source `r`^of the last response,"
            + " write the name alone: status",
        "if: response.headers == 1, then: [{log: a}]^there is no data source `response`^of the last"
            + " response, write header(\"Name\")",
        "get: /json^a step cannot be `get`^write `- request: {path: /items}`",
        "post: /json^a step cannot be `post`^write `- request: {method: POST, path: /items}`",
        "pause: 1s^a step cannot be `pause`^write `think`, such as `- think: 1s`",
        "request: /json^expected a request, found the text `/json`^write {path: /json}",
        "retry: 3, steps: [{think: 1s}]^expected `retry`, found the number `3`^write {times: 3}",
        "rendezvous: 10^expected `rendezvous`, found the number `10`^write {users: 10}",
        "parallel: 2, requests: [{path: /}]^expected `parallel`, found the number `2`^write {max: 2}",
        "request: {path: /, checks: [{body: {not_contains: a}}]}^a body's check has no key"
            + " `not_contains`^write expression: '!contains(body, \"text\")'",
        "request: {path: 'http://host/x'}^`http://host/x` is a whole URL: put what comes before the"
            + " path, scheme and host, under `target`^expected a path such as /items?page=2",
        "log: '${env.NOT_THERE_1}'^the environment variable `NOT_THERE_1` is not set^set it before the"
            + " run, or say what to take without it: default(env.NOT_THERE_1, \"…\")",
      })
  void shouldSayOfAStepWhatToWrite(final String step, final String message, final String note) {
    final List<Diagnostic> all = Texts.diagnostics(step("{" + step + "}"));
    assertTrue(
        all.stream()
            .anyMatch(
                one ->
                    one.message().equals(message) && (note == null || one.notes().contains(note))),
        all::toString);
  }

  @ParameterizedTest(name = "`{0}` gets the quotes `{1}`")
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '\0',
      value = {
        "- request: {name: a, path: /x?y=1}^\"/x?y=1\"",
        "- request: {name: a, path: /x/${vu}, timeout: 1s}^\"/x/${vu}\"",
        "- request: {path: /, checks: [{expression: contains(body, \"a, b\")}]}^'contains(body, \"a,"
            + " b\")'",
        "- request: {path: /, headers: {A: b: c}}^\"b: c\"",
        "- request: {path: /, headers: {A: @b}}^\"@b\"",
        "- log: a: b^\"a: b\"",
      })
  void shouldShowATextWithTheQuotesThatYamlNeeds(final String line, final String quoted) {
    final List<Diagnostic> all = Texts.diagnostics(step("{think: 1s}") + "      " + line + "\n");
    assertEquals(List.of("put the text in quotes: " + quoted), all.get(0).notes(), all::toString);
  }

  @Test
  void shouldTakeOneAndZeroForTruthInARate() throws ScenarioException {
    final Plan plan = ScenarioFile.parse("t.yaml", step("{measure: {ra: 1}}"));
    assertEquals("true", plan.logic().measurements().get(0).value().text());
    final Plan other = ScenarioFile.parse("t.yaml", step("{measure: {ra: 0}}"));
    assertEquals("false", other.logic().measurements().get(0).value().text());
  }

  @ParameterizedTest(name = "{0} is shown as {1}")
  @CsvSource({
    "01234, 01234",
    "1.10, 1.10",
    "12345678901234567890, 12345678901234567890",
    "19.90, 19.90",
    ".5, .5",
    "+1, +1",
    "1e3, 1e3",
    "1_000, 1_000",
    "-0, -0",
    "12, 12",
    "-7, -7",
    "2.5, 2.5",
    "true, true",
  })
  void shouldShowAVariableAsItIsWritten(final String written, final String shown)
      throws ScenarioException {
    final String file = step("{request: {name: b, path: '/${zip}'}}");
    assertEquals(
        "/" + shown,
        path(ScenarioFile.parse("t.yaml", "variables: {zip: " + written + "}\n" + file)));
    assertEquals(
        "/" + shown, path(set("variables: {zip: 1}\n" + file, "variables.zip=" + written).plan()));
  }

  private static String path(final Plan plan) {
    return plan.requests().get(1).path();
  }

  private static Loaded set(final String text, final String assignment) throws ScenarioException {
    return ScenarioFile.load(
        "t.yaml",
        text.getBytes(StandardCharsets.UTF_8),
        new LoadOptions(Optional.empty(), List.of(assignment), name -> Optional.empty()),
        IncludeFiles.NONE,
        DataLocator.beside(Path.of("t.yaml")));
  }

  @Test
  void shouldKeepCalculatingWithNumbers() throws ScenarioException {
    final String file = "variables: {n: 5, half: 0.5}\n" + step("{log: '${n + 1} ${half * 2}'}");
    assertEquals("6 1", ScenarioFile.parse("t.yaml", file).logic().logs().get(0).text().toString());
  }

  @Test
  void shouldWarnOfAVariableThatOnlyTheCommandLineKnows() throws ScenarioException {
    final Loaded loaded =
        set(
            "variables: {region: eu}\n"
                + step("{log: '${region}${l}${x}'}")
                    .replace("metrics: {tr: trend, ra: rate, co: counter, ga: gauge}\n", ""),
            "variables.regoin=us");
    final Diagnostic warning =
        loaded.warnings().stream()
            .filter(one -> one.kind() == Diagnostic.Kind.UNUSED_VARIABLE)
            .findFirst()
            .orElseThrow();
    assertEquals("nothing reads the constant `regoin`", warning.message());
    assertEquals("did you mean `region`?", warning.notes().get(0));
  }

  @Test
  void shouldTakeAnotherValueForAVariableOfTheEnvironmentThatIsNotSet() throws ScenarioException {
    final String step = "{log: \"${default(env.NOT_THERE_1, 'eu')}\"}";
    assertEquals(
        "eu", ScenarioFile.parse("t.yaml", step(step)).logic().logs().get(0).text().toString());
  }

  @Test
  void shouldNameColumnsInBracketsThatAreNoNames() throws ScenarioException {
    final String data = "data: {u: {rows: [{user-id: a, 'first name': b}]}}\n";
    final Plan plan =
        ScenarioFile.parse("t.yaml", data + step("{log: \"${u['user-id']} ${u['first name']}\"}"));
    assertEquals(
        "${u[\"user-id\"]} ${u[\"first name\"]}", plan.logic().logs().get(0).text().toString());
    for (final String wrong : List.of("u.user_id", "u.user-id", "u.userid")) {
      assertTrue(
          Texts.diagnostics(data + step("{log: '${" + wrong + "}'}")).stream()
              .anyMatch(one -> one.notes().toString().contains("user-id")),
          wrong);
    }
  }

  @Test
  void shouldPutTheStepsOfAnAnchorIntoAFlow() throws ScenarioException {
    final String steps =
        "[{request: {name: form, path: /form}}, [{request: {name: login, path: /login}}]]";
    final Plan nested = ScenarioFile.parse("t.yaml", file("x-login: &login " + steps, "*login"));
    final Plan flat =
        ScenarioFile.parse(
            "t.yaml",
            file(
                "x-login: 1",
                "{request: {name: form, path: /form}}\n      - {request: {name: login, path:"
                    + " /login}}"));
    assertEquals(flat.digest(), nested.digest());
  }

  private static String file(final String first, final String step) {
    return first
        + "\nname: t\ntarget: http://127.0.0.1\nscenarios:\n  a:\n"
        + "    load: {executor: per-vu-iterations, vus: 1, iterations: 1}\n    flow:\n      - "
        + step
        + "\n      - if: status == 200\n        then:\n          - think: 1s\n";
  }

  @Test
  void shouldNotBlameThresholdsWhereScenariosAreMissing() {
    final String file =
        "name: t\ntarget: http://x\nscenario: {a: {flow: [{think: 1s}]}}\n"
            + "thresholds: {checks: [rate>0.9], 'group_duration{group:a}': [max<1]}\n"
            + "simulate: {latency: 1ms, requests: {a: {status: 200}}}\n";
    assertEquals(
        List.of(
            "t.yaml:1:1: error: a scenario file needs `scenarios`",
            "t.yaml:3:1: error: a scenario file has no key `scenario`"),
        Texts.headlines(file));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '\0',
      value = {
        "thresholds: {tr: [max<1]}^no step measures `tr`, so it has no samples and its thresholds can"
            + " only fail",
        "thresholds: {http_reqs: [{threshold: count>1}]}^a threshold has no key `threshold`",
        "timeout: '${n}s'^`${n}s` is not a duration",
        "setup: [{foo: 1}]^a step cannot be `foo`",
      })
  void shouldRefuseInAFile(final String more, final String message) {
    final List<Diagnostic> all = Texts.diagnostics(step("{think: 1s}") + more + "\n");
    assertEquals(message, all.get(all.size() - 1).message(), all::toString);
    assertTrue(all.stream().noneMatch(one -> one.notes().toString().contains("measure, log")));
  }

  @Test
  void shouldHoldAGaugeToABoundBelowZero() throws ScenarioException {
    final Plan plan =
        ScenarioFile.parse(
            "t.yaml", step("{measure: {ga: -1}}") + "thresholds: {ga: ['min>=-1.5']}\n");
    assertEquals(-1500.0, plan.measures().thresholds().get(0).expression().bound());
  }

  @Test
  void shouldSayWhatIsWrongWithSequencesWhateverElseIs() {
    final String file =
        """
        name: t
        target: http://x
        scenarios:
          a:
            load: {executor: constant-vus, vus: 1, duration: 1s}
            think: 1s
            after: a
            warmup: 5s
            requests: [{path: /}]
          b:
            load:
              executor: ramping-arrival-rate
              max_vus: 1
              stages: [{duration: 0s, target: 3}, {duration: 0s, target: 9}]
            requests: [{path: /}]
        """;
    assertEquals(
        List.of(
            "t.yaml:7:12: error: scenario `a` would wait for itself",
            "t.yaml:8:13: error: the warm-up lasts as long as the load: nothing would be measured",
            "t.yaml:14:15: error: the stages have no duration: at least one must take time"),
        Texts.headlines(file));
  }

  @ParameterizedTest(name = "{0} keeps {1} VUs busy")
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '\0',
      value = {
        "[{request: {name: a, path: /}}, {think: 10s}]^1010",
        "[{request: {name: a, path: /}}, {request: {name: b, path: /}}]^20",
        "[{repeat: 3, steps: [{think: 1s}]}]^300",
        "[{group: g, steps: [{think: 1s}]}]^100",
        "[{if: vu > 1, then: [{think: 2s}], else: [{think: 1s}]}]^100",
        "[{think: 1s}, {if: vu > 1, then: [{stop: iteration}]}, {think: 9s}]^100",
        "[{choose: uniform, options: [{steps: [{think: 1s}]}, {steps: [{think: 3s}]}]}]^200",
        "[{parallel: {max: 2}, requests: [{name: a, path: /}, {name: b, path: /}]}]^10",
        "[{during: 2s, steps: [{think: 1s}]}]^200",
        "[{foreach: '[1, 2]', as: i, steps: [{think: 1s}, {log: '${i}'}]}]^200",
      })
  void shouldCountTheVusThatAFlowKeepsBusy(final String flow, final int busy)
      throws ScenarioException {
    final String file =
        "name: t\nsimulate: {latency: 100ms}\nscenarios:\n  a:\n"
            + "    load: {executor: constant-arrival-rate, rate: 100, duration: 5s, max_vus: 3}\n"
            + "    flow: "
            + flow
            + "\n";
    final List<Diagnostic> all = set(file, "name=u").warnings();
    assertTrue(
        all.stream()
            .anyMatch(
                one ->
                    one.message()
                        .startsWith("arrivals will be dropped: about " + busy + " VUs are busy")),
        all::toString);
  }
}
