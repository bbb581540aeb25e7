package io.lockstep.scenario.plan;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is done once around the load of a plan. Each is a plan of its own, of one scenario, one VU
 * and one iteration, and is run by a machine of its own; so the load's machines know nothing of it
 * but the values that the setup has left.
 *
 * @param setup before the load; {@code null} if there is none
 * @param teardown after the load; {@code null} if there is none
 * @param values names of what the setup sets, by index: those of its VU's variables; the plan of a
 *     teardown knows them too
 */
public record Phases(Plan setup, Plan teardown, List<String> values) {
  /** The name of the setup wherever one is shown. */
  public static final String SETUP = "setup";

  /** The name of the load between the two. */
  public static final String LOAD = "load";

  /** The name of the teardown wherever one is shown. */
  public static final String TEARDOWN = "teardown";

  /** Nothing. */
  public static final Phases NONE = new Phases(null, null, List.of());

  public Phases {
    values = List.copyOf(values);
  }

  /** Whether there is neither. */
  public boolean isNone() {
    return setup == null && teardown == null && values.isEmpty();
  }

  /** The plan of a phase, by its name; {@code null} if there is none. */
  public Plan named(final String name) {
    return name.equals(SETUP) ? setup : name.equals(TEARDOWN) ? teardown : null;
  }

  /** The same, each plan changed. */
  Phases each(final UnaryOperator<Plan> change) {
    return new Phases(
        setup == null ? null : change.apply(setup),
        teardown == null ? null : change.apply(teardown),
        values);
  }
}
