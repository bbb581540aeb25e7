package io.lockstep.scenario.model;

import io.lockstep.scenario.expression.SourceTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a request that are no literal text. Where one is here, the request has its spelling
 * in the file in its place. And what is added to its parts.
 *
 * @param path of the path, if it is one
 * @param headerByName of values of headers, by the header's name as the file spells it
 * @param body of the body, if it is one
 * @param parameters of the query, by name, put behind the path in their order
 * @param auth how it says who asks; empty where that is not said here
 * @param traceparent whether it has a trace context; empty where that is not said here
 */
public record Templates(
    Optional<SourceTemplate> path,
    Map<String, SourceTemplate> headerByName,
    Optional<SourceTemplate> body,
    Map<String, SourceTemplate> parameters,
    Optional<Auth> auth,
    Optional<Boolean> traceparent) {
  /** All is literal text. */
  public static final Templates NONE = new Templates(Optional.empty(), Map.of(), Optional.empty());

  public Templates {
    headerByName = new LinkedHashMap<>(headerByName);
    parameters = new LinkedHashMap<>(parameters);
  }

  /** Nothing is added. */
  public Templates(
      final Optional<SourceTemplate> path,
      final Map<String, SourceTemplate> headerByName,
      final Optional<SourceTemplate> body) {
    this(path, headerByName, body, Map.of(), Optional.empty(), Optional.empty());
  }

  /** The same with something added. */
  public Templates with(final Optional<Auth> newAuth, final Optional<Boolean> newTraceparent) {
    return new Templates(path, headerByName, body, parameters, newAuth, newTraceparent);
  }

  /** The same with other headers. */
  Templates withHeaders(final Map<String, SourceTemplate> headers) {
    return new Templates(path, headers, body, parameters, auth, traceparent);
  }

  /** The same without an {@code auth} that looks at what a setup has left. */
  Templates withoutSetup() {
    final boolean keeps =
        auth.stream().flatMap(a -> a.parts().stream()).noneMatch(SourceTemplate::usesSetup);
    return keeps
        ? this
        : new Templates(path, headerByName, body, parameters, Optional.empty(), traceparent);
  }

  /** Whether all is literal text, and nothing is added. */
  public boolean isNone() {
    return equals(NONE);
  }
}
