package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables, conditions and templates of scenario files, from the text to the plan. */
final class LogicFileTest {
  private static final String HEAD =
      """
      name: t
      simulate: {latency: 1ms}
      variables: {region: eu, count: 20, on: true, share: 0.5}
      secrets: {key: {env: SHOP_KEY}}
      data: {users: {rows: [{id: a}], per: iteration}, unused: {rows: [{id: a}]}}
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 1, iterations: 1}
          flow:
      """;

  @Test
  void shouldMakeATemplateThatNeverChangesAText() throws ScenarioException {
    final Plan plan =
        plan(
            "- request: {path: '/${region}/${count * 2}?$${x}', headers: {A: '${on}'}, body: '${share}'}");
    assertEquals("/eu/40?${x}", plan.requests().get(0).path());
    assertEquals("true", plan.requests().get(0).headers().get(0).value());
    assertEquals("0.5", plan.requests().get(0).body());
    assertEquals(List.of(), plan.logic().requests());
    assertEquals(
        plan("- request: {name: x, path: /}").requests().get(0).digest(),
        plan("- request: {name: x, path: '/${\"\"}'}").requests().get(0).digest());
    assertTrue(plan("- request: {path: /}").flow().isPlain());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "- if: json(\"$.a\") == 1, then: [{think: 1s}] => 10:14: error: no body is recorded, but `json(\"$.a\") == 1` reads one",
        "- set: {n: body} => 10:19: error: no body is recorded, but `body` reads one",
        "- set: {n: size} => 10:19: error: no body is recorded, but `size` reads one",
        "- log: 'x ${body}' => 10:16: error: no body is recorded",
        "- while: 'contains(body, \"a\")', max: 2, steps: [{think: 1s}] => 10:18: error: no body is recorded",
        "- request: {path: '/${json(\"$.a\")}'} => 10:27: error: no body is recorded",
        "- request: {path: /, extract: {t: {json: $.t}}} => 11:18: error: `record.bodies: none` keeps no body",
        "- request: {path: /, checks: [{expression: body != null}]} => 10:51: error: no body is recorded",
      })
  void shouldRefuseToReadABodyThatIsNotRecorded(final String step, final String expected) {
    final String text = HEAD + "      - {" + step.substring(2) + "}\nrecord: {bodies: none}\n";
    final ScenarioException refused =
        assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.yaml", text));
    assertTrue(refused.render().contains("t.yaml:" + expected), refused.render());
    assertTrue(refused.render().contains("say `bodies: used`"), refused.render());
  }

  @Test
  void shouldAllowExpressionsThatReadNoBodyWhereNoneIsRecorded() throws ScenarioException {
    final String text =
        HEAD
            + """
                  - request: {path: /, checks: [{expression: status == 200}]}
                  - log: '${status} ${header("A")}'
            record: {bodies: none}
            """;
    assertEquals(1, ScenarioFile.parse("t.yaml", text).logic().checks().size());
  }

  @Test
  void shouldRememberWhatExpressionsLookAtAndNoMore() throws ScenarioException {
    final Plan plan =
        plan(
            """
            - request: {name: r, path: '/${users.id}'}
            - set: {n: 'header("ETag") == json("$.a")', m: size, o: counter("c")}
            """);
    final Memory memory = plan.flow().of(0).memory();
    assertEquals(List.of("n", "m", "o"), memory.variables());
    assertEquals(
        List.of(Memory.Part.HEADER, Memory.Part.JSON, Memory.Part.SIZE),
        memory.captured().stream().map(Memory.Captured::part).toList());
    assertEquals(
        List.of("etag", "$.a", ""), memory.captured().stream().map(Memory.Captured::of).toList());
    assertEquals(7, memory.values());
    assertNotEquals(Flow.NONE, memory.responseSlot());
    assertEquals(Capture.BODY, plan.requests().get(0).capture());
    assertEquals(
        List.of(List.of(0), List.of()),
        plan.feeders().stream().map(FeederPlan::scenarios).toList());
    assertEquals(Memory.NONE, plan("- request: {path: /}").flow().of(0).memory());
    assertEquals(Capture.NONE, plan("- request: {path: /}").requests().get(0).capture());
  }

  @Test
  void shouldDigestWhatIsComputed() throws ScenarioException {
    final String one =
        plan("- if: region == \"eu\" && iteration > 1\n  then: [{stop: vu}]").digest();
    assertNotEquals(
        one, plan("- if: region == \"eu\" && iteration > 2\n  then: [{stop: vu}]").digest());
    assertEquals(one, plan("- if: (region=='eu')&&iteration>1\n  then: [{stop: vu}]").digest());
    assertNotEquals(
        plan("- set: {n: '1'}\n- request: {name: r, path: '/${n}'}").digest(),
        plan("- set: {n: '2'}\n- request: {name: r, path: '/${n}'}").digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- request: {path: '/${nme}'} | 10:29: error: there is no variable `nme`",
        "- request: {path: '/${users.idd}'} | `users` has no column `idd`",
        "- request: {path: '/${user.id}'} | did you mean `users`?",
        "- request: {path: '/${secrets.kez}'} | did you mean `key`?",
        "- request: {path: '/${1 +}'} | 10:",
        "- request: {path: '/ ${vu}'} | the text around `${…}` has a space in it",
        "- request: {path: 'x${vu}'} | does not start with a slash",
        "- request: {path: '/${\"a b\"}'} | this always comes to a text that has a space in it",
        "- request: {path: /, headers: {A: \"${vu}\\r\\nB: c\"}} | has a line break in it",
        "- set: {x: secrets.key} | a secret cannot be used here",
        "- log: '${secrets.key}' | a secret cannot be used here",
        "- {if: secrets.key == 'a', then: [{stop: vu}]} | a secret cannot be used here",
        "- {if: '1 + 2', then: [{stop: vu}]} | a condition is true or false",
        "- {if: status == 200} | `then`",
        "- {while: status == 200, steps: [{stop: vu}]} | `max`",
        "- set: {status: 1} | has a meaning of its own in expressions",
        "- set: {region: '1'} | is a constant here, and set in scenario `s`",
        "- {foreach: '[1]', as: 1x, steps: [{stop: vu}]} | is no variable's name",
        "- set: {x: env.SURELY_NOT_SET_ANYWHERE} | is not set",
      })
  void shouldSayWhatIsWrong(final String flow, final String message) {
    final ScenarioException e = assertThrows(ScenarioException.class, () -> plan(flow));
    assertTrue(e.render().contains(message), e.render());
  }

  @Test
  void shouldRefuseARowOfAnIterationWhereThereIsNone() {
    final String file =
        HEAD.replace("flow:", "start: [{log: '${users.id}'}]\n    flow:")
            + "      - request: {path: /}\n";
    final ScenarioException e =
        assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.yaml", file));
    assertTrue(e.render().contains("`users` has a row for each iteration"), e.render());
  }

  private static Plan plan(final String flow) throws ScenarioException {
    return ScenarioFile.parse("t.yaml", HEAD + flow.indent(6));
  }
}
