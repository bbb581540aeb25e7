package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Simulate;
import io.lockstep.scenario.model.Simulate.RequestName;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The language from its root: a whole file. */
public final class TestLanguage {
  private static final long DEFAULT_SEED = 1;
  private static final long DEFAULT_TICK_NS = 100_000;
  private static final long DEFAULT_TIMEOUT_NS = 30_000_000_000L;

  private static final Key<String> NAME =
      Key.required(
          "name",
          new TextType("a name", false, NameRules::nameFault),
          "what results call the test");
  private static final Key<Long> SEED =
      Key.optional(
          "seed",
          new IntegerType("an integer of 64 bits", Long.MIN_VALUE, Long.MAX_VALUE),
          DEFAULT_SEED,
          "1",
          "seed of everything random; `--seed` overrides it");
  private static final Key<Long> TICK =
      Key.optional(
          "tick",
          UnitType.duration(1_000, 1_000_000_000),
          DEFAULT_TICK_NS,
          "100us",
          "the engine's quantum of time; durations are rounded up to it");
  private static final Key<Target> TARGET =
      Key.optional(
          "target",
          new TargetType(),
          "base URL of all requests; can be left out where `simulate` is there");
  private static final Key<Long> TIMEOUT =
      Key.optional(
          "timeout",
          Requests.TIMEOUT_TYPE,
          DEFAULT_TIMEOUT_NS,
          "30s",
          "longest time to a complete response");
  private static final Key<List<Header>> HEADERS =
      Key.optional("headers", Requests.HEADERS_TYPE, List.of(), "{}", "headers of all requests");
  private static final Key<Connections> CONNECTIONS =
      Key.optional(
          "connections", Connecting.TYPE, Connecting.DEFAULT, "{}", "how VUs share connections");
  private static final Key<Map<String, Scenarios.Body>> SCENARIOS =
      Key.required(
          "scenarios",
          Scenarios.TYPE,
          "what groups of users do; all start at once, unless they say otherwise");
  private static final Key<Simulating.Named> SIMULATE =
      Key.optional("simulate", Simulating.TYPE, "a target that the engine models, in virtual time");

  private static final ObjectType<Draft> TYPE =
      new ObjectType<>(
          "a scenario file",
          List.of(NAME, SEED, TICK, TARGET, TIMEOUT, HEADERS, CONNECTIONS, SCENARIOS, SIMULATE),
          List.of(
              new Rule(List.of(SCENARIOS), TestLanguage::vusCanBeCounted),
              new Rule(
                  List.of(SCENARIOS),
                  v -> Sequences.check(v.get(SCENARIOS), (MapNode) v.node(SCENARIOS), v.in()))),
          TestLanguage::draft);

  /** A file read, before names in one part of it are looked up in another. */
  private record Draft(LoadTest test, Optional<Simulating.Named> simulate) {}

  private TestLanguage() {}

  /** The declaration of a whole file. */
  public static ObjectType<?> type() {
    return TYPE;
  }

  /** The model of a tree; empty where it has errors, which the diagnostics then say. */
  public static Optional<LoadTest> read(final Node root, final Diagnostics diagnostics) {
    final Reading in = new Reading(diagnostics);
    final Map<String, RequestName> requestByKey = checkWhole(root, in);
    final Draft draft = TYPE.read(root, in);
    if (draft == null || diagnostics.hasErrors()) {
      return Optional.empty();
    }
    final LoadTest test = resolve(draft, requestByKey);
    Warnings.tooFewVus(test, (MapNode) root, in);
    return Optional.of(test);
  }

  /**
   * The target that a single text means; empty where it means none, which the diagnostics then say.
   */
  public static Optional<Target> readTarget(final String url, final Diagnostics diagnostics) {
    final Node node = new ScalarNode(0, ScalarNode.Kind.TEXT, url);
    return Optional.ofNullable(TARGET.type().read(node, new Reading(diagnostics)));
  }

  /** Rules over several parts that can be checked whatever errors the parts have. */
  private static Map<String, RequestName> checkWhole(final Node root, final Reading in) {
    if (!(root instanceof MapNode map)) {
      return Map.of();
    }
    if (map.get(TARGET.name()) == null && map.get(SIMULATE.name()) == null) {
      in.missing(
          map.offset(),
          "a scenario file needs `target` or `simulate`",
          TARGET.description() + ": " + TARGET.type().expected());
    }
    final Node scenarios = map.get(SCENARIOS.name());
    final RequestNames names = new RequestNames(scenarios);
    names.reportRepeated(in);
    if (names.count() > Scenarios.MAX_REQUESTS) {
      in.tooMany(
          scenarios.offset(),
          "the file has " + names.count() + " requests, at most " + Scenarios.MAX_REQUESTS);
    }
    return map.get(SIMULATE.name()) instanceof MapNode simulate
        ? names.resolve(simulate.get(Simulating.REQUESTS_KEY), in)
        : Map.of();
  }

  private static boolean vusCanBeCounted(final Values v) {
    final long vus =
        v.get(SCENARIOS).values().stream().mapToLong(scenario -> scenario.load().vus()).sum();
    if (vus > Integer.MAX_VALUE) {
      v.in()
          .conflict(
              v.offset(SCENARIOS),
              "the scenarios have " + vus + " VUs together, at most " + Integer.MAX_VALUE);
      return false;
    }
    return true;
  }

  private static Draft draft(final Values v) {
    final List<Scenario> scenarios =
        v.get(SCENARIOS).entrySet().stream().map(e -> scenario(e.getKey(), e.getValue())).toList();
    final LoadTest test =
        new LoadTest(
            v.get(NAME),
            v.get(SEED),
            v.get(TICK),
            Optional.ofNullable(v.get(TARGET)),
            v.get(TIMEOUT),
            v.get(HEADERS),
            v.get(CONNECTIONS),
            scenarios,
            Optional.empty());
    return new Draft(test, Optional.ofNullable(v.get(SIMULATE)));
  }

  private static Scenario scenario(final String name, final Scenarios.Body body) {
    return new Scenario(
        name, body.load(), body.think(), body.requests(), body.flow(), body.timing());
  }

  private static LoadTest resolve(final Draft draft, final Map<String, RequestName> requestByKey) {
    return draft
        .simulate()
        .map(named -> draft.test().with(simulate(named, requestByKey)))
        .orElse(draft.test());
  }

  private static Simulate simulate(
      final Simulating.Named named, final Map<String, RequestName> requestByKey) {
    final Map<RequestName, Simulate.Difference> differences = new HashMap<>();
    named.differences().forEach((key, value) -> differences.put(requestByKey.get(key), value));
    return new Simulate(named.servers(), named.answer(), differences);
  }
}
