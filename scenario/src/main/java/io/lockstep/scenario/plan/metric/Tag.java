package io.lockstep.scenario.plan.metric;

/**
 * What tells samples of one metric apart.
 *
 * @param name one of the built-in ones, or the user's
 * @param value as text
 */
public record Tag(String name, String value) {
  /** Name of the scenario. */
  public static final String SCENARIO = "scenario";

  /** Name of the request, or scenario/request. */
  public static final String REQUEST = "request";

  /** The same, as k6 calls it. */
  public static final String NAME = "name";

  /** Name of the group around a request, or of the group that is measured. */
  public static final String GROUP = "group";

  /** HTTP method. */
  public static final String METHOD = "method";

  /** HTTP status of a complete response. */
  public static final String STATUS = "status";

  /** Key of the failure of a request that ended without a complete response. */
  public static final String ERROR = "error";

  /** How far such a request had come when it failed. */
  public static final String STAGE = "error_stage";

  /** Whether a request came to a complete response with a status below 400. */
  public static final String EXPECTED_RESPONSE = "expected_response";

  /** Name of the check. */
  public static final String CHECK = "check";

  @Override
  public String toString() {
    return name + ":" + value;
  }
}
