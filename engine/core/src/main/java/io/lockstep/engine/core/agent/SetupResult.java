package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.GivenValue;
import java.util.List;

/**
 * What a setup leaves to the load.
 *
 * @param values by index
 * @param goesAhead whether the load may begin
 */
public record SetupResult(List<GivenValue> values, boolean goesAhead) {
  /** Of a run without one. */
  public static final SetupResult NONE = new SetupResult(List.of(), true);

  public SetupResult {
    values = List.copyOf(values);
  }
}
