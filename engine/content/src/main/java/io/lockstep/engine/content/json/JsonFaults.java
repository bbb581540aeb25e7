package io.lockstep.engine.content.json;

import java.util.Optional;

/** What is wrong with a text in one of the languages for JSON. Where all is right, empty. */
public final class JsonFaults {
  private JsonFaults() {}

  /** Of a JSONPath; throws where the library does. */
  public static Optional<String> path(final String text) {
    LibraryPath.of(text);
    return Optional.empty();
  }

  /** Of a JMESPath expression; throws where the library does. */
  public static Optional<String> jmesPath(final String text) {
    JmesPaths.compile(text);
    return Optional.empty();
  }

  /** Of a JSON Schema; throws where the library does. */
  public static Optional<String> schema(final String text) {
    return Schemas.fault(text);
  }
}
