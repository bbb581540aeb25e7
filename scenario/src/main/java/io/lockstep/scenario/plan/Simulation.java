package io.lockstep.scenario.plan;

import java.util.List;

/**
 * The simulated target.
 *
 * @param servers how many requests are served at once, the others wait in one FIFO queue; {@link
 *     #UNLIMITED} for no queue
 * @param responses one per request of the plan, by its index
 */
public record Simulation(int servers, List<Response> responses) {
  /** No queue: each request is served at once. */
  public static final int UNLIMITED = 0;

  public Simulation {
    responses = List.copyOf(responses);
  }

  /**
   * How one request is answered.
   *
   * @param latencySite key of the random stream of its latencies
   * @param latency of a response or of an error
   * @param errorSite key of the random stream of its errors
   * @param errors probabilities, their sum at most 1
   * @param status of a response
   * @param bytes length of a response
   */
  public record Response(
      long latencySite,
      Distribution latency,
      long errorSite,
      List<ErrorRate> errors,
      int status,
      long bytes) {
    public Response {
      errors = List.copyOf(errors);
    }
  }

  /** A kind of failure and its probability, 0 to 1. */
  public record ErrorRate(RequestOutcome outcome, double probability) {}
}
