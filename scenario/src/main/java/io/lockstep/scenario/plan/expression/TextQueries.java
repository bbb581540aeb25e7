package io.lockstep.scenario.plan.expression;

import java.util.ServiceLoader;

/**
 * Compiles queries that the scenario module does not know itself. Found with {@link
 * java.util.ServiceLoader}, as {@link io.lockstep.scenario.plan.QueryCheck} is, by which a text was
 * found right before it comes here.
 */
public interface TextQueries {
  /** A JSONPath without faults. */
  TextQuery jsonPath(String path);

  /** A JSONPath, by whatever here can follow one; {@code null} where nothing can. */
  static TextQuery ofJsonPath(final String path) {
    return ServiceLoader.load(TextQueries.class)
        .findFirst()
        .map(queries -> queries.jsonPath(path))
        .orElse(null);
  }
}
