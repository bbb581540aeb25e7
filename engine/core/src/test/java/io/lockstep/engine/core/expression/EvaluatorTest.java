package io.lockstep.engine.core.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.ExpressionLimits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvaluatorTest {
  private static final long SITE = 99;

  private final Evaluator evaluator = new Evaluator();
  private final FixedScope scope = new FixedScope();

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "page + 1 => 4",
        "page / 2 => 1.5",
        "page * 4 / 6 => 2",
        "count * 2 => 24",
        "-count => -12",
        "price + page => 5.5",
        "page % 2 == 1 => true",
        "token + \"!\" => \"abc!\"",
        "count == 12 => true",
        "count > 9 => true",
        "token == 12 => false",
        "yes == \"true\" => true",
        "missing == null => true",
        "missing > 0 => false",
        "missing <= 0 => false",
        "missing || yes => true",
        "items > 2 => true",
        "items[0] + items[-1] => \"ac\"",
        "items[3] => null",
        "items == [\"a\", \"b\", \"c\"] => true",
        "[page, price, null] => [3, 2.5, null]",
        "yes ? page : missing + 1 => 3",
        "!yes ? page : token => \"abc\"",
        "status == 200 && duration < 250 && !failed => true",
        "duration => 12.5",
        "json(\"$.items\") > 1 => true",
        "json(\"$.none\") > 1 => false",
        "header(\"Content-Type\") => \"text/html\"",
        "users.age >= 18 => true",
        "counter(\"c\") + counter(\"c\") => 3",
        "region + env.STAGE => \"eutest\"",
        "9007199254740993 == 9007199254740992.0 => false",
        "page + 0.1 + 0.2 => 3.3000000000000003",
        "\"é\" > \"z\" => true",
        "default(missing, token) => \"abc\"",
      })
  void shouldComputeTheValue(final String text, final String value) {
    final Expression expression = KnownNames.expression(text);
    assertTrue(evaluator.evaluate(expression, SITE, 0, scope), () -> failure());
    assertEquals(value, evaluator.result().toString());
  }

  @ParameterizedTest(name = "{0} fails")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "token + page => `+` takes two numbers or two texts, not text and a number",
        "token * 2 => `*` takes numbers, not the text \"abc\"",
        "missing - 1 => `-` takes numbers, not null",
        "page / (page - 3) => division by zero",
        "price % (page - 3) => division by zero",
        "page * 9223372036854775807 => the result does not fit a whole number of 64 bits",
        "price * 1e308 * 10 => the result is too large for a number",
        "token && yes => a condition is true or false, not the text \"abc\"",
        "yes && page => a condition is true or false, not a number",
        "token < page => there is no order of the text \"abc\" and a number",
        "yes < page => there is no order of a boolean and a number",
        "token[0] => `[ ]` takes a list and a whole number",
        "items[price] => `[ ]` takes a list and a whole number",
        "int(page, 1) => int() needs a range, not 3 to 1",
        "int(token, 1) => int() takes numbers, not the text \"abc\"",
        "string(-page) => string() takes a length from 0 to",
        "float(page, 4, page + 7) => float() rounds to 0 to 9 decimals",
        "upper(missing) => the value is null",
        "number(token) => number() takes a number, not the text \"abc\"",
        "base64_decode(token + \"!\") => base64_decode() needs base64",
        "url_decode(token + \"%zz\") => url_decode() needs two hexadecimal digits",
        "date(token) => the date pattern has `a`",
        "date(\"iso\", token) => an offset is such as",
        "replace(token, substring(token, 9), token) => replace() cannot look for an empty text",
      })
  void shouldFailWithAMessage(final String text, final String message) {
    final Expression expression = KnownNames.expression(text);
    assertFalse(evaluator.evaluate(expression, SITE, 0, scope), text);
    assertTrue(failure().startsWith("`" + expression + "`: " + message), failure());
  }

  private String failure() {
    return evaluator.failure().toString();
  }

  @Test
  void shouldFailWhereATextGrowsBeyondItsLimit() {
    scope.set("x", "x".repeat(ExpressionLimits.MAX_TEXT));
    assertFalse(evaluator.evaluate(KnownNames.expression("x + token"), SITE, 0, scope));
    assertTrue(failure().contains("the text has more than"), failure());
    assertFalse(evaluator.evaluate(KnownNames.expression("urlencode(x + x)"), SITE, 0, scope));
    assertFalse(
        evaluator.evaluate(KnownNames.expression("replace(x, \"x\", \"xx\")"), SITE, 0, scope));
    assertTrue(failure().contains("the text has more than"), failure());
  }

  @Test
  void shouldTellTrueFalseAndFailedConditionsApart() {
    assertEquals(Truth.TRUE, test("status == 200"));
    assertEquals(Truth.FALSE, test("missing"));
    assertEquals(Truth.FAILED, test("token"));
    assertEquals("`token`: a condition is true or false, not the text \"abc\"", failure());
    assertEquals(Truth.TRUE, test("yes"));
  }

  private Truth test(final String condition) {
    return evaluator.test(KnownNames.expression(condition), SITE, 0, scope);
  }

  @Test
  void shouldRenderLiteralsAndValues() {
    assertEquals(
        "/items/3?q=abc&u=Ada&p=2.5&y=true",
        render("/items/${page}?q=${token}" + "&u=${users.name}&p=${price}&y=${yes}"));
    assertEquals("${page} costs $3 or $", render("$${page} costs ${\"$\"}${page} or $"));
    assertEquals(
        "[\"a\",\"b\",\"c\"] ✓ -9223372036854775808",
        render("${items} ✓ ${-9223372036854775807 - 1 + 0 * page}"));
  }

  private String render(final String template) {
    final TextBuffer out = new TextBuffer();
    assertTrue(
        evaluator.render(KnownNames.template(template), SITE, 0, scope, out, null), this::failure);
    return text(out);
  }

  private static String text(final TextBuffer out) {
    return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldLeaveNothingOfATemplateThatFails() {
    final TextBuffer out = new TextBuffer();
    out.append("before");
    assertFalse(evaluator.render(KnownNames.template("a${missing}b"), SITE, 0, scope, out, null));
    assertEquals("before", text(out));
    assertTrue(failure().startsWith("`missing`: the value is null"), failure());
  }

  @Test
  void shouldFailWhereATemplateRendersToMoreThanItsLimit() {
    scope.set("x", "x".repeat(1000));
    final TextBuffer out = new TextBuffer(1500);
    assertFalse(evaluator.render(KnownNames.template("${x}${x}"), SITE, 0, scope, out, null));
    assertEquals(0, out.length());
  }

  @Test
  void shouldShowASecretByNameAndSendItsValue() {
    assertForms("Bearer ${secrets.key}", "Bearer ${secrets.key}", "Bearer s3cret");
    assertForms(
        "${hmac(\"sha256\", secrets.key, token)}",
        "${hmac(\"sha256\", secrets.key, \"abc\")}",
        "4f2f30aaf4a57bd60ab473c8e9c2cdfefc186723d4727ed6f31f04353c91389a");
    assertForms(
        "${base64(users.name + \":\" + secrets.key)}",
        "${base64(\"Ada:\" + secrets.key)}",
        "QWRhOnMzY3JldA==");
    assertForms("${yes ? secrets.key : token}", "${secrets.key}", "s3cret");
    assertForms("${!yes ? secrets.key : token}", "abc", "abc");
    assertForms("${upper(urlencode(secrets.key))}", "${upper(urlencode(secrets.key))}", "S3CRET");
    assertForms("${json_text(secrets.key)}", "${json_text(secrets.key)}", "\"s3cret\"");
  }

  /** Both forms with a secret; the logical one is the same without. */
  private void assertForms(final String template, final String logical, final String wire) {
    final TextBuffer shown = new TextBuffer();
    final TextBuffer sent = new TextBuffer();
    scope.secret = "s3cret";
    assertTrue(
        evaluator.render(KnownNames.template(template), SITE, 0, scope, shown, sent),
        this::failure);
    assertEquals(logical, text(shown));
    assertEquals(wire, text(sent));
    assertFalse(text(shown).contains("s3cret"));
    scope.secret = null;
    final TextBuffer again = new TextBuffer();
    assertTrue(
        evaluator.render(KnownNames.template(template), SITE, 0, scope, again, null),
        this::failure);
    assertEquals(logical, text(again));
  }

  @Test
  void shouldNeverLetASecretDecideWhetherSomethingFails() {
    final String template =
        "${sha256(urlencode(trim(secrets.key + token)))}${json_text(lower(secrets.key))}";
    for (final String secret : new String[] {null, "", "\ud800", "x".repeat(1 << 20), "\0%"}) {
      scope.secret = secret;
      final TextBuffer out = new TextBuffer();
      assertTrue(
          evaluator.render(
              KnownNames.template(template), SITE, 0, scope, out, new TextBuffer(1 << 26)),
          this::failure);
      assertEquals(
          "${sha256(urlencode(trim(secrets.key + \"abc\")))}${json_text(lower(secrets.key))}",
          text(out));
    }
    scope.secret = null;
    final TextBuffer out = new TextBuffer();
    assertFalse(
        evaluator.render(KnownNames.template("${secrets.key + page}"), SITE, 0, scope, out, null));
    assertTrue(failure().contains("takes two texts here"), failure());
  }

  @Test
  void shouldRefuseToComputeASecretOutsideOfATemplate() {
    final Expression tainted = KnownNames.template("${secrets.key}").expression(0);
    assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(tainted, SITE, 0, scope));
  }

  @Test
  void shouldDrawByStreamSiteAndVisitAlone() {
    final Expression draw = KnownNames.expression("string(20)");
    final String first = value(draw, SITE, 0);
    assertEquals(first, value(draw, SITE, 0));
    assertNotEquals(first, value(draw, SITE, 1));
    assertNotEquals(first, value(draw, SITE + 7, 0));
    scope.stream++;
    assertNotEquals(first, value(draw, SITE, 0));
    scope.stream--;
    scope.set("token", "other");
    assertEquals(first, value(KnownNames.expression("yes ? string(20) : token"), SITE, 0));
    assertNotEquals(
        value(KnownNames.expression("hex(9)"), SITE, 0),
        value(KnownNames.expression("[hex(9), hex(9)][1]"), SITE, 0));
  }

  private String value(final Expression expression, final long site, final long visit) {
    assertTrue(evaluator.evaluate(expression, site, visit, scope), this::failure);
    return evaluator.result().toString();
  }

  /** From the definitions in docs/internals/random-streams.md, by an independent program. */
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "uuid() => \"a4d0394a-4a7b-432d-8681-7641563f55ba\"",
        "int(1, 100) => 65",
        "float(0, 1) => 0.6438022428869628",
        "float(1, 99, 2) => 64.09",
        "choice(1, 2, 3) => 2",
        "string(8) => \"nwyu5beS\"",
        "hex(8) => \"accce774\"",
        "name() => \"Lena Olsen\"",
        "email() => \"lena.olsen808@example.org\"",
      })
  void shouldDrawWhatItAlwaysDrew(final String text, final String drawn) {
    assertEquals(drawn, value(KnownNames.expression(text), SITE, 0));
  }

  @Test
  void shouldHoldNoValueOfAnEarlierExpression() {
    assertTrue(evaluator.evaluate(KnownNames.expression("items"), SITE, 0, scope));
    assertTrue(evaluator.evaluate(KnownNames.expression("missing"), SITE, 0, scope));
    assertNull(evaluator.result().item());
  }
}
