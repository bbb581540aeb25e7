package io.lockstep.app.plan;

import io.lockstep.scenario.document.LoadOptions;

/**
 * What the user asked for; {@code null} where nothing was said.
 *
 * @param file the scenario
 * @param loading what is laid over it
 * @param seed in place of the file's
 * @param scenario name of the scenario to look at
 * @param vu global id of the VU to look at
 * @param iteration of that VU
 * @param arrival index of the arrival, or of the shared iteration, to look at
 * @param once which of the two things that a VU does once to look at: {@link
 *     io.lockstep.engine.core.machine.Preview.Identity#START} or STOP
 * @param phase name of the setup or the teardown to look at
 * @param most so many steps of an iteration are told
 * @param json whether it is for programs
 */
public record PlanCommandLine(
    String file,
    LoadOptions loading,
    Long seed,
    String scenario,
    Long vu,
    Long iteration,
    Long arrival,
    Long once,
    String phase,
    int most,
    boolean json) {
  /** Whether one iteration is asked for, and not the load as a whole. */
  boolean wantsPreview() {
    return vu != null || iteration != null || arrival != null || once != null;
  }
}
