package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.QueryLanguage;
import io.lockstep.scenario.plan.expression.TextPattern;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import java.util.Optional;

/**
 * Text in a query language, checked by whatever evaluates it.
 *
 * @param language of the text
 */
record QueryType(QueryLanguage language) implements Type<String> {
  static final int MAX_LENGTH = 4_000;

  @Override
  public String expected() {
    return language.words();
  }

  @Override
  public Schema schema(final Schemas in) {
    return Schema.of(language.words().replaceFirst("^an? ", ""), "string")
        .with("minLength", 1)
        .with("maxLength", MAX_LENGTH);
  }

  @Override
  public String read(final Node node, final Reading in) {
    final String text = new TextType(expected(), false, this::lengthFault).read(node, in);
    return text != null && isRight(text, node, in) ? text : null;
  }

  private boolean isRight(final String text, final Node node, final Reading in) {
    final Optional<String> fault = QueryChecks.fault(language, text);
    fault.ifPresent(
        clause ->
            in.bad(
                node,
                "this is not " + language.words() + ": " + reason(text, clause),
                meant(text).map(right -> new String[] {"write " + right}).orElse(new String[0])));
    return fault.isEmpty();
  }

  private String reason(final String text, final String clause) {
    return language == QueryLanguage.REGEX ? TextPattern.missing(text).orElse(clause) : clause;
  }

  /** A JSONPath with what others leave out at its start. */
  Optional<String> meant(final String text) {
    final String right = (text.startsWith("[") ? "$" : "$.") + text;
    return language == QueryLanguage.JSON_PATH
            && !text.startsWith("$")
            && QueryChecks.fault(language, right).isEmpty()
        ? Optional.of(right)
        : Optional.empty();
  }

  private Optional<String> lengthFault(final String text) {
    if (text.isEmpty()) {
      return Optional.of("is empty");
    }
    return text.length() > MAX_LENGTH
        ? Optional.of("is longer than " + MAX_LENGTH + " characters")
        : Optional.empty();
  }
}
