package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.expression.TemplateType;
import io.lockstep.scenario.plan.expression.Codings;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.Type;
import java.util.Map;
import java.util.Optional;

/** Parameters of a request's query, which are encoded when they are put behind its path. */
final class QueryParameters {
  private static final int MAX_PARAMETERS = 100;

  /** Values, or templates of them, by name, in the order of the file. */
  static final Type<Map<String, SourceTemplate>> TYPE =
      new MapType<>(
          "parameters",
          QueryParameters::nameFault,
          new TemplateType("a value of a parameter", true),
          0,
          MAX_PARAMETERS);

  private QueryParameters() {}

  private static Optional<String> nameFault(final String name) {
    if (name.isEmpty()) {
      return Optional.of("is no name of a parameter: it is empty");
    }
    return name.contains("${")
        ? Optional.of("is a template, which a name cannot be: put it into the path")
        : Optional.empty();
  }

  /** Characters of those that are literal, encoded, with a mark before each. */
  static int leastLength(final Map<String, SourceTemplate> parameters) {
    return parameters.entrySet().stream()
        .mapToInt(
            one -> "?=".length() + encodedLength(one.getKey()) + literalLength(one.getValue()))
        .sum();
  }

  private static int literalLength(final SourceTemplate value) {
    return value.isLiteral() ? encodedLength(value.literal()) : 0;
  }

  private static int encodedLength(final String text) {
    return Codings.urlEncode(text).length();
  }
}
