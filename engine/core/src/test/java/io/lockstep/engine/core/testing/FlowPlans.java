package io.lockstep.engine.core.testing;

import io.lockstep.scenario.compile.PlanCompiler;
import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.model.Simulate;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.ResponseUse;
import io.lockstep.scenario.plan.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Draws plans with flows of all kinds of steps under loads of all kinds, each from a seed. Loops
 * are short and few, so that each run has some thousand events.
 */
public final class FlowPlans {
  private static final long MS = 1_000_000;
  private static final int PLAIN_KINDS = 6;
  private static final int KINDS = 11 + FlowLogic.KINDS;
  private static final int CONTROLLED = 5;

  /** Each shard needs a VU where iterations are shared. */
  private static final int MOST_SHARDS = 9;

  private final Random random;
  private final boolean roomy;
  private final FlowLogic logic;
  private int requests;

  /** Whether the present scenario's iterations are shared. */
  private boolean shared;

  /** The one kind of load to draw, if it is one. */
  private OptionalInt loads = OptionalInt.empty();

  private FlowPlans(final long seed, final boolean roomy) {
    random = new Random(seed);
    this.roomy = roomy;
    logic = new FlowLogic(random);
  }

  /** Plans of any kind, for one shard: some have a rendezvous or search their capacity. */
  public static Plan any(final long seed) {
    return PlanCompiler.compile(new FlowPlans(seed, false).test(seed), List.of());
  }

  /**
   * Plans whose generation cannot depend on shards: no arrival is dropped, no iteration is cut off,
   * and no VU waits for another or ends the test.
   */
  public static Plan roomy(final long seed) {
    return PlanCompiler.compile(new FlowPlans(seed, true).test(seed), List.of());
  }

  /** Plans whose loads are all externally controlled, half of them with arrivals. */
  public static Plan controlled(final long seed) {
    final FlowPlans plans = new FlowPlans(seed, false);
    plans.loads = OptionalInt.of(CONTROLLED);
    return PlanCompiler.compile(plans.test(seed), List.of());
  }

  /** A model, of which a test changes something before it compiles it. */
  public static LoadTest roomyTest(final long seed) {
    return new FlowPlans(seed, true).test(seed);
  }

  private LoadTest test(final long seed) {
    final List<Scenario> scenarios = new ArrayList<>();
    final int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      scenarios.add(scenario("s" + i));
    }
    return new LoadTest(
        "flows",
        seed,
        Plans.TICK_NS,
        Optional.empty(),
        60 * MS,
        List.of(),
        new Connections(Connections.PER_VU, MS, 1_000, 1_000),
        List.of(),
        scenarios,
        List.of(),
        Optional.of(
            new Simulate(
                Simulation.UNLIMITED,
                new Simulate.Answer(
                    duration(),
                    List.of(new Simulation.ErrorRate(RequestOutcome.RESET, 0.2)),
                    200,
                    100,
                    List.of(),
                    ""),
                Map.of())),
        List.of(),
        Recording.DEFAULT);
  }

  private Scenario scenario(final String name) {
    final LoadProfile load = load();
    shared = load instanceof LoadProfile.SharedIterations;
    final boolean lasting = load.vusLast();
    final Flow flow =
        new Flow(
            lasting && random.nextInt(3) == 0 ? steps(1) : List.of(),
            withVariables(steps(2)),
            lasting && random.nextInt(3) == 0 ? steps(1) : List.of());
    return new Scenario(
        name, load, Optional.empty(), List.of(), List.of(), flow, timing(load), Browsing.NONE);
  }

  /** A throttle lets through what asks first, in each shard, so a roomy plan has none. */
  private ScenarioTiming timing(final LoadProfile load) {
    if (random.nextBoolean()) {
      return ScenarioTiming.PLAIN;
    }
    return new ScenarioTiming(
        random.nextInt(3) * ms(20),
        Optional.empty(),
        0,
        load.isOpen() || random.nextBoolean() ? 0 : ms(20),
        roomy || random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new ScenarioTiming.Throttle(100 + random.nextInt(2_000), 1 + random.nextInt(9))));
  }

  private LoadProfile load() {
    final int vus = 1 + random.nextInt(8);
    final long gracefulNs = roomy ? 3_600_000 * MS : random.nextInt(60) * MS / 10;
    return switch (loads.orElseGet(() -> random.nextInt(roomy ? 5 : 8))) {
      case 0 ->
          new LoadProfile.PerVuIterations(
              vus,
              1 + random.nextInt(4),
              roomy || random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(ms(100)),
              gracefulNs);
      case 1 ->
          new LoadProfile.ConstantArrivalRate(
              1 + random.nextInt(500),
              1_000 * MS,
              ms(100),
              roomy ? 500 : vus,
              arrivals(),
              gracefulNs);
      case 2 ->
          new LoadProfile.SharedIterations(
              roomy ? MOST_SHARDS : vus,
              1 + random.nextInt(30),
              roomy || random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(ms(100)),
              gracefulNs);
      case 3 ->
          new LoadProfile.RampingVus(
              random.nextInt(vus),
              stages(vus),
              roomy ? gracefulNs : random.nextInt(30) * MS / 10,
              gracefulNs);
      case 4 ->
          new LoadProfile.RampingArrivalRate(
              random.nextInt(500),
              1_000 * MS,
              stages(500),
              roomy ? 500 : vus,
              arrivals(),
              gracefulNs);
      case CONTROLLED ->
          new LoadProfile.ExternallyControlled(
              1 + random.nextInt(vus),
              vus,
              random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(500)),
              1_000 * MS,
              ms(100),
              gracefulNs);
      case 6 ->
          new LoadProfile.Capacity(
              100,
              1 + random.nextInt(200),
              500,
              1_000 * MS,
              ms(40),
              vus,
              arrivals(),
              new Load.Objective(ms(20), random.nextInt(1_000_000_000)),
              gracefulNs);
      default -> new LoadProfile.ConstantVus(vus, ms(100), gracefulNs);
    };
  }

  private Load.ArrivalProcess arrivals() {
    return random.nextBoolean() ? Load.ArrivalProcess.UNIFORM : Load.ArrivalProcess.POISSON;
  }

  /** Up and down, some of it at once; something is wanted at some time. */
  private List<LoadProfile.Stage> stages(final int highest) {
    final List<LoadProfile.Stage> stages = new ArrayList<>();
    final int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      stages.add(
          new LoadProfile.Stage(random.nextInt(3) == 0 ? 0 : ms(40), random.nextInt(highest + 1)));
    }
    stages.add(new LoadProfile.Stage(ms(40), 1 + random.nextInt(highest)));
    return stages;
  }

  /** Where conditions let a flow do nothing, it must not do that a thousand times in each tick. */
  private List<Step> withVariables(final List<Step> steps) {
    final List<Step> all = new ArrayList<>(steps);
    all.add(0, new Step.Think(Optional.of("first"), new Distribution.Constant(MS)));
    all.add(random.nextInt(2) * steps.size(), logic.first());
    return all;
  }

  private List<Step> steps(final int depth) {
    final List<Step> steps = new ArrayList<>();
    final int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      steps.add(random.nextInt(3) == 0 ? new Step.Ask(request()) : step(depth));
    }
    return steps;
  }

  private Step step(final int depth) {
    final Optional<String> id = random.nextInt(4) == 0 ? Optional.of("id") : Optional.empty();
    return switch (random.nextInt(depth > 0 ? KINDS : PLAIN_KINDS)) {
      case 0, 1 -> new Step.Think(id, duration());
      case 2 -> new Step.Pace(id, duration());
      case 3 -> new Step.Parallel(id, 1 + random.nextInt(4), page());
      case 4 ->
          roomy ? new Step.Ask(request()) : new Step.Rendezvous(id, 1 + random.nextInt(5), ms(20));
      case 5 -> stop(id);
      case 6 -> new Step.Group("g" + random.nextInt(2), steps(depth - 1));
      case 7 -> choose(id, depth);
      case 8 -> new Step.Repeat(id, 1 + random.nextInt(3), steps(depth - 1));
      case 9 -> during(id, depth);
      case 10 ->
          new Step.Retry(
              id,
              1 + random.nextInt(3),
              new Step.Backoff(
                  random.nextInt(2) * ms(5), 1 + random.nextInt(3), ms(20), random.nextBoolean()),
              logic.until(),
              steps(depth - 1));
      default -> logic.step(random.nextInt(FlowLogic.KINDS), id, () -> steps(depth - 1));
    };
  }

  /**
   * How many rounds fit depends on where in a tick the iteration began; for a shared one, that is
   * another moment over other shards.
   */
  private Step during(final Optional<String> id, final int depth) {
    return roomy && shared ? new Step.Ask(request()) : new Step.During(id, ms(5), steps(depth - 1));
  }

  private Step stop(final Optional<String> id) {
    final int rare = random.nextInt(8);
    if (rare == 0 && !roomy) {
      return new Step.Stop(id, Step.What.TEST);
    }
    // Where VUs that stop themselves leave shared iterations to others, it depends on shards whom.
    final boolean vu = rare == 1 && !(roomy && shared);
    return rare < 3
        ? new Step.Stop(id, vu ? Step.What.VU : Step.What.ITERATION)
        : new Step.Ask(request());
  }

  private Step choose(final Optional<String> id, final int depth) {
    final List<Step.Option> options = new ArrayList<>();
    final int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      options.add(
          new Step.Option(
              Optional.empty(),
              1 + random.nextInt(5),
              random.nextInt(4) == 0 ? List.of() : steps(depth - 1)));
    }
    final Step.Manner[] manners = Step.Manner.values();
    return new Step.Choose(id, manners[random.nextInt(manners.length)], options);
  }

  private List<Request> page() {
    final List<Request> page = new ArrayList<>();
    final int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      page.add(request());
    }
    return page;
  }

  /** A request of this name, to a path of the same. */
  public static Request request(final String name) {
    return new Request(
        name,
        1,
        "GET",
        "/" + name,
        List.of(),
        "",
        OptionalLong.empty(),
        List.of(),
        ResponseUse.NONE);
  }

  /** A request that no other step of any flow makes. */
  private Request request() {
    final String name = "r" + requests++;
    return logic.rendered(request(name));
  }

  private Distribution duration() {
    return switch (random.nextInt(5)) {
      case 0 -> new Distribution.Constant(random.nextInt(3) * ms(3) / 2);
      case 1 -> new Distribution.Uniform(0, ms(5));
      case 2 -> new Distribution.Normal(ms(3), ms(3));
      case 3 -> new Distribution.Exponential(ms(3));
      default -> new Distribution.Empirical(LongArray.of(0, ms(3)), LongArray.of(1, 2));
    };
  }

  private long ms(final int most) {
    return MS / 10 + (long) (random.nextDouble() * most * MS);
  }
}
