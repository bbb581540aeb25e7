package io.lockstep.engine.content;

import io.lockstep.engine.content.json.JsonFaults;
import io.lockstep.engine.content.markup.MarkupFaults;
import io.lockstep.engine.content.text.RegexFinder;
import io.lockstep.scenario.plan.QueryCheck;
import io.lockstep.scenario.plan.QueryLanguage;
import java.util.Optional;

/** Compiles queries when a file is loaded, with what will evaluate them. */
public final class Queries implements QueryCheck {
  private static final int MAX_CLAUSE = 300;

  @Override
  public Optional<String> fault(final QueryLanguage language, final String text) {
    try {
      return compile(language, text).map(Queries::clause);
    } catch (final RuntimeException e) {
      // All libraries here report what is wrong with a text by exceptions of their own.
      return Optional.of(clause(e.getMessage() == null ? e.toString() : e.getMessage()));
    } catch (final StackOverflowError e) {
      return Optional.of("it is nested too deep");
    }
  }

  private static Optional<String> compile(final QueryLanguage language, final String text) {
    return switch (language) {
      case JSON_PATH -> JsonFaults.path(text);
      case JMES_PATH -> JsonFaults.jmesPath(text);
      case JSON_SCHEMA -> JsonFaults.schema(text);
      case XPATH -> MarkupFaults.xpath(text);
      case CSS -> MarkupFaults.css(text);
      case REGEX -> {
        RegexFinder.groups(text);
        yield Optional.empty();
      }
    };
  }

  @Override
  public int groups(final String regex) {
    return RegexFinder.groups(regex);
  }

  /** One line, of bounded length. */
  private static String clause(final String message) {
    final String line = message.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_CLAUSE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_CLAUSE / 2)) + "…";
  }
}
