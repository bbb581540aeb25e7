package io.lockstep.scenario.expression;

import io.lockstep.scenario.plan.expression.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that people write in expressions, and what they mean by them. */
final class Words {
  private static final Map<String, String> OPERATORS =
      Map.of(
          "and", "for \"and\", write `&&`",
          "or", "for \"or\", write `||`",
          "not", "for \"not\", write `!` before it",
          "in", "to look into a text or list, write contains(list, item)",
          "is", "to compare, write `==`",
          "eq", "to compare, write `==`",
          "mod", "for what a division leaves, write `%`");

  /** Words and nothing that an expression has between them. */
  private static final Pattern TEXT =
      Pattern.compile("\\p{L}[\\p{L}\\p{N}_'-]*(,? +[\\p{L}\\p{N}_'-]+)+[.!?]?");

  /** As a template has one. */
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^{}]+)\\}");

  private static final Pattern BLANKS = Pattern.compile("[ ,]+");

  private Words() {}

  /** What to write where a token follows another one that it cannot follow. */
  static String[] notes(final Token before, final Token found) {
    for (final Token word : new Token[] {found, before}) {
      if (word.kind() == Token.Kind.NAME && OPERATORS.containsKey(word.text())) {
        return new String[] {OPERATORS.get(word.text())};
      }
    }
    return new String[0];
  }

  /** How an expression says what somebody wrote as a template. */
  static String joined(final String text) {
    final List<String> parts = new ArrayList<>();
    final Matcher expression = EXPRESSION.matcher(text);
    int at = 0;
    while (expression.find()) {
      addText(text.substring(at, expression.start()), parts);
      parts.add(expression.group(1).strip());
      at = expression.end();
    }
    if (parts.isEmpty()) {
      return "write the name alone: vu, not ${vu}";
    }
    addText(text.substring(at), parts);
    return parts.size() == 1
        ? "write the name alone: " + parts.get(0) + ", not " + text
        : "texts are joined by `+`, and text(x) makes one of a number: "
            + String.join(" + ", parts);
  }

  private static void addText(final String text, final List<String> parts) {
    if (!text.isEmpty()) {
      parts.add(Texts.literal(text));
    }
  }

  /** Whether a text is one in a language of people, which lost its quotes. */
  static boolean areText(final String text) {
    return TEXT.matcher(text).matches()
        && BLANKS.splitAsStream(text).noneMatch(OPERATORS::containsKey);
  }
}
