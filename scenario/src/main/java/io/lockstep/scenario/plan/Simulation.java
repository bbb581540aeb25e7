package io.lockstep.scenario.plan;

import java.nio.charset.StandardCharsets;
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
   * @param headers of a response
   * @param body of a response, UTF-8 text
   */
  public record Response(
      long latencySite,
      Distribution latency,
      long errorSite,
      List<ErrorRate> errors,
      int status,
      long bytes,
      List<Header> headers,
      String body) {
    public Response {
      errors = List.copyOf(errors);
      headers = List.copyOf(headers);
    }

    /** A response of which only status and length are known. */
    public Response(
        final long latencySite,
        final Distribution latency,
        final long errorSite,
        final List<ErrorRate> errors,
        final int status,
        final long bytes) {
      this(latencySite, latency, errorSite, errors, status, bytes, List.of(), "");
    }

    /**
     * The same response with contents.
     *
     * @param newBytes its length; 0 stands for that of the contents
     */
    public Response with(final List<Header> newHeaders, final String newBody, final long newBytes) {
      final Response changed =
          new Response(
              latencySite, latency, errorSite, errors, status, newBytes, newHeaders, newBody);
      return newBytes > 0
          ? changed
          : new Response(
              latencySite,
              latency,
              errorSite,
              errors,
              status,
              (long) changed.headBytes().length + changed.bodyBytes().length,
              newHeaders,
              newBody);
    }

    /** The header fields as they would come over the wire, each line with its end. */
    public byte[] headBytes() {
      final StringBuilder head = new StringBuilder();
      for (final Header header : headers) {
        head.append(header.name()).append(": ").append(header.value()).append("\r\n");
      }
      return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The body as it would come over the wire. */
    public byte[] bodyBytes() {
      return body.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A kind of failure and its probability, 0 to 1. */
  public record ErrorRate(RequestOutcome outcome, double probability) {}
}
