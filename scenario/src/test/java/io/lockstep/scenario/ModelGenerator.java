package io.lockstep.scenario;

import io.lockstep.scenario.compile.PlanCompiler;
import io.lockstep.scenario.data.Tables;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadProfile.Stage;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.model.ScenarioTiming.Throttle;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.model.Simulate;
import io.lockstep.scenario.model.Simulate.RequestName;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.model.Templates;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.ResponseUse;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.Expression;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.MetricUnit;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.plan.metric.Threshold;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws any valid model from a seed. All generators of this module's properties are here. */
final class ModelGenerator {
  private static final String ODD = " äß☃😀'\"\\:#{}[]&*!|>%@`,?-~\t\n";
  private static final long[] UNITS = {1, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L};

  private final Random random;
  private int requestCount;

  /** A scenario that another one can come after. */
  private String namedWithEnd;

  private final UseGenerator uses;

  ModelGenerator(final long seed) {
    this.random = new Random(seed);
    uses = new UseGenerator(random);
  }

  LoadTest test() {
    final List<Scenario> scenarios = new ArrayList<>();
    final int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      scenarios.add(scenario(i));
    }
    final boolean live = random.nextBoolean();
    return new LoadTest(
        "n" + oddText(20).strip().replaceAll("[\t\n]", "_") + "n",
        random.nextLong(),
        1_000L * (1 + random.nextInt(1_000_000)),
        live ? Optional.of(target()) : Optional.empty(),
        duration(1),
        headers(),
        ModelConnections.random(random),
        feeders(),
        scenarios,
        thresholds(scenarios),
        !live || random.nextBoolean() ? Optional.of(simulate(scenarios)) : Optional.empty(),
        secrets(),
        recording(scenarios));
  }

  /** Keeps bodies where a request reads one. */
  private Recording recording(final List<Scenario> scenarios) {
    final boolean read =
        scenarios.stream()
            .flatMap(AllRequests::of)
            .anyMatch(request -> request.use().capture() == Capture.BODY);
    final Recording.Bodies bodies = pick(Recording.Bodies.values());
    return random.nextBoolean() || (read && bodies == Recording.Bodies.NONE)
        ? Recording.DEFAULT
        : new Recording(bodies, 1 + random.nextInt(Recording.MAX_BODY_BYTES));
  }

  private List<Secret> secrets() {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(
            i ->
                new Secret(
                    "s" + i,
                    random.nextBoolean()
                        ? new Secret.Environment("V" + random.nextInt(10))
                        : new Secret.File("f" + random.nextInt(10) + "/k.txt")))
        .toList();
  }

  /** The plan of a model whose data is all in the file. */
  static Plan compile(final LoadTest test) {
    return PlanCompiler.compile(
        test,
        test.feeders().stream()
            .map(feeder -> Tables.of((Feeder.InlineRows) feeder.rows()))
            .toList());
  }

  private List<Feeder> feeders() {
    final List<Feeder> feeders = new ArrayList<>();
    final int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      final FeederPlan.Mode mode = pick(FeederPlan.Mode.values());
      final FeederPlan.AtEnd atEnd =
          switch (mode) {
            case RANDOM -> FeederPlan.AtEnd.RECYCLE;
            case UNIQUE -> pick(FeederPlan.AtEnd.STOP_VU, FeederPlan.AtEnd.STOP_TEST);
            default -> pick(FeederPlan.AtEnd.values());
          };
      feeders.add(new Feeder("f_" + i, inlineRows(), mode, pick(FeederPlan.Per.values()), atEnd));
    }
    return feeders;
  }

  private Feeder.InlineRows inlineRows() {
    final List<String> columns = new ArrayList<>();
    final int width = 1 + random.nextInt(3);
    for (int i = 0; i < width; i++) {
      columns.add("c" + i + oddText(5).replaceAll("[\t\n]", "_") + ".");
    }
    final List<List<String>> rows = new ArrayList<>();
    final int height = 1 + random.nextInt(3);
    for (int i = 0; i < height; i++) {
      rows.add(columns.stream().map(column -> oddText(6)).toList());
    }
    return new Feeder.InlineRows(columns, rows);
  }

  @SafeVarargs
  private final <T> T pick(final T... values) {
    return values[random.nextInt(values.length)];
  }

  private Target target() {
    final String host = random.nextBoolean() ? "h-" + random.nextInt(100) + ".test" : "::1";
    return new Target(
        false, host, 1 + random.nextInt(65_535), random.nextBoolean() ? "" : "/a/" + token());
  }

  private Scenario scenario(final int index) {
    final String name = "s" + index + "_" + token();
    final LoadProfile load = load();
    requestCount = 0;
    final boolean lasting = load.vusLast();
    final boolean steps = random.nextBoolean();
    final Flow flow =
        new Flow(
            lasting && random.nextInt(4) == 0 ? steps(2) : List.of(),
            steps ? steps(3) : List.of(),
            lasting && random.nextInt(4) == 0 ? steps(2) : List.of());
    final List<Request> requests = new ArrayList<>();
    final int count = steps ? 0 : 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      requests.add(request(1 + random.nextInt(1_000_000_000)));
    }
    final Optional<Distribution> think =
        steps || random.nextInt(3) == 0 ? Optional.empty() : Optional.of(distribution());
    final ScenarioTiming timing = timing(index, load);
    namedWithEnd = load.planNs().isPresent() ? name : namedWithEnd;
    return new Scenario(name, load, think, tags(), requests, flow, timing, uses.browsing());
  }

  private List<Step> steps(final int depth) {
    final List<Step> steps = new ArrayList<>();
    final int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      steps.add(random.nextInt(3) == 0 ? new Step.Ask(request(1)) : step(depth));
    }
    return steps;
  }

  private Step step(final int depth) {
    final Optional<String> id =
        random.nextInt(3) == 0 ? Optional.of("id " + random.nextInt(3)) : Optional.empty();
    return switch (random.nextInt(depth > 0 ? 10 : 5)) {
      case 0 -> new Step.Think(id, distribution());
      case 1 -> new Step.Pace(id, distribution());
      case 2 -> new Step.Parallel(id, 1 + random.nextInt(100), requests());
      case 3 -> new Step.Rendezvous(id, 1 + random.nextInt(100), duration(1));
      case 4 -> new Step.Stop(id, pick(Step.What.values()));
      case 5 -> new Step.Group("g " + random.nextInt(3), steps(depth - 1));
      case 6 -> choose(id, depth);
      case 7 -> new Step.Repeat(id, 1L + random.nextInt(1_000_000_000), steps(depth - 1));
      case 8 -> new Step.During(id, duration(1), steps(depth - 1));
      default -> new Step.Retry(id, 1 + random.nextInt(255), backoff(), steps(depth - 1));
    };
  }

  private Step choose(final Optional<String> id, final int depth) {
    final Step.Manner manner = pick(Step.Manner.values());
    final List<Step.Option> options = new ArrayList<>();
    final int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      options.add(
          new Step.Option(
              random.nextBoolean() ? Optional.of("o" + i) : Optional.empty(),
              manner == Step.Manner.WEIGHTED ? 1L + random.nextInt(9) : 1,
              random.nextInt(4) == 0 ? List.of() : steps(depth - 1)));
    }
    return new Step.Choose(id, manner, options);
  }

  private Step.Backoff backoff() {
    return random.nextBoolean()
        ? Step.Backoff.NONE
        : new Step.Backoff(
            duration(0), 1 + random.nextInt(100) / 10.0, duration(0), random.nextBoolean());
  }

  private List<Request> requests() {
    final List<Request> requests = new ArrayList<>();
    final int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      requests.add(request(1));
    }
    return requests;
  }

  private ScenarioTiming timing(final int index, final LoadProfile load) {
    if (random.nextBoolean()) {
      return ScenarioTiming.PLAIN;
    }
    return new ScenarioTiming(
        duration(0),
        index == 0 || namedWithEnd == null ? Optional.empty() : Optional.of(namedWithEnd),
        0,
        load.isOpen() ? 0 : random.nextInt(3) * 50_000_000L,
        random.nextBoolean()
            ? Optional.of(new Throttle(1 + random.nextInt(1_000), 1 + random.nextInt(9)))
            : Optional.empty());
  }

  private LoadProfile load() {
    final int vus = 1 + random.nextInt(1_000_000);
    return switch (random.nextInt(8)) {
      case 0 -> new LoadProfile.ConstantVus(vus, duration(1), duration(0));
      case 1 -> new LoadProfile.PerVuIterations(vus, iterations(), maxDuration(), duration(0));
      case 2 -> new LoadProfile.SharedIterations(vus, iterations(), maxDuration(), duration(0));
      case 3 -> new LoadProfile.RampingVus(random.nextInt(9), stages(), duration(0), duration(0));
      case 4 ->
          new LoadProfile.RampingArrivalRate(
              random.nextInt(9), 1_000_000_000L, stages(), vus, arrivals(), duration(0));
      case 5 ->
          new LoadProfile.ExternallyControlled(
              1 + random.nextInt(vus),
              vus,
              random.nextBoolean() ? OptionalLong.of(1 + random.nextInt(99)) : OptionalLong.empty(),
              1_000_000_000L,
              duration(1),
              duration(0));
      case 6 ->
          new LoadProfile.Capacity(
              1 + random.nextInt(9),
              1 + random.nextInt(9),
              10 + random.nextInt(9),
              1_000_000_000L,
              duration(1),
              vus,
              arrivals(),
              new Load.Objective(1 + duration(0), random.nextInt(1_000_000_001)),
              duration(0));
      default ->
          new LoadProfile.ConstantArrivalRate(
              1 + random.nextInt(1_000), 1_000_000_000L, duration(1), vus, arrivals(), duration(0));
    };
  }

  private long iterations() {
    return 1L + random.nextInt(1_000_000_000);
  }

  private OptionalLong maxDuration() {
    return random.nextBoolean() ? OptionalLong.of(duration(1)) : OptionalLong.empty();
  }

  private Load.ArrivalProcess arrivals() {
    return random.nextBoolean() ? Load.ArrivalProcess.UNIFORM : Load.ArrivalProcess.POISSON;
  }

  private List<Stage> stages() {
    final List<Stage> stages = new ArrayList<>();
    final int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      stages.add(new Stage(duration(0), random.nextInt(50)));
    }
    stages.add(new Stage(duration(1), 1 + random.nextInt(50)));
    return stages;
  }

  private Request request(final long weight) {
    final String[] methods = {"GET", "POST", "M-SEARCH", "HEAD"};
    final ResponseUse use = random.nextInt(3) == 0 ? uses.use() : ResponseUse.NONE;
    return new Request(
        "r" + requestCount++ + oddText(8).replaceAll("[\t\n]", "_") + ".",
        weight,
        methods[random.nextInt(methods.length)],
        "/" + token() + (random.nextBoolean() ? "?q=%20&a={b}'\"" : ""),
        headers(),
        random.nextBoolean() ? "" : oddText(40),
        random.nextBoolean() ? OptionalLong.of(duration(1)) : OptionalLong.empty(),
        tags(),
        use,
        Templates.NONE,
        UseGenerator.conditions(use));
  }

  private List<Tag> tags() {
    final List<Tag> tags = new ArrayList<>();
    final int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      tags.add(new Tag("t" + i, token()));
    }
    return tags;
  }

  /** Of every metric that may have samples, in the metric's own units. */
  private List<Threshold> thresholds(final List<Scenario> scenarios) {
    final List<Threshold> thresholds = new ArrayList<>();
    final boolean hasGroups = scenarios.toString().contains("Group[");
    for (final Metric metric : Metric.values()) {
      final boolean hasSamples =
          metric != Metric.CHECKS
              && metric != Metric.STARTS_FAILED
              && metric != Metric.STOPS_FAILED
              && (metric != Metric.GROUP_DURATION || hasGroups);
      if (hasSamples && random.nextInt(4) == 0) {
        final List<Tag> tags =
            random.nextBoolean()
                ? List.of()
                : List.of(
                    new Tag("scenario", scenarios.get(random.nextInt(scenarios.size())).name()));
        final Selector selector = new Selector(metric.key(), tags);
        final int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
          thresholds.add(threshold(metric, selector));
        }
      }
    }
    return thresholds;
  }

  private Threshold threshold(final Metric metric, final Selector selector) {
    final List<Aggregation> all = metric.kind().aggregations();
    final Aggregation aggregation = all.get(random.nextInt(all.size()));
    final boolean percentile = aggregation == Aggregation.PERCENTILE;
    final int thousandths = random.nextInt(100_001);
    final boolean share = metric.kind() == MetricKind.RATE;
    final boolean time = metric.unit() == MetricUnit.TIME && aggregation != Aggregation.COUNT;
    final int number = share ? random.nextInt(101) : random.nextInt(1_000_000);
    final String text =
        (percentile ? "p(" + BigDecimal.valueOf(thousandths, 3) + ")" : aggregation.key())
            + "<"
            + number
            + (share ? "%" : time ? "us" : "");
    return new Threshold(
        selector,
        new Expression(
            aggregation,
            percentile ? thousandths / 1_000.0 : aggregation == Aggregation.MED ? 50 : 0,
            Comparison.LESS,
            share ? number / 100.0 : time ? number * 1_000.0 : number,
            text),
        random.nextInt(9) == 0 ? 1_000_000_000L + duration(0) : Threshold.WHOLE,
        random.nextBoolean(),
        0);
  }

  private List<Header> headers() {
    final List<Header> headers = new ArrayList<>();
    final int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      final String name = (random.nextBoolean() ? "X-" : "x-") + "#" + i;
      headers.add(new Header(name, random.nextBoolean() ? "" : "a: 'b' \"" + token() + "\""));
    }
    return headers;
  }

  private Distribution distribution() {
    final long a = duration(0);
    return switch (random.nextInt(6)) {
      case 0 -> new Distribution.Constant(a);
      case 1 -> new Distribution.Uniform(a, a + duration(0));
      case 2 -> new Distribution.Normal(a, duration(0));
      case 3 -> new Distribution.Exponential(a);
      case 4 -> new Distribution.LogNormal(a, random.nextInt(10_001) / 1_000.0);
      default -> empirical();
    };
  }

  private Distribution empirical() {
    final int count = 1 + random.nextInt(5);
    final long[] values = new long[count];
    final long[] weights = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = duration(0);
      weights[i] = 1L + random.nextInt(1_000_000_000);
    }
    return new Distribution.Empirical(LongArray.of(values), LongArray.of(weights));
  }

  private Simulate simulate(final List<Scenario> scenarios) {
    final Map<RequestName, Simulate.Difference> differences = new HashMap<>();
    for (final Scenario scenario : scenarios) {
      for (final Request request : scenario.requests()) {
        if (random.nextInt(3) == 0) {
          differences.put(new RequestName(scenario.name(), request.name()), difference());
        }
      }
    }
    return new Simulate(
        random.nextBoolean() ? Simulation.UNLIMITED : 1 + random.nextInt(100),
        new Simulate.Answer(
            distribution(),
            errors(),
            200 + random.nextInt(400),
            random.nextInt(1 << 30),
            headers(),
            random.nextBoolean() ? "" : oddText(40)),
        differences);
  }

  private Simulate.Difference difference() {
    return new Simulate.Difference(
        random.nextBoolean() ? Optional.of(distribution()) : Optional.empty(),
        random.nextBoolean() ? Optional.of(errors()) : Optional.empty(),
        random.nextBoolean() ? OptionalInt.of(404) : OptionalInt.empty(),
        random.nextBoolean() ? OptionalLong.of(random.nextInt(9_999)) : OptionalLong.empty(),
        random.nextBoolean() ? Optional.of(headers()) : Optional.empty(),
        random.nextBoolean() ? Optional.of(oddText(9)) : Optional.empty());
  }

  private List<Simulation.ErrorRate> errors() {
    final List<Simulation.ErrorRate> errors = new ArrayList<>();
    for (final RequestOutcome outcome : RequestOutcome.values()) {
      final boolean possible = outcome.isFailure() && outcome != RequestOutcome.INVALID_REQUEST;
      if (possible && random.nextInt(4) == 0) {
        errors.add(new Simulation.ErrorRate(outcome, (1 + random.nextInt(600)) / 10_000.0));
      }
    }
    return errors;
  }

  /** From {@code min} up to an hour, in any unit. */
  private long duration(final long min) {
    return min + UNITS[random.nextInt(UNITS.length)] * random.nextInt(60);
  }

  private String token() {
    final StringBuilder token = new StringBuilder();
    final int length = 1 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      token.append((char) ('a' + random.nextInt(26)));
    }
    return token.toString();
  }

  private String oddText(final int maxLength) {
    final int[] odd = ODD.codePoints().toArray();
    final StringBuilder text = new StringBuilder();
    final int length = random.nextInt(maxLength);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(random.nextBoolean() ? odd[random.nextInt(odd.length)] : 'a' + i % 26);
    }
    return text.toString();
  }
}
