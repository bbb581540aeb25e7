package io.lockstep.scenario.model;

import io.lockstep.scenario.expression.SourceTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a request that are no literal text. Where one is here, the request has its spelling
 * in the file in its place.
 *
 * @param path of the path, if it is one
 * @param headerByName of values of headers, by the header's name as the file spells it
 * @param body of the body, if it is one
 */
public record Templates(
    Optional<SourceTemplate> path,
    Map<String, SourceTemplate> headerByName,
    Optional<SourceTemplate> body) {
  /** All is literal text. */
  public static final Templates NONE = new Templates(Optional.empty(), Map.of(), Optional.empty());

  public Templates {
    headerByName = new LinkedHashMap<>(headerByName);
  }

  /** Whether all is literal text. */
  public boolean isNone() {
    return path.isEmpty() && headerByName.isEmpty() && body.isEmpty();
  }
}
