package io.lockstep.replay;

import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.Stages;
import io.lockstep.scenario.plan.Think;
import io.lockstep.scenario.plan.Timing;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.Expression;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws whole plans that can be simulated: a seed decides load models, sizes, times and faults. */
public final class RandomPlans {
  private static final long MS = 1_000_000L;
  private static final long TICK_NS = 100_000L;
  private static final RequestOutcome[] FAULTS = {
    RequestOutcome.RESET, RequestOutcome.CONNECT_REFUSED, RequestOutcome.PROTOCOL_VIOLATION
  };

  private final Random random;

  /** Whether all loads are drawn, or those of the first version alone, whose plans tests know. */
  private final boolean everyLoad;

  private final List<ScenarioPlan> scenarios = new ArrayList<>();
  private final List<RequestPlan> requests = new ArrayList<>();
  private final List<Choice> choices = new ArrayList<>();
  private final List<Think> thinks = new ArrayList<>();
  private final List<Simulation.Response> responses = new ArrayList<>();
  private final List<Integer> code = new ArrayList<>();
  private int vus;
  private int shards = 1;

  private RandomPlans(final long seed, final boolean everyLoad) {
    random = new Random(seed);
    this.everyLoad = everyLoad;
  }

  /**
   * The plan of a seed with loads and timings of every kind, for up to so many shards. Where that
   * is more than one, no capacity is searched.
   */
  public static Plan drawAny(final long seed, final int maxVus, final int shards) {
    final RandomPlans plans = new RandomPlans(seed, true);
    plans.shards = shards;
    return plans.plan(seed, maxVus);
  }

  /** The plan of a seed, of up to {@code maxVus} VUs a scenario and some thousand events. */
  public static Plan draw(final long seed, final int maxVus) {
    return new RandomPlans(seed, false).plan(seed, maxVus);
  }

  /** The plan of a seed, whose responses have contents, some of them large, and are recorded. */
  public static Plan drawWithContents(final long seed, final int maxVus) {
    final Plan plan = draw(seed, maxVus);
    final Random random = new Random(~seed);
    final Recording.Bodies[] policies = {Recording.Bodies.ALL, Recording.Bodies.FAILED};
    return withContents(
        plan,
        new Recording(policies[random.nextInt(2)], 1 << (4 + random.nextInt(17))),
        plan.simulation().responses().stream()
            .map(
                response ->
                    response.with(
                        List.of(new Header("X", "y".repeat(random.nextInt(40)))),
                        "b".repeat(random.nextInt(1 << random.nextInt(20))),
                        0))
            .toList());
  }

  /** The same plan with other responses. */
  public static Plan withContents(
      final Plan plan, final Recording recording, final List<Simulation.Response> responses) {
    return plan.with(new Simulation(plan.simulation().servers(), responses))
        .withParts(plan.parts().with(recording));
  }

  /** The plan with thresholds of all sorts, some of which end it. */
  public static Plan withThresholds(final Plan plan, final long seed) {
    final Random random = new Random(seed);
    final List<Threshold> thresholds = new ArrayList<>();
    for (final Metric metric : Metric.values()) {
      if (random.nextInt(3) == 0) {
        final List<Aggregation> all = metric.kind().aggregations();
        final Aggregation aggregation = all.get(random.nextInt(all.size()));
        final double bound =
            metric.kind() == MetricKind.RATE ? random.nextDouble() : random.nextInt(20_000_000);
        thresholds.add(
            new Threshold(
                new Selector(
                    metric.key(),
                    random.nextBoolean() ? List.of() : List.of(new Tag(Tag.SCENARIO, "s0"))),
                new Expression(aggregation, 90, Comparison.LESS, bound, aggregation.form() + "<N"),
                random.nextBoolean() ? Threshold.WHOLE : 10 * MS + random.nextInt(90_000_000),
                random.nextBoolean(),
                random.nextInt(50_000_000)));
      }
    }
    return plan.withMeasures(Measures.of(thresholds));
  }

  private Plan plan(final long seed, final int maxVus) {
    final int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      addScenario(i, maxVus);
    }
    final int servers = random.nextInt(3) == 0 ? 8 + random.nextInt(8) : Simulation.UNLIMITED;
    return new Plan(
        "random",
        seed,
        TICK_NS,
        null,
        new Connections(Connections.PER_VU, 1_000 * MS, 8_192, 1 << 20),
        scenarios,
        requests,
        Program.of(code.stream().mapToInt(Integer::intValue).toArray()),
        choices,
        thinks,
        new Simulation(servers, responses),
        "%064x".formatted(seed));
  }

  private void addScenario(final int index, final int maxVus) {
    final String name = "s" + index;
    final int size = shards + random.nextInt(maxVus);
    final int entry = code.size() / 2;
    scenarios.add(
        new ScenarioPlan(
            index,
            name,
            Site.of("scenario", name),
            everyLoad ? anyLoad(name, size) : load(name),
            entry,
            vus,
            size,
            random.nextInt(2_000),
            everyLoad ? timing() : Timing.PLAIN,
            Browsing.NONE));
    vus += size;
    final int count = 1 + random.nextInt(4);
    final List<Long> targets = new ArrayList<>();
    emit(Program.CHOOSE, choices.size());
    final int end = entry + 1 + 2 * count;
    for (int i = 0; i < count; i++) {
      targets.add((long) code.size() / 2);
      emit(Program.REQUEST, requests.size());
      emit(Program.JUMP, end);
      addRequest(index, name, "r" + i);
    }
    choices.add(
        new Choice(
            Site.of(name, "choice"),
            LongArray.of(random.longs(count, 1, 9).toArray()),
            LongArray.of(targets.stream().mapToLong(Long::longValue).toArray())));
    if (random.nextBoolean()) {
      emit(Program.THINK, thinks.size());
      thinks.add(new Think(Site.of(name, "think"), latency()));
    }
    emit(Program.END, 0);
  }

  private void emit(final int operation, final int argument) {
    Collections.addAll(code, operation, argument);
  }

  private Load load(final String name) {
    return switch (random.nextInt(3)) {
      case 0 -> new Load.Closed(Load.UNLIMITED, 1 + random.nextInt(8));
      case 1 -> new Load.Closed(100 + random.nextInt(1_000), Load.UNLIMITED);
      default ->
          new Load.Open(
              1 + random.nextInt(2_000),
              1_000 * MS,
              1_000 + random.nextInt(3_000),
              random.nextBoolean() ? Load.ArrivalProcess.UNIFORM : Load.ArrivalProcess.POISSON,
              Site.of(name, "arrivals"));
    };
  }

  private Load anyLoad(final String name, final int size) {
    final long site = Site.of(name, "arrivals");
    final Load.ArrivalProcess process =
        random.nextBoolean() ? Load.ArrivalProcess.UNIFORM : Load.ArrivalProcess.POISSON;
    return switch (random.nextInt(shards == 1 ? 6 : 5)) {
      case 0 -> load(name);
      case 1 ->
          new Load.SharedIterations(
              1 + random.nextInt(200),
              random.nextBoolean() ? Load.UNLIMITED : 100 + random.nextInt(500));
      case 2 -> new Load.RampingVus(random.nextInt(size + 1), stages(size), random.nextInt(300));
      case 3 ->
          new Load.RampingRate(random.nextInt(3_000), 1_000 * MS, stages(3_000), process, site);
      case 4 ->
          new Load.Controlled(
              random.nextInt(size + 1),
              random.nextBoolean() ? Load.Controlled.CLOSED : random.nextInt(2_000),
              1_000 * MS,
              500 + random.nextInt(2_000));
      default ->
          new Load.Capacity(
              200,
              1 + random.nextInt(800),
              3_000,
              1_000 * MS,
              200 + random.nextInt(300),
              process,
              site,
              new Load.Objective(MS * (2 + random.nextInt(20)), random.nextInt(500_000_000)));
    };
  }

  private Stages stages(final int highest) {
    final int count = 1 + random.nextInt(5);
    return new Stages(
        LongArray.of(random.longs(count, 0, 700).map(t -> t < 100 ? 0 : t).toArray()),
        LongArray.of(random.longs(count, 0, highest + 1L).toArray()));
  }

  private Timing timing() {
    return random.nextBoolean()
        ? Timing.PLAIN
        : new Timing(
            random.nextInt(300),
            random.nextInt(300),
            random.nextBoolean() ? 0 : random.nextInt(100),
            random.nextBoolean() ? Timing.UNTHROTTLED : 500 + random.nextInt(3_000),
            1 + random.nextInt(9));
  }

  private void addRequest(final int scenario, final String scenarioName, final String name) {
    requests.add(
        new RequestPlan(
            requests.size(),
            scenario,
            name,
            "GET",
            "/" + name,
            List.of(),
            "",
            20 + random.nextInt(400),
            Site.of(scenarioName, name)));
    final List<Simulation.ErrorRate> errors = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      errors.add(
          new Simulation.ErrorRate(FAULTS[random.nextInt(FAULTS.length)], random.nextDouble() / 2));
    }
    responses.add(
        new Simulation.Response(
            Site.of(scenarioName, name, "latency"),
            latency(),
            Site.of(scenarioName, name, "error"),
            errors,
            random.nextInt(4) == 0 ? 503 : 200,
            random.nextInt(10_000)));
  }

  private Distribution latency() {
    return switch (random.nextInt(4)) {
      case 0 -> new Distribution.Constant(random.nextInt(5_000_000));
      case 1 -> new Distribution.Uniform(MS / 10, MS + random.nextInt(20_000_000));
      case 2 -> new Distribution.LogNormal(2 * MS, random.nextDouble());
      default -> new Distribution.Exponential(MS + random.nextInt(5_000_000));
    };
  }
}
