package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches for the capacity of simulated targets whose knee is known on paper. */
final class CapacityRunTest {
  private static final long FIRST = 30;
  private static final long STEP = 5;
  private static final double ALLOWED = 0.01;
  private static final double MM1_LIMIT_S = 0.097;
  private static final double MDC_LIMIT_S = 0.105;

  @TempDir private Path directory;

  @Test
  void shouldFindTheKneeOfOneServerWithExponentialTimes() throws IOException {
    final Invocation run =
        search("97ms", "servers: 1, latency: {distribution: exponential, mean: 10ms}");
    assertFound(knee(rate -> beyondInMm1(rate, 100, MM1_LIMIT_S)), run);
    assertEquals(50, summary().at("/capacity/0/heldRate").asLong());
  }

  @Test
  void shouldFindTheKneeOfSeveralServersWithConstantTimes() throws IOException {
    final Invocation run = search("105ms", "servers: 4, latency: 40ms");
    assertFound(knee(rate -> beyondInMdc(rate, 0.04, 4, MDC_LIMIT_S)), run);
    assertEquals(70, summary().at("/capacity/0/heldRate").asLong());
  }

  @Test
  void shouldSayWhereTheHighestRateHeldAndWhereNoneDid() throws IOException {
    final Invocation held = search("10s", "latency: 1ms");
    assertTrue(held.out().contains("95/s held, the highest that was to be tried"), held.out());
    assertEquals("highest_rate", summary().at("/capacity/0/end").asText());
    assertEquals(14, summary().at("/capacity/0/steps").size());
    final Invocation none = search("1ms", "latency: 2ms");
    assertTrue(none.out().contains("s: no rate held, 30/s did not: the 99th"), none.out());
    assertTrue(summary().at("/capacity/0/heldRate").isNull());
  }

  private void assertFound(final long knee, final Invocation run) throws IOException {
    final JsonNode found = summary().at("/capacity/0");
    assertEquals(knee, found.get("heldRate").asLong(), run.out());
    assertEquals("broke", found.get("end").asText());
    assertEquals((knee - FIRST) / STEP + 2, found.get("steps").size());
    final JsonNode last = found.get("steps").get(found.get("steps").size() - 1);
    assertEquals("too_slow", last.get("verdict").asText());
    final String outcome =
        "s: "
            + knee
            + "/s held, "
            + (knee + STEP)
            + "/s did not: the 99th percentile of the response times was too long";
    assertTrue(run.out().contains("\n  capacity           " + outcome), run.out());
    assertTrue(run.out().contains("\n    30/s "), run.out());
    final Invocation inspect = Invocation.of(directory, "inspect", "c");
    assertTrue(inspect.out().contains("\ncapacity of " + outcome), inspect.out());
    final JsonNode inspected =
        new ObjectMapper().readTree(Invocation.of(directory, "inspect", "c", "--json").out());
    assertEquals(knee, inspected.at("/capacity/0/heldRate").asLong());
    assertEquals(found.get("steps"), inspected.at("/capacity/0/steps"));
    final Invocation replay = Invocation.of(directory, "replay", "c");
    assertEquals(0, replay.code(), replay.out());
  }

  private Invocation search(final String limit, final String target) throws IOException {
    Scenarios.write(
        directory,
        "search.yaml",
        """
        name: search
        seed: 3
        timeout: 1m
        scenarios:
          s:
            load: {executor: capacity, start_rate: 30, step_rate: 5, max_rate: 95, arrivals: poisson,
                   step_duration: 15m, max_vus: 1000, slo: {p99: %s}}
            requests: [{name: ask, path: /}]
        simulate: {%s}
        """
            .formatted(limit, target));
    RunFiles.delete(directory.resolve("runs"));
    final Invocation run =
        Invocation.of(directory, "run", "search.yaml", "--simulate", "--name", "c", "--quiet");
    assertEquals(0, run.code(), run.out() + run.err());
    return run;
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("runs/c/summary.json").toFile());
  }

  /** The highest rate of the search at which no more than one of a hundred is beyond the limit. */
  private static long knee(final DoubleUnaryOperator beyond) {
    long rate = FIRST;
    while (beyond.applyAsDouble((double) (rate + STEP)) <= ALLOWED) {
      rate += STEP;
    }
    return rate;
  }

  /** In M/M/1 the response time is exponential with what the server has to spare. */
  private static double beyondInMm1(final double rate, final double servedPerS, final double s) {
    return Math.exp(-(servedPerS - rate) * s);
  }

  /**
   * In M/D/c whoever is in service now has left after the constant time D, so the number in the
   * system is a Markov chain from D to D; the waiting time follows from its stationary distribution
   * by Crommelin's formula (Franx, "A simple solution for the M/D/c waiting time distribution",
   * 2001).
   */
  private static double beyondInMdc(
      final double rate, final double serviceS, final int servers, final double s) {
    final double[] system = stationary(rate * serviceS, servers);
    final double waitS = s - serviceS;
    final int k = (int) (waitS / serviceS) + 1;
    final double y = rate * (k * serviceS - waitS);
    double weight = Math.exp(-y);
    double within = 0;
    for (int j = 0; j < k * servers; j++) {
      double waiting = 0; // no more than so many wait
      for (int n = 0; n <= Math.min(system.length - 1, servers + k * servers - 1 - j); n++) {
        waiting += system[n];
      }
      within += weight * waiting;
      weight *= y / (j + 1);
    }
    return 1 - within;
  }

  private static double[] stationary(final double arrivals, final int servers) {
    final int most = 200;
    final double[] poisson = new double[most];
    poisson[0] = Math.exp(-arrivals);
    for (int n = 1; n < most; n++) {
      poisson[n] = poisson[n - 1] * arrivals / n;
    }
    double[] system = new double[most];
    system[0] = 1;
    for (int round = 0; round < 1_000; round++) {
      final double[] next = new double[most];
      for (int n = 0; n < most; n++) {
        final int left = Math.max(0, n - servers);
        for (int m = left; m < most; m++) {
          next[m] += system[n] * poisson[m - left];
        }
      }
      system = next;
    }
    return system;
  }
}
