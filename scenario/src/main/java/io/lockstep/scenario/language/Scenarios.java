package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scenarios of a file, still without their names. */
final class Scenarios {
  static final int MAX_SCENARIOS = 1_000;

  /** In all scenarios together. */
  static final int MAX_REQUESTS = 10_000;

  static final String LOAD_KEY = "load";
  static final String REQUESTS_KEY = "requests";

  private static final Key<LoadProfile> LOAD =
      Key.required(LOAD_KEY, Loads.TYPE, "who starts iterations, and when");
  private static final Key<Distribution> THINK =
      Key.optional("think", Distributions.TYPE, "pause after each request; none by default");
  private static final Key<List<Request>> REQUESTS =
      Key.required(
          REQUESTS_KEY,
          new ListType<>("requests", Requests.TYPE, MAX_REQUESTS),
          "an iteration makes one of them, chosen by weight");

  /** A scenario without its name. */
  record Body(
      LoadProfile load,
      Optional<Distribution> think,
      List<Request> requests,
      ScenarioTiming timing) {}

  private static final ObjectType<Body> BODY =
      new ObjectType<>("a scenario", keys(), Timings.rules(LOAD), Scenarios::body);

  static final MapType<Body> TYPE =
      new MapType<>("scenarios", NameRules::scenarioNameFault, BODY, 1, MAX_SCENARIOS);

  private Scenarios() {}

  private static List<Key<?>> keys() {
    final List<Key<?>> keys = new ArrayList<>(List.of(LOAD));
    keys.addAll(Timings.KEYS);
    keys.addAll(List.of(THINK, REQUESTS));
    return keys;
  }

  private static Body body(final Values v) {
    final boolean pauses = v.has(THINK) || Timings.slow(v);
    if (!pauses && !v.get(LOAD).isOpen()) {
      v.in()
          .warn(
              Diagnostic.Kind.NO_THINK_TIME,
              v.offset(LOAD),
              "without `think`, each VU sends its next request as soon as the last one has ended",
              "add `think: 1s` for users who pause, or `think: 0s` to say that this is meant");
    }
    return new Body(
        v.get(LOAD), Optional.ofNullable(v.get(THINK)), v.get(REQUESTS), Timings.timing(v));
  }
}
