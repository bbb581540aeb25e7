package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters of a query, from the file to the plan. */
final class QueryParametersTest {
  private static final String HEAD =
      """
      name: t
      simulate: {latency: 1ms}
      variables: {region: eu, all: "/all?x=1"}
      secrets: {key: {env: SHOP_KEY}}
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 1, iterations: 1}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a | {q: a b&ü, page: 2, on: true, e: ''} | /a?q=a%20b%26%C3%BC&page=2&on=true&e=",
        "/a?b=c | {z: 1, 'a b': '~-._+/'} | /a?b=c&z=1&a%20b=~-._%2B%2F",
        "/a? | {k: v} | /a?k=v",
        "/a?b& | {k: v} | /a?b&k=v",
        "/a$${b} | {k: '$$${c}'} | /a${b}?k=%24%24%7Bc%7D",
        "/${region} | {k: '${region}ä'} | /eu?k=eu%C3%A4",
        "${all} | {k: v} | /all?x=1&k=v",
        "/a | {} | /a"
      })
  void shouldEncodeOnceWhatNeverChanges(final String path, final String params, final String sent)
      throws ScenarioException {
    for (final String form : List.of(flow(path, params), shortForm(path, params))) {
      final Plan plan = of(form);
      assertEquals(sent, plan.requests().get(0).path());
      assertEquals(List.of(), plan.logic().requests(), "it is encoded once");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a | {q: '${hex(2)} x', p: 2} | /a?q=${urlencode(text(hex(2)) + \" x\")}&p=2",
        "/a/${vu} | {k: v} | /a/${vu}?k=v",
        "/a/${urlencode(token)} | {k: v} | /a/${urlencode(token)}?k=v",
        "/a?b=${token} | {k: v} | /a?b=${token}&k=v",
        "/${token}?b | {k: v} | /${token}?b&k=v",
        "/a${token}/b | {k: v} | ${for_query(\"/a\" + text(token) + \"/b\")}k=v",
        "'/a${vu > 1 ? token : urlencode(token)}' | {k: v} |"
            + " ${for_query(\"/a\" + text(vu > 1 ? token : urlencode(token)))}k=v"
      })
  void shouldContinueAQueryThatAnExpressionMayBring(
      final String path, final String params, final String template) throws ScenarioException {
    final Plan plan =
        of(HEAD + "    flow: [{set: {token: body}}, {request: " + request(path, params) + "}]\n");
    assertEquals(template, plan.requests().get(0).path());
  }

  @Test
  void shouldKeepSecretsByNameAndTheKeyLast() throws ScenarioException {
    final Plan plan =
        of(
            flow(
                "/",
                "{t: '${secrets.key}'}, auth: {api_key: {query: k, value: '${secrets.key}'}}"));
    assertEquals(
        "/?t=${urlencode(text(secrets.key))}&k=${urlencode(text(secrets.key))}",
        plan.requests().get(0).path());
    assertTrue(plan.logic().requests().get(0).isTainted());
    assertFalse(of(flow("/", "{t: '${vu}'}")).logic().requests().get(0).isTainted());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a] | 8:42 | ",
        "{q: [a]} | 8:46 | a value of a parameter",
        "{q: } | 8:43 | `q` has no value",
        "{'': a} | 8:43 | is no name of a parameter",
        "{'a${vu}': a} | 8:43 | is a template, which a name cannot be",
        "{q: '${nobody}'} | 8:49 | no variable",
        "{q: '${1 +}'} | 8:52 | ",
        "{q: a, q: b} | 8:49 | "
      })
  void shouldSayWhatIsWrongAndWhere(final String params, final String place, final String message) {
    final ScenarioException e = assertThrows(ScenarioException.class, () -> of(flow("/", params)));
    assertTrue(e.render().contains(":" + place + ":"), place + " in " + e.render());
    assertTrue(e.render().contains(message == null ? "" : message), e.render());
  }

  @Test
  void shouldRefuseMoreThanAPathMayHave() {
    final String wide = "ü".repeat(3_000);
    assertLimit("{q: " + wide + "}", "path and parameters have 18004 characters when encoded");
    final String parts = "/" + "${body}".repeat(70);
    final ScenarioException e =
        assertThrows(ScenarioException.class, () -> of(flow(parts, "{q: v}")));
    assertTrue(e.render().contains("operators in a row"), e.render());
  }

  private static void assertLimit(final String params, final String message) {
    final ScenarioException e = assertThrows(ScenarioException.class, () -> of(flow("/", params)));
    assertTrue(e.render().contains(message), e.render());
  }

  private static String request(final String path, final String params) {
    return "{path: \"" + path + "\", params: " + params + "}";
  }

  private static String flow(final String path, final String params) {
    return HEAD + "    flow: [{request: " + request(path, params) + "}]\n";
  }

  private static String shortForm(final String path, final String params) {
    return HEAD + "    requests: [" + request(path, params) + "]\n";
  }

  private static Plan of(final String file) throws ScenarioException {
    return ScenarioFile.parse("t.yaml", file);
  }
}
