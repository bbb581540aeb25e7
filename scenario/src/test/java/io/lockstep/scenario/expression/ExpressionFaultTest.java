package io.lockstep.scenario.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.expression.ExpressionLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake is found at load, at its place, with what was expected. */
class ExpressionFaultTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "status = 200 => at 7: `=` is no operator",
        "a & b => at 2: `&` is no operator",
        "status == => at 9: expected a value, a name or `(`, found the end",
        "(status == 200 => at 14: expected `)` after the expression in parentheses, found the end",
        "status 200 => at 7: expected an operator or the end, found a number",
        "1 < total < 3 => at 10: comparisons do not chain",
        "duration < 250ms => at 14: a number cannot go on with `ms`",
        "\"abc => at 0: nothing closes this text",
        "\"a\\qb\" => at 2: no such escape",
        "\"a\\u12\" => at 2: \\u needs 4 hexadecimal digits",
        "99999999999999999999 => at 0: the number does not fit 64 bits",
        "1e999 => at 0: the number is too large",
        "int(1) => at 0: int() takes 2 arguments, not 1",
        "uuid(1) => at 0: uuid() takes no arguments, not 1",
        "date() => at 0: date() takes 1 to 2 arguments, not 0",
        "int(1, 2 => at 8: expected `,` or `)` in the arguments of int(), found the end",
        "uid() => at 0: there is no function `uid` (did you mean `uuid`?)",
        "users. => at 6: expected a name after the point, found the end",
        "${vu} => at 0: `$` does not belong in an expression",
        "a # b => at 2: `#` does not belong in an expression",
        "a @ b => at 2: `@` does not belong in an expression",
        "totl > 1 => at 0: there is no variable `totl` (did you mean `total`?)",
        "uuid => at 0: there is no variable `uuid`",
        "users => at 0: there is no variable `users`",
        "1 + user.name => at 4: there is no data source `user` (did you mean `users`?)",
        "users.nam => at 6: `users` has no column `nam` (did you mean `name`?)",
        "total.name => at 0: `total` is no data source, so it has no columns",
        "env.NOPE => at 4: the environment variable `NOPE` is not set",
        "1 / 0 => at 2: division by zero",
        "total > 1 / (2 - 2) => at 10: division by zero",
        "9223372036854775807 + 1 => at 20: the result does not fit a whole number of 64 bits",
        "number(\"x\") => at 7: number() takes a number, not the text \"x\"",
        "\"a\" + 1 => at 4: `+` does not take text and a number",
        "\"id-\" + vu => at 6: `+` does not take text and a number",
        "!vu => at 0: `!` takes a condition, not a number",
        "vu && true => at 3: `&&` does not take a number and a boolean",
        "failed < 1 => at 7: `<` does not take a boolean and a number",
        "vu[0] => at 2: `[ ]` does not take a number and a number",
        "failed * 2 => at 7: `*` does not take a boolean and a number",
        "vu ? 1 : 2 => at 3: `?` takes a condition before it, not a number",
        "upper(null) => at 6: upper() takes a boolean or a number or text here, not null",
        "join(vu, \",\") => at 5: join() takes a list here, not a number",
        "matches(token, \"(\") => at 15: \"(\" is not a regular expression: missing closing )",
        "matches(token, token) => at 15: matches() takes a text here that is known before the run",
        "json(token) => at 5: json() takes a text here that is known before the run",
        "json(\"items\") => at 5: \"items\" does not start with $",
        "header(\"a b\") => at 7: \"a b\" is not a header name",
        "hmac(\"sha265\", token, token) => at 5: hmac() does not know \"sha265\" (did you mean `sha256`?)",
        "sha256(token, \"base46\") => at 14: sha256() does not know \"base46\" (did you mean `base64`?)",
        "date(\"yyyy-mmm\") => at 5: \"yyyy-mmm\" has `m`, which is none of",
        "date(\"yyyy\", \"1w\") => at 13: \"1w\" is not an offset such as -1d or 2h30m",
        "secrets.token => at 0: a secret cannot be used here",
        "int(25, 5) => at 0: int() needs a range, not 25 to 5",
        "1 + int(1, 2.5) => at 11: int() takes whole numbers",
        "int(\"a\", vu) => at 4: int() takes numbers, not the text \"a\"",
        "int(0 - 9223372036854775807, 9223372036854775807) => at 0: int() takes ranges of up to",
        "float(2, 1) => at 0: float() needs a range whose first bound is not the larger one",
        "float(vu, 100, 12) => at 15: float() rounds to 0 to 9 decimals",
        "hex(-1) => at 4: hex() takes a length from 0 to 1048576",
        "string(2000000) => at 7: string() takes a length from 0 to 1048576",
        "choice([]) => at 7: choice() cannot choose from an empty list",
        "choice() => at 0: choice() takes 1 to 64 arguments, not 0",
        "replace(token, \"\", vu) => at 15: replace() cannot look for an empty text",
        "split(token, \"\") => at 13: split() cannot look for an empty text",
        "substring(token, 1.5) => at 17: substring() takes whole numbers as places, not a number",
        "substring(token, \"a\") => at 17: substring() takes whole numbers as places, not the text",
        "max(vu, \"x\") => at 8: max() takes numbers, not the text \"x\"",
        "date(\"yyyy\", 5) => at 13: \"5\" is not an offset such as -1d or 2h30m",
        "total / 0 => at 6: division by zero",
        "total % (1 - 1) => at 6: division by zero",
        "total * \"x\" => at 6: `*` takes numbers, not the text \"x\"",
        "\"x\" - total => at 4: `-` takes numbers, not the text \"x\"",
        "vars.total => at 0: variables have no word before their name",
        "vars.totl => at 0: variables have no word before their name (did you mean `total`?)",
      })
  void shouldSayWhatIsWrongAndWhere(final String text, final String message) {
    final ExpressionException refused = refused(text);
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
  }

  private static ExpressionException refused(final String text) {
    return assertThrows(
        ExpressionException.class, () -> SourceExpression.value(text).compile(new SomeNames()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int(5, 5)",
        "int(\"1\", \"2\")",
        "hex(0)",
        "float(1, 1, 9)",
        "choice([], [])",
        "choice([1])",
        "substring(token, -2, 9)",
        "substring(token, \"1\")",
        "replace(token, \"a\", \"\")",
        "total / \"2\"",
        "total * 0",
        "default(null, total)",
        "max(vu, \"12\")"
      })
  void shouldLetBeWhatCanComeToAValue(final String text) throws ExpressionException {
    assertFalse(SourceExpression.value(text).compile(new SomeNames()).text().isEmpty());
  }

  @Test
  void shouldSayWhichVariableOfTheEnvironmentMayBeMeant() throws ExpressionException {
    final SourceExpression expression = SourceExpression.value("env.SHOP_TOKN");
    final ExpressionException refused =
        assertThrows(ExpressionException.class, () -> expression.compile(new SomeNames()));
    assertEquals(
        List.of(
            "did you mean `SHOP_TOKEN`?",
            "set it before the run, or say what to take without it: default(env.SHOP_TOKN, \"…\")"),
        refused.faults().get(0).notes());
  }

  @Test
  void shouldTellAllUnknownNamesAtOnce() {
    assertEquals(
        List.of(0, 18, 25),
        refused("totl > 1 && users.nam && nope").faults().stream().map(Fault::offset).toList());
  }

  @Test
  void shouldRefuseAConditionThatIsNone() {
    final ExpressionException refused =
        assertThrows(
            ExpressionException.class,
            () -> SourceExpression.condition("len(token)").compile(new SomeNames()));
    assertEquals("at 0: a condition is true or false, not a number", refused.getMessage());
    assertEquals(
        "at 0: a condition is true or false, not the text \"yes\"",
        assertThrows(
                ExpressionException.class,
                () -> SourceExpression.condition("\"yes\"").compile(new SomeNames()))
            .getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "${len(secrets.token)} => at 6: a secret cannot be part of len()",
        "${secrets.token == total} => at 2: a secret cannot be part of an operator",
        "${secrets.token ? 1 : 2} => at 2: a secret cannot be part of a condition",
        "${[secrets.token]} => at 3: a secret cannot be part of a list",
        "${hmac(secrets.token, total, total)} => at 7: a secret cannot be part of hmac()",
        "${contains(token, secrets.token)} => at 18: a secret cannot be part of contains()",
        "${base64(base64(base64(base64(base64(secrets.token)))))} => at 2: more than 4 functions",
        "${secrets.tokn} => at 10: there is no secret `tokn` (did you mean `token`?)",
        "a ${vu => at 2: nothing closes this `${`",
        "a ${} => at 4: an expression is expected here",
        "a ${vu +} => at 8: expected a value, a name or `(`, found the end",
        "a ${\"}\" => at 2: nothing closes this `${`",
        "a ${null} => at 4: null has no text",
        "a ${vu{} => at 6: `{` does not belong in an expression",
      })
  void shouldSayWhatIsWrongInATemplate(final String text, final String message) {
    final ExpressionException refused =
        assertThrows(
            ExpressionException.class,
            () -> SourceTemplate.of(text, true).compile(new SomeNames()));
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
  }

  @Test
  void shouldRefuseASecretInATemplateThatIsNoPartOfARequest() {
    final ExpressionException refused =
        assertThrows(
            ExpressionException.class,
            () -> SourceTemplate.of("cart of ${secrets.token}", false).compile(new SomeNames()));
    assertEquals("at 10: a secret cannot be used here", refused.getMessage());
  }

  @Test
  void shouldNameTheLimitThatIsExceeded() {
    assertLimit("(".repeat(65) + "1", "nested more than 64 deep");
    assertLimit("!".repeat(65) + "true", "nested more than 64 deep");
    assertLimit("1" + "+1".repeat(70), "more than 64 operators in a row");
    assertLimit("token" + "[0]".repeat(70), "too many brackets");
    assertLimit("choice(1" + ",1".repeat(64) + ")", "more than 64 values");
    assertLimit(" ".repeat(ExpressionLimits.MAX_EXPRESSION + 1), "at most 4096 characters");
    assertLimit("1".repeat(50), "at most 40 characters");
    final String wide = "choice(vu" + ",vu".repeat(60) + ",";
    assertLimit(wide.repeat(5) + "1" + ")".repeat(5), "more than 256 values");
    assertTemplateLimit("${vu}".repeat(1001), "at most 1000 expressions");
    assertTemplateLimit("x".repeat(ExpressionLimits.MAX_TEMPLATE + 1), "at most 1048576");
    assertTemplateLimit("${" + " ".repeat(5000) + "vu}", "an expression is expected here");
  }

  private static void assertLimit(final String text, final String message) {
    final String said = refused(text).getMessage();
    assertTrue(said.contains(message), said);
  }

  private static void assertTemplateLimit(final String text, final String message) {
    final String said =
        assertThrows(ExpressionException.class, () -> SourceTemplate.of(text, true)).getMessage();
    assertTrue(said.contains(message), said);
  }
}
