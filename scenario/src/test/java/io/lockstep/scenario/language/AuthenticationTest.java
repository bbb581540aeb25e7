package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests say who asks, from the file to the plan. */
final class AuthenticationTest {
  private static final String HEAD =
      """
      name: t
      simulate: {latency: 1ms}
      variables: {user: ann, id: 7}
      secrets: {key: {env: SHOP_KEY}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{basic: {user: Aladdin, password: open sesame}} | Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "{basic: {user: test, password: 123£}} | Authorization: Basic dGVzdDoxMjPCow==",
        "{basic: {user: 'a${id}', password: '${user}${id}'}} | Authorization: Basic YTc6YW5uNw==",
        "{bearer: mF_9.B5f-4.1JqM} | Authorization: Bearer mF_9.B5f-4.1JqM",
        "{bearer: 'x${id}'} | Authorization: Bearer x7",
        "{api_key: {header: X-Api-Key, value: k1}} | X-Api-Key: k1"
      })
  void shouldPutCredentialsIntoAHeader(final String auth, final String header)
      throws ScenarioException {
    for (final Plan plan : List.of(plan("auth: " + auth + "\n", ""), plan("", "auth: " + auth))) {
      assertEquals(List.of(header), headers(plan));
      assertEquals(List.of(), plan.logic().requests(), "it is encoded once");
    }
  }

  @ParameterizedTest
  @CsvSource({"/a,/a?k=x%207%26", "/a?b=c,/a?b=c&k=x%207%26", "/${user}?b,/ann?b&k=x%207%26"})
  void shouldPutAKeyIntoTheQuery(final String path, final String sent) throws ScenarioException {
    final String auth = "{api_key: {query: k, value: 'x ${id}&'}}";
    assertEquals(
        sent,
        of(HEAD + scenario("path: \"" + path + "\", auth: " + auth)).requests().get(0).path());
  }

  @Test
  void shouldKeepSecretsByName() throws ScenarioException {
    final RequestPlan basic =
        plan("", "auth: {basic: {user: '${user}', password: '${secrets.key}'}}").requests().get(0);
    assertEquals("Basic ${base64(\"ann:\" + text(secrets.key))}", basic.headers().get(0).value());
    final Plan query = plan("", "auth: {api_key: {query: k, value: '${secrets.key}'}}");
    assertEquals("/?k=${urlencode(text(secrets.key))}", query.requests().get(0).path());
    assertTrue(query.logic().requests().get(0).isTainted());
  }

  @Test
  void shouldNameWhatIsKnownWhenItIsSentOnly() throws ScenarioException {
    final String keys = "access_key: 'AK${id}', secret_key: '${secrets.key}'";
    assertEquals(
        List.of(
            "X-Amz-Date: ${amz_date}",
            "Authorization: AWS4-HMAC-SHA256 Credential=AK7/eu-1/sqs, Signature=${amz_signature}"),
        headers(plan("", "auth: {aws_sigv4: {" + keys + ", region: eu-1, service: sqs}}")));
    final Plan s3 =
        plan(
            "auth: {aws_sigv4: {" + keys + ", session_token: t, region: eu-1, service: s3}}\n", "");
    assertEquals(
        List.of(
            "X-Amz-Date: ${amz_date}",
            "X-Amz-Content-Sha256: ${amz_content_sha256}",
            "X-Amz-Security-Token: t",
            "Authorization: AWS4-HMAC-SHA256 Credential=AK7/eu-1/s3, Signature=${amz_signature}"),
        headers(s3));
    assertTrue(s3.logic().requests().get(0).isTainted());
    assertEquals(
        List.of("Authorization: x"),
        headers(
            plan(
                "auth: {aws_sigv4: {" + keys + ", region: eu-1, service: sqs}}\n",
                "headers: {Authorization: x}")));
  }

  @Test
  void shouldLetARequestSayOtherwise() throws ScenarioException {
    final String all = "auth: {bearer: a}\n";
    assertEquals(List.of("Authorization: Bearer a"), headers(plan(all, "")));
    assertEquals(List.of("Authorization: Bearer b"), headers(plan(all, "auth: {bearer: b}")));
    assertEquals(List.of(), headers(plan(all, "auth: none")));
    assertEquals(
        List.of("X-Key: k"), headers(plan(all, "auth: {api_key: {header: X-Key, value: k}}")));
    assertEquals(List.of("authorization: c"), headers(plan(all, "headers: {authorization: c}")));
    assertEquals(
        List.of("Authorization: Bearer b"),
        headers(plan("headers: {AUTHORIZATION: d}\n", "auth: {bearer: b}")));
  }

  @Test
  void shouldDrawATraceContextForEachRequestThatWantsOne() throws ScenarioException {
    final String drawn = "traceparent: 00-${trace_id}-${hex(16)}-01";
    assertEquals(List.of(drawn), headers(plan("traceparent: true\n", "")));
    assertEquals(List.of(drawn), headers(plan("", "traceparent: true")));
    assertEquals(List.of(), headers(plan("traceparent: true\n", "traceparent: false")));
    assertEquals(
        List.of("Traceparent: x"),
        headers(plan("traceparent: true\n", "headers: {Traceparent: x}")));
    assertTrue(plan("traceparent: true\n", "").logic().requests().get(0).isTraced());
  }

  @ParameterizedTest
  @CsvSource({
    "'X: \"${trace_id}\"', true",
    "'X: \"a${upper(trace_id)}\"', true",
    "'X: \"$${trace_id} ${vu}\"', false",
    "'X: \"${hex(2)} trace_id\"', false"
  })
  void shouldKnowWhatTellsATraceByItsNames(final String header, final boolean isTraced)
      throws ScenarioException {
    final Plan plan = plan("", "headers: {" + header + "}");
    assertEquals(isTraced, plan.logic().requests().get(0).isTraced());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 3:7 | `auth` needs `basic`, `digest`, `bearer`, `api_key` or `aws_sigv4`",
        "{basic: {user: u, password: p}, bearer: a} | 3:47 | `auth` has one kind, not `basic` and `bearer`",
        "{basic: {user: 'a:b', password: p}} | 3:22 | a user name has a colon in it, which would end the name",
        "{basic: {user: u}} | 3:15 | `basic` needs `password`",
        "{basic: {user: u, password: ''}} | 3:35 | a password cannot be empty",
        "{basic: {user: u, password: '${nobody}'}} | 3:38 | no variable",
        "{bearer: '${1 +}'} | 3:22 | ",
        "{api_key: {value: x}} | 3:17 | `api_key` needs `header` or `query`",
        "{api_key: {header: A, query: b, value: x}} | 3:36 | a key is in one place: `header` or `query`, not both",
        "{api_key: {query: 'a b', value: x}} | 3:25 | is not a name of a parameter",
        "{api_key: {header: Host, value: x}} | 3:26 | is written by the engine",
        "{aws_sigv4: {access_key: a, secret_key: b, region: eu}} | 3:19 | needs `service`",
        "{aws_sigv4: {access_key: 'a/b', secret_key: b, region: eu, service: s3}} | 3:32 | an access key has a character in it that is none of an access key",
        "{aws_sigv4: {access_key: a, secret_key: b, region: EU, service: s3}} | 3:58 | is no such name",
        "{aws_sigv4: {access_key: a, secret_key: '${x}', region: eu, service: s3}} | 3:50 | no variable",
        "{ntlm: x} | 3:8 | `auth` has no key `ntlm`",
        "nobody | 3:7 | "
      })
  void shouldSayWhatIsWrongAndWhere(final String auth, final String place, final String message) {
    final ScenarioException e =
        assertThrows(
            ScenarioException.class,
            () ->
                of(
                    "name: t\nsimulate: {latency: 1ms}\nauth: "
                        + auth
                        + "\n"
                        + scenario("path: /")));
    assertTrue(e.render().contains(":" + place + ":"), place + " in " + e.render());
    assertTrue(e.render().contains(message == null ? "" : message), e.render());
  }

  @Test
  void shouldRefuseTwoThingsThatSayWhoAsks() {
    final ScenarioException e =
        assertThrows(
            ScenarioException.class,
            () -> plan("", "headers: {AUTHORIZATION: a}, auth: {bearer: b}"));
    assertTrue(
        e.render().contains("`auth` and `headers` both say what `Authorization` is"), e.render());
  }

  private static List<String> headers(final Plan plan) {
    return plan.requests().get(0).headers().stream()
        .map(header -> header.name() + ": " + header.value())
        .toList();
  }

  private static Plan plan(final String whole, final String own) throws ScenarioException {
    return of(HEAD + whole + scenario("path: /" + (own.isEmpty() ? "" : ", " + own)));
  }

  private static String scenario(final String request) {
    return "scenarios:\n"
        + "  s:\n"
        + "    load: {executor: per-vu-iterations, vus: 1, iterations: 1}\n"
        + "    flow: [{request: {"
        + request
        + "}}]\n";
  }

  private static Plan of(final String file) throws ScenarioException {
    return ScenarioFile.parse("t.yaml", file);
  }
}
