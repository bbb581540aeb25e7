package io.lockstep.scenario.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.expression.Template;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Laws of the language. A failing one prints its seed, which alone makes the text. */
class ExpressionPropertyTest {
  /** A hang, not slowness, is what this finds: the machine may be busy. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final String[] PIECES = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "${",
    "$${",
    "$",
    "?",
    ":",
    ",",
    ".",
    "!",
    "-",
    "+",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "&&",
    "||",
    "=",
    "&",
    "|",
    "\"",
    "'",
    "\\",
    "\\u00e9",
    "\\ud800",
    "0",
    "1",
    "9223372036854775807",
    "1e308",
    "0.1",
    ".5",
    "1e",
    "250ms",
    "true",
    "null",
    "vu",
    "total",
    "status",
    "users.name",
    "users.",
    "env.HOME_REGION",
    "secrets.token",
    "uuid()",
    "int(1,2)",
    "date(",
    "\"yyyy\"",
    "matches(token,\"(a+)+\")",
    "json(\"$.a\")",
    "hmac(\"md5\",",
    "choice(",
    " ",
    "\n",
    "ü",
    "😀",
    "\0",
    "\ud800"
  };

  /** A printed term parses back to itself: same text, and same tree. */
  @Property(tries = 3000)
  void whatIsPrintedReadsBack(@ForAll final long seed) throws Exception {
    final Random random = new Random(seed);
    final Term term = new TermGenerator(random).term(random.nextInt(6));
    final String text = Printer.print(term);
    if (text.length() > 4000) {
      return;
    }
    final Term parsed = Parser.expression(text);
    assertEquals(text, Printer.print(parsed));
    assertEquals(shape(term), shape(parsed), text);
    final Parser.Parsed part = Parser.part(text + "} ${x}", 0);
    assertEquals(text.length(), part.end());
    assertEquals(shape(term), shape(part.term()), text);
  }

  /** A term without its places. */
  private static String shape(final Term term) {
    return term.toString().replaceAll("(offset|memberOffset)=\\d+", "");
  }

  @Property(tries = 5000)
  void anyTextIsCompiledOrRefusedWithAPlace(@ForAll final long seed) {
    final Random random = new Random(seed);
    final StringBuilder text = new StringBuilder();
    final int pieces = random.nextInt(30);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    check(text.toString());
  }

  @Property(tries = 2000)
  void aDamagedExpressionIsCompiledOrRefusedWithAPlace(@ForAll final long seed) {
    final Random random = new Random(seed);
    final StringBuilder text =
        new StringBuilder(Printer.print(new TermGenerator(random).term(random.nextInt(5))));
    for (int i = random.nextInt(3); i >= 0 && text.length() > 0; i--) {
      final int at = random.nextInt(text.length());
      if (random.nextBoolean()) {
        text.deleteCharAt(at);
      } else {
        text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      }
    }
    check(text.toString());
  }

  private static void check(final String text) {
    assertTimeoutPreemptively(
        LONGEST,
        () -> {
          checkExpression(text);
          checkTemplate(text);
          checkTemplate("a${" + text + "}b");
        });
  }

  private static void checkExpression(final String text) {
    try {
      final String canonical = SourceExpression.value(text).compile(new SomeNames()).text();
      if (canonical.length() < 4000) {
        assertEquals(
            canonical, SourceExpression.value(canonical).compile(new SomeNames()).text(), text);
      }
    } catch (final ExpressionException e) {
      assertPlaces(e, text);
    }
  }

  private static void checkTemplate(final String text) {
    try {
      final Template template = SourceTemplate.of(text, true).compile(new SomeNames());
      if (template.text().length() < 4000) {
        assertEquals(
            template, SourceTemplate.of(template.text(), true).compile(new SomeNames()), text);
      }
    } catch (final ExpressionException e) {
      assertPlaces(e, text);
    }
  }

  private static void assertPlaces(final ExpressionException e, final String text) {
    assertFalse(e.faults().isEmpty());
    for (final Fault fault : e.faults()) {
      assertTrue(fault.offset() >= 0 && fault.offset() <= text.length(), e.getMessage());
      assertFalse(fault.message().isEmpty());
    }
  }
}
