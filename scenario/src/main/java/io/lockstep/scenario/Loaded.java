package io.lockstep.scenario;

import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.Plan;
import java.util.List;

/**
 * A scenario file that can be run.
 *
 * @param plan what to run
 * @param text of the file; its UTF-8 bytes are the file's
 * @param tables the rows of the plan's feeders, in their order
 * @param warnings in the order of their places
 */
public record Loaded(Plan plan, String text, List<Table> tables, List<Diagnostic> warnings) {
  public Loaded {
    tables = List.copyOf(tables);
    warnings = List.copyOf(warnings);
  }
}
