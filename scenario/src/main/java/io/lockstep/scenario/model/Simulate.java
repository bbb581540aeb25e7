package io.lockstep.scenario.model;

import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Simulation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The simulated target.
 *
 * @param servers as in {@link Simulation}
 * @param answer to all requests
 * @param differences what is different for single requests
 */
public record Simulate(int servers, Answer answer, Map<RequestName, Difference> differences) {
  public Simulate {
    differences = Collections.unmodifiableMap(new TreeMap<>(differences));
  }

  /** A request of the file. */
  public record RequestName(String scenario, String request) implements Comparable<RequestName> {
    @Override
    public int compareTo(final RequestName other) {
      final int byScenario = scenario.compareTo(other.scenario);
      return byScenario != 0 ? byScenario : request.compareTo(other.request);
    }
  }

  /**
   * How a request is answered; {@code errors} in the order of their codes; {@code bytes} of 0 stand
   * for the length of headers and body.
   */
  public record Answer(
      Distribution latency,
      List<Simulation.ErrorRate> errors,
      int status,
      long bytes,
      List<Header> headers,
      String body) {
    public Answer {
      errors = List.copyOf(errors);
      headers = List.copyOf(headers);
    }

    /** This answer with the differences of one request. */
    public Answer with(final Difference difference) {
      return new Answer(
          difference.latency().orElse(latency),
          difference.errors().orElse(errors),
          difference.status().orElse(status),
          difference.bytes().orElse(bytes),
          difference.headers().orElse(headers),
          difference.body().orElse(body));
    }
  }

  /** What is different for one request. */
  public record Difference(
      Optional<Distribution> latency,
      Optional<List<Simulation.ErrorRate>> errors,
      OptionalInt status,
      OptionalLong bytes,
      Optional<List<Header>> headers,
      Optional<String> body) {}
}
