package io.lockstep.engine.core.machine;

/**
 * A change of an externally controlled scenario.
 *
 * @param command {@link OperatorCommand#SET_RATE} or {@link OperatorCommand#SET_VUS}
 * @param scenario index in the plan
 * @param value the new rate, in arrivals per period of the load, or the new number of VUs
 */
public record LoadChange(OperatorCommand command, int scenario, long value) {
  public LoadChange {
    if (command.isEnd()) {
      throw new IllegalArgumentException(command + " changes no load");
    }
    if (scenario < 0 || value < 0) {
      throw new IllegalArgumentException(
          "scenario and value must not be negative, got " + scenario + " and " + value);
    }
  }
}
