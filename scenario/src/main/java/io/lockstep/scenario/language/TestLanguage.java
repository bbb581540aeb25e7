package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.document.DocumentKeys;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.model.Simulate;
import io.lockstep.scenario.model.Simulate.RequestName;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.Tls;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.PartType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The language from its root: a whole file. */
public final class TestLanguage {
  static final int MAX_ENVIRONMENTS = 1_000;

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
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
  private static final Key<Long> CLOCK =
      Key.optional(
          "clock",
          Moments.TYPE,
          "the time at which a run starts, for `now()` and `date()`; by default the moment at which it"
              + " does, and 2026-01-01T00:00:00Z where it is simulated");
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
  static final Key<RequestHeadersType.Read> HEADERS =
      Key.optional(
          "headers",
          Requests.HEADERS_TYPE,
          RequestHeadersType.Read.NONE,
          "{}",
          "headers of all requests");
  private static final Key<Connections> CONNECTIONS =
      Key.optional(
          "connections", Connecting.TYPE, Connecting.DEFAULT, "{}", "how VUs share connections");
  static final Key<Tls> TLS =
      Key.optional(
          Securing.BLOCK,
          Securing.TYPE,
          Tls.DEFAULT,
          "{}",
          "how connections to an `https://` target are secured");
  static final Key<Map<String, Feeders.Body>> DATA =
      Key.optional(
          "data", Feeders.TYPE, Map.of(), "{}", "feeders by name: rows of data for requests");
  private static final Key<Map<String, Scenarios.Body>> SCENARIOS =
      Key.required(
          Scenarios.KEY_NAME,
          Scenarios.TYPE,
          "what groups of users do; all start at once, unless they say otherwise");
  private static final Key<Map<String, List<Thresholds.Draft>>> THRESHOLDS =
      Key.optional(
          Thresholds.KEY,
          Thresholds.TYPE,
          Map.of(),
          "{}",
          "what a run must keep to pass, by metric; exit code 99 where it does not");
  private static final Key<Simulating.Named> SIMULATE =
      Key.optional("simulate", Simulating.TYPE, "a target that the engine models, in virtual time");

  static final Key<Recording> RECORD =
      Key.optional(
          "record",
          Recordings.TYPE,
          Recording.DEFAULT,
          "{}",
          "what the journal keeps of responses");

  static final Key<Map<String, Secret.Origin>> SECRETS =
      Key.optional(
          "secrets", Secrecy.TYPE, Map.of(), "{}", "values that no file and no result may show");

  /** The keys of a file and of an environment alike. */
  private static final List<Key<?>> KEYS =
      List.of(
          NAME,
          SEED,
          TICK,
          CLOCK,
          TARGET,
          TIMEOUT,
          HEADERS,
          Authentication.AUTH,
          Authentication.TRACEPARENT,
          CONNECTIONS,
          TLS,
          SECRETS,
          Variables.KEY,
          DATA,
          SCENARIOS,
          Once.SETUP,
          Once.SETUP_TIMEOUT,
          Once.TEARDOWN,
          Once.TEARDOWN_TIMEOUT,
          Measuring.KEY,
          THRESHOLDS,
          SIMULATE,
          RECORD);

  private static final Key<Map<String, Object>> ENVIRONMENTS =
      Key.optional(
          DocumentKeys.ENV_NAME,
          new MapType<>(
              "environments",
              NameRules::scenarioNameFault,
              new PartType(new ObjectType<>("an environment", KEYS, v -> v)),
              0,
              MAX_ENVIRONMENTS),
          "what is laid over the file where `--env` names it");

  /** Keys that start so are the file's own, such as a place for anchors. */
  private static final String IGNORED = "x-";

  private static final ObjectType<Draft> TYPE =
      new ObjectType<Draft>(
              "a scenario file",
              Stream.concat(KEYS.stream(), Stream.<Key<?>>of(DocumentKeys.INCLUDE, ENVIRONMENTS))
                  .toList(),
              rules(),
              TestLanguage::draft)
          .ignoring(IGNORED);

  /** A file read, before names in one part of it are looked up in another. */
  private record Draft(LoadTest test, Optional<Simulating.Named> simulate) {}

  private TestLanguage() {}

  private static List<Rule> rules() {
    final List<Rule> rules =
        new ArrayList<>(
            List.of(
                Authentication.apartFrom(HEADERS, Authentication.AUTH),
                new Rule(List.of(SCENARIOS), TestLanguage::vusCanBeCounted),
                new Rule(
                    List.of(THRESHOLDS),
                    v -> Thresholds.windowsFit(v.node(THRESHOLDS), v.get(THRESHOLDS), v.in())),
                new Rule(
                    List.of(SCENARIOS, THRESHOLDS),
                    v ->
                        Thresholds.checksExist(
                            v.node(THRESHOLDS), v.get(SCENARIOS).values(), v.in())),
                new Rule(List.of(SCENARIOS, RECORD), TestLanguage::bodiesAreKept),
                new Rule(
                    List.of(TLS, SECRETS),
                    v ->
                        v.in().isPart()
                            || Securing.passwordExists(
                                v.get(TLS), v.node(TLS), v.get(SECRETS).keySet(), v)),
                new Rule(
                    List.of(SECRETS),
                    v ->
                        v.in().isPart()
                            || !v.has(SECRETS)
                            || Tokens.clientsExist(
                                v.get(SECRETS), (MapNode) v.node(SECRETS), v.in())),
                new Rule(
                    List.of(CONNECTIONS, SECRETS),
                    v ->
                        v.in().isPart()
                            || Routing.passwordExists(
                                v.get(CONNECTIONS).opening().route(),
                                v.node(CONNECTIONS),
                                v.get(SECRETS).keySet(),
                                v)),
                new Rule(
                    List.of(SCENARIOS, Variables.KEY),
                    v -> Variables.areDistinct(v.get(SCENARIOS), v)),
                new Rule(
                    List.of(SCENARIOS),
                    v -> Sequences.check(v.get(SCENARIOS), (MapNode) v.node(SCENARIOS), v.in()))));
    rules.addAll(Once.rules(SCENARIOS));
    return rules;
  }

  /** The declaration of a whole file. */
  public static ObjectType<?> type() {
    return TYPE;
  }

  /**
   * The JSON Schema of a whole file; one that includes others need not be whole itself.
   *
   * @param part whether it is of a file that others include, and need not be whole anyway
   */
  public static Schema schema(final boolean part) {
    return Schemas.document(
        part ? "Part of a Lockstep scenario" : "Lockstep scenario",
        DIALECT,
        in -> {
          if (part) {
            return in.ofPart(TYPE);
          }
          final Schema whole = in.ofWhole(TYPE);
          final Schema includes =
              Schema.any().with("required", List.of(DocumentKeys.INCLUDE.name()));
          return Schema.any()
              .with("if", includes)
              .with("then", in.ofPart(TYPE))
              .with("else", whole);
        });
  }

  /** Reports what is wrong in a tree that is only a part: because files are missing. */
  public static void checkPart(final Node root, final Diagnostics diagnostics) {
    TYPE.read(root, new Reading(diagnostics).ofPart());
  }

  /** Reports what is wrong in the environments, whichever is chosen. */
  public static void checkEnvironments(final Node environments, final Diagnostics diagnostics) {
    ENVIRONMENTS.type().read(environments, new Reading(diagnostics).ofPart());
  }

  /** The model of a tree; empty where it has errors, which the diagnostics then say. */
  public static Optional<LoadTest> read(final Node root, final Diagnostics diagnostics) {
    final Reading in = new Reading(diagnostics);
    final Map<String, RequestName> requestByKey = checkWhole(root, in);
    final Draft draft = TYPE.read(root, in);
    if (draft == null && root instanceof MapNode map) {
      Sequences.waiting(map.get(SCENARIOS.name()), in);
    }
    if (draft == null || diagnostics.hasErrors()) {
      return Optional.empty();
    }
    final LoadTest test = resolve(draft, requestByKey);
    Warnings.tooFewVus(test, (MapNode) root, in);
    return Optional.of(test);
  }

  /** Where a feeder's file is named. */
  public static int dataFileOffset(final Node root, final String feeder) {
    final MapNode feeders = (MapNode) ((MapNode) root).get(DATA.name());
    return ((MapNode) feeders.get(feeder)).get(Feeders.FILE_KEY).offset();
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
    final RequestNames names = new RequestNames(map);
    names.reportRepeated(in);
    if (names.count() > Scenarios.MAX_REQUESTS) {
      in.tooMany(
          scenarios.offset(),
          "the file has " + names.count() + " requests, at most " + Scenarios.MAX_REQUESTS);
    }
    Measuring.checkSteps(map, Measuring.declared(map.get(Measuring.KEY.name())), in);
    Sequences.checkNames(scenarios, in);
    Thresholds.checkNames(map.get(THRESHOLDS.name()), map, in);
    return scenarios instanceof MapNode && map.get(SIMULATE.name()) instanceof MapNode simulate
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

  /** Whether no request reads a body where none is kept; reports the first that does. */
  private static boolean bodiesAreKept(final Values v) {
    for (final Map.Entry<String, Scenarios.Body> scenario : v.get(SCENARIOS).entrySet()) {
      if (!bodiesAreKept(
          v, scenario.getValue().allRequests(), "scenario `" + scenario.getKey() + "`")) {
        return false;
      }
    }
    return Once.KEYS.stream()
        .filter(v::has)
        .allMatch(once -> bodiesAreKept(v, Steps.requests(v.get(once)), "`" + once.name() + "`"));
  }

  private static boolean bodiesAreKept(
      final Values v, final List<Request> requests, final String place) {
    for (final Request request : requests) {
      final Optional<String> conflict =
          request.use().readsBody()
              ? v.get(RECORD).conflict(request.name(), Capture.BODY)
              : Optional.<String>empty();
      if (conflict.isPresent()) {
        v.in()
            .conflict(
                Recordings.bodiesOffset(v.node(RECORD)),
                conflict.get(),
                "the request is in " + place,
                Recording.BODIES_ADVICE);
        return false;
      }
    }
    return true;
  }

  private static Draft draft(final Values v) {
    final List<Scenario> scenarios =
        v.get(SCENARIOS).entrySet().stream().map(e -> scenario(e.getKey(), e.getValue())).toList();
    final List<CustomMetric> metrics = Measuring.model(v.get(Measuring.KEY));
    final LoadTest test =
        new LoadTest(
            v.get(NAME),
            v.get(SEED),
            v.get(TICK),
            Optional.ofNullable(v.get(TARGET)),
            v.get(TIMEOUT),
            v.get(HEADERS).headers(),
            v.get(CONNECTIONS),
            v.get(DATA).entrySet().stream().map(e -> e.getValue().named(e.getKey())).toList(),
            scenarios,
            Thresholds.model(v.get(THRESHOLDS), metrics),
            Optional.empty(),
            v.get(SECRETS).entrySet().stream()
                .map(e -> new Secret(e.getKey(), e.getValue()))
                .toList(),
            v.get(RECORD),
            v.get(Variables.KEY),
            v.get(HEADERS)
                .templates()
                .with(
                    Optional.ofNullable(v.get(Authentication.AUTH)),
                    Optional.of(v.get(Authentication.TRACEPARENT))),
            Once.phases(v),
            v.get(TLS),
            v.has(CLOCK) ? OptionalLong.of(v.get(CLOCK)) : OptionalLong.empty(),
            metrics);
    return new Draft(test, Optional.ofNullable(v.get(SIMULATE)));
  }

  private static Scenario scenario(final String name, final Scenarios.Body body) {
    return new Scenario(
        name,
        body.load(),
        body.think(),
        body.tags(),
        body.requests(),
        body.flow(),
        body.timing(),
        body.browsing());
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
