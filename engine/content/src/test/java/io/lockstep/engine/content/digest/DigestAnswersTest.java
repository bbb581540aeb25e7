package io.lockstep.engine.content.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.AskedRequest;
import io.lockstep.engine.core.port.Browser.Authorization;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.scenario.plan.DigestCredentials;
import io.lockstep.scenario.plan.RequestPlan;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Challenges, and the answers that the RFCs have for them. */
final class DigestAnswersTest {
  /** RFC 7616, section 3.9.1. */
  private static final String RFC_7616 =
      "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=HASH,"
          + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
          + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

  private static final UnaryOperator<String> AS_IT_IS = UnaryOperator.identity();
  private static final String NONCE_7616 = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

  @ParameterizedTest
  @CsvSource({
    "MD5,8ca523f5e9506fed4657c9700eebdbec",
    "SHA-256,753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
  })
  void shouldAnswerAsTheRfcDoes(final String algorithm, final String response) {
    final Challenge challenge =
        Challenge.best(List.of(RFC_7616.replace("HASH", algorithm))).orElseThrow();
    assertEquals(
        response,
        new DigestResponse(challenge, NONCE_7616, "00000001")
            .of("Mufasa", "Circle of Life", "GET", "/dir/index.html", new byte[0]));
  }

  @Test
  void shouldAnswerAsRfc2617DoesAndWithoutQuality() {
    final String nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
    final String base = "Digest realm=\"testrealm@host.com\", nonce=\"" + nonce + "\"";
    final Challenge auth = Challenge.best(List.of(base + ", qop=\"auth,auth-int\"")).orElseThrow();
    assertEquals(
        "6629fae49393a05397450978507c4ef1",
        new DigestResponse(auth, "0a4f113b", "00000001")
            .of("Mufasa", "Circle Of Life", "GET", "/dir/index.html", new byte[0]));
    final Challenge old = Challenge.best(List.of(base)).orElseThrow();
    assertEquals(
        "670fd8c2df070c60b045671b8b24ff02",
        new DigestResponse(old, "", "")
            .of("Mufasa", "Circle Of Life", "GET", "/dir/index.html", new byte[0]));
  }

  @Test
  void shouldChooseTheStrongestOfSeveralChallenges() {
    final Challenge best =
        Challenge.best(
                List.of(
                    "Basic realm=\"a, b\", Digest realm=r, nonce=1, algorithm=MD5",
                    "Negotiate YWJj==, Bearer, Digest realm=\"q\\\"uo\", nonce=\"2\","
                        + " algorithm=SHA-256-sess, qop=auth, stale=TRUE, userhash=true",
                    "Digest realm=r, nonce=3, algorithm=SHA-999, Digest realm=r, nonce=4"))
            .orElseThrow();
    assertEquals("2", best.nonce());
    assertEquals("q\"uo", best.realm());
    assertTrue(best.session() && best.stale() && best.hashesUser());
    assertEquals(DigestAlgorithm.SHA_256, best.algorithm());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Digest",
        "Digest realm=r",
        "Digest nonce=n",
        "Digest realm=r, nonce=\"n",
        "Digest realm=r, nonce=n, qop=other",
        "Digest realm=r, nonce=n, algorithm=SHA-1",
        "Basic realm=r, nonce=n",
        "=,=;\"\"\"",
      })
  void shouldLeaveWhatIsNoneOrCannotBeAnswered(final String value) {
    assertTrue(Challenge.best(List.of(value)).isEmpty());
  }

  @Test
  void shouldAnswerAtOnceAndCountOnceItHasAChallenge() {
    final DigestAnswers answers = new DigestAnswers(2);
    final AskedRequest request = asked("ann:pass:word", "/a?b=c");
    assertNull(answers.authorize(0, "/base", request, request, "c", AS_IT_IS));
    final List<String> challenge =
        List.of("Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", opaque=\"o\"");
    assertTrue(answers.isChallenged(0, challenge, 0));
    final Authorization first = answers.authorize(0, "/base", request, request, "c1", AS_IT_IS);
    assertEquals(
        "Digest realm=\"r\", nonce=\"n1\", uri=\"/base/a?b=c\", qop=auth, nc=00000001,"
            + " cnonce=\"c1\", opaque=\"o\", response=\"${digest_response}\"",
        first.logical());
    assertTrue(first.wire().startsWith("Digest username=\"ann\", realm=\"r\", "), first::wire);
    assertFalse(first.wire().contains("pass"), first::wire);
    final Authorization second = answers.authorize(0, "/base", request, request, "c2", AS_IT_IS);
    assertTrue(second.wire().contains("nc=00000002, cnonce=\"c2\""), second::wire);
    assertNull(
        answers.authorize(1, "/base", request, request, "c", AS_IT_IS), "that is another VU");
    assertFalse(answers.isChallenged(0, challenge, 1), "the credentials are wrong");
    final List<String> stale = List.of(challenge.get(0) + ", stale=true");
    assertTrue(answers.isChallenged(0, stale, 1));
    assertTrue(
        answers.authorize(0, "", request, request, "c", AS_IT_IS).wire().contains("nc=00000001"));
    assertFalse(answers.isChallenged(0, stale, 2), "that would go on for ever");
    answers.clear(0);
    assertNull(answers.authorize(0, "", request, request, "c", AS_IT_IS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ü | , userhash=false | username*=UTF-8''%C3%BC",
        "a\"b | , userhash=false | username=\"a\\\"b\"",
        "J | , algorithm=SHA-512-256, userhash=true | username=\"",
      })
  void shouldNameTheUserAsTheRfcWantsIt(
      final String user, final String parameters, final String name) {
    final DigestAnswers answers = new DigestAnswers(1);
    answers.isChallenged(0, List.of("Digest realm=r, nonce=n, qop=auth" + parameters), 0);
    final AskedRequest request = asked(user + ":p", "/");
    final String wire = answers.authorize(0, "", request, request, "c", AS_IT_IS).wire();
    assertTrue(wire.startsWith("Digest " + name), wire);
    assertEquals(parameters.contains("true"), wire.contains(", userhash=true"), wire);
  }

  @Test
  void shouldNeedNoSecretsForWhatIsDigested() {
    final DigestAnswers answers = new DigestAnswers(1);
    answers.isChallenged(0, List.of("Digest realm=r, nonce=n, qop=auth"), 0);
    final AskedRequest named =
        new AskedRequest()
            .of(request("${base64(\"ann:\" + text(secrets.p))}", "/").request(), PLAN);
    final String logical = answers.authorize(0, "", named, named, "c", AS_IT_IS).logical();
    answers.isChallenged(0, List.of("Digest realm=r, nonce=n, qop=auth"), 0);
    assertEquals(
        logical, answers.authorize(0, "", named, asked("ann:x", "/"), "c", AS_IT_IS).logical());
  }

  @Test
  void shouldHashAndSendWhatAChallengeHadButDigestItMasked() {
    final AskedRequest request = asked("ann:admin", "/");
    final DigestAnswers plain = new DigestAnswers(1);
    plain.isChallenged(0, List.of("Digest realm=\"the admin area\", nonce=n, qop=auth"), 0);
    final DigestAnswers masked = new DigestAnswers(1);
    masked.isChallenged(0, List.of("Digest realm=\"the ${secrets.p} area\", nonce=n, qop=auth"), 0);
    final Authorization answer =
        masked.authorize(
            0, "", request, request, "c", text -> text.replace("${secrets.p}", "admin"));
    assertEquals(plain.authorize(0, "", request, request, "c", AS_IT_IS).wire(), answer.wire());
    assertTrue(answer.logical().contains("the ${secrets.p} area"), answer::logical);
  }

  private static final RequestPlan PLAN =
      new RequestPlan(0, 0, "r", "GET", "/", List.of(), "", 1, 0);

  private static AskedRequest asked(final String pair, final String path) {
    final String encoded =
        Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new AskedRequest().of(request(encoded, path).request(), PLAN);
  }

  private static RequestRenderer request(final String credentials, final String path) {
    final RequestRenderer renderer = new RequestRenderer().begin().text("GET").text(path);
    renderer.headers(1);
    for (final Map.Entry<String, String> header :
        Map.of(DigestCredentials.HEADER, DigestCredentials.SCHEME + credentials).entrySet()) {
      renderer.text(header.getKey()).text(header.getValue());
    }
    return renderer.text("");
  }
}
