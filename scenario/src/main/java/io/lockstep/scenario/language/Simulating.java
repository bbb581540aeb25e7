package io.lockstep.scenario.language;

import io.lockstep.scenario.model.Simulate;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.read.DecimalType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The simulated target, its differences still under the names that the file gives them. */
final class Simulating {
  static final int MAX_SERVERS = 1_000_000;
  static final String REQUESTS_KEY = "requests";

  private static final DecimalType PROBABILITY =
      new DecimalType("a probability", BigDecimal.ZERO, BigDecimal.ONE);
  private static final Map<RequestOutcome, Key<BigDecimal>> ERROR_KEYS = errorKeys();
  private static final ObjectType<List<Simulation.ErrorRate>> ERROR_RATES =
      new ObjectType<>("`errors`", List.copyOf(ERROR_KEYS.values()), Simulating::errorRates);

  private static final Key<Long> SERVERS =
      Key.optional(
          "servers",
          new IntegerType("a number of servers", 1, MAX_SERVERS),
          (long) Simulation.UNLIMITED,
          "",
          "requests served at once, the others wait in one queue; no queue by default");
  private static final Key<Distribution> LATENCY =
      Key.required("latency", Distributions.TYPE, "time to serve a request");
  private static final Key<Distribution> OWN_LATENCY =
      Key.optional("latency", Distributions.TYPE, "time to serve this request");
  private static final Key<List<Simulation.ErrorRate>> ERRORS =
      Key.optional("errors", ERROR_RATES, List.of(), "{}", "probability of each kind of failure");
  private static final Key<List<Simulation.ErrorRate>> OWN_ERRORS =
      Key.optional("errors", ERROR_RATES, "replaces all the probabilities");
  private static final Key<Long> STATUS =
      Key.optional("status", new IntegerType("a status", 200, 599), 200L, "200", "HTTP status");
  private static final Key<Long> BYTES =
      Key.optional(
          "bytes",
          UnitType.size(0, 1L << 40),
          0L,
          "0B",
          "length of a response; 0 stands for that of its headers and body");
  private static final Key<List<Header>> HEADERS =
      Key.optional("headers", new HeadersType(), List.of(), "{}", "headers of a response");
  private static final Key<String> BODY =
      Key.optional(
          "body",
          new TextType("text", false, text -> Optional.empty()),
          "",
          "\"\"",
          "body of a response, as UTF-8");

  private static final ObjectType<Simulate.Difference> DIFFERENCE =
      new ObjectType<>(
          "a request's simulation",
          List.of(OWN_LATENCY, OWN_ERRORS, STATUS, BYTES, HEADERS, BODY),
          Simulating::difference);
  private static final Key<Map<String, Simulate.Difference>> REQUESTS =
      Key.optional(
          REQUESTS_KEY,
          new MapType<>(
              "requests", name -> Optional.empty(), DIFFERENCE, 0, Scenarios.MAX_REQUESTS),
          Map.of(),
          "{}",
          "what is different, by request name, or scenario/name where several scenarios have it");

  /** A simulated target whose differences have the file's names. */
  record Named(int servers, Simulate.Answer answer, Map<String, Simulate.Difference> differences) {}

  static final ObjectType<Named> TYPE =
      new ObjectType<>(
          "`simulate`",
          List.of(SERVERS, LATENCY, ERRORS, STATUS, BYTES, HEADERS, BODY, REQUESTS),
          Simulating::named);

  private Simulating() {}

  private static Map<RequestOutcome, Key<BigDecimal>> errorKeys() {
    final Map<RequestOutcome, Key<BigDecimal>> keys = new EnumMap<>(RequestOutcome.class);
    for (final RequestOutcome outcome : RequestOutcome.values()) {
      if (outcome.isFailure() && outcome != RequestOutcome.INVALID_REQUEST) {
        keys.put(outcome, Key.optional(outcome.key(), PROBABILITY, outcome.text()));
      }
    }
    return keys;
  }

  private static List<Simulation.ErrorRate> errorRates(final Values v) {
    final List<Simulation.ErrorRate> rates = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (final Map.Entry<RequestOutcome, Key<BigDecimal>> error : ERROR_KEYS.entrySet()) {
      if (v.has(error.getValue()) && v.get(error.getValue()).signum() > 0) {
        final BigDecimal probability = v.get(error.getValue());
        sum = sum.add(probability);
        rates.add(new Simulation.ErrorRate(error.getKey(), probability.doubleValue()));
      }
    }
    return sum.compareTo(BigDecimal.ONE) > 0
        ? v.in().conflict(v.offset(), "the probabilities add up to " + sum + ", at most 1")
        : rates;
  }

  private static Named named(final Values v) {
    final Simulate.Answer answer =
        new Simulate.Answer(
            v.get(LATENCY),
            v.get(ERRORS),
            v.get(STATUS).intValue(),
            v.get(BYTES),
            v.get(HEADERS),
            v.get(BODY));
    return new Named(v.get(SERVERS).intValue(), answer, v.get(REQUESTS));
  }

  private static Simulate.Difference difference(final Values v) {
    return new Simulate.Difference(
        Optional.ofNullable(v.get(OWN_LATENCY)),
        Optional.ofNullable(v.get(OWN_ERRORS)),
        v.has(STATUS) ? OptionalInt.of(v.get(STATUS).intValue()) : OptionalInt.empty(),
        v.has(BYTES) ? OptionalLong.of(v.get(BYTES)) : OptionalLong.empty(),
        v.has(HEADERS) ? Optional.of(v.get(HEADERS)) : Optional.empty(),
        v.has(BODY) ? Optional.of(v.get(BODY)) : Optional.empty());
  }
}
