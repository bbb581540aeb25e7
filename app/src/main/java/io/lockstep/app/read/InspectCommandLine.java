package io.lockstep.app.read;

/**
 * What the user asked for; {@code null} where nothing was said.
 *
 * @param run directory or id
 * @param out where to look for an id
 * @param events whether to print all events
 * @param vu only events of this one
 * @param iteration only events of this one; -1 of starts, -2 of stops
 * @param failed only requests, checks and iterations that failed
 * @param json whether to print JSON
 */
public record InspectCommandLine(
    String run, String out, boolean events, Long vu, Long iteration, boolean failed, boolean json) {
  /** Whether events were asked for, not the overview. */
  public boolean wantsEvents() {
    return events || vu != null || iteration != null || failed;
  }
}
