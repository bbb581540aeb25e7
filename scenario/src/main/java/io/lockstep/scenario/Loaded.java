package io.lockstep.scenario;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.Plan;
import java.util.List;

/**
 * A scenario file that can be run.
 *
 * @param plan what to run
 * @param text of the file; its UTF-8 bytes are the file's
 * @param warnings in the order of their places
 */
public record Loaded(Plan plan, String text, List<Diagnostic> warnings) {
  public Loaded {
    warnings = List.copyOf(warnings);
  }
}
