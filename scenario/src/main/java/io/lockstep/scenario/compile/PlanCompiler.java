package io.lockstep.scenario.compile;

import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.PlanParts;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.read.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Compiles one model: scenarios one after the other into one program. */
public final class PlanCompiler {
  private final LoadTest test;
  private final List<Table> tables;
  private final Ticks ticks;
  private final Parts parts;
  private final RequestCompiler requests;
  private final List<ScenarioPlan> scenarios = new ArrayList<>();

  private final Environment environment;
  private final Reading in;
  private final List<FeederPlan> feeders;
  private final List<Collection<Integer>> feedersByScenario = new ArrayList<>();
  private final Stage stage;

  private PlanCompiler(
      final LoadTest test,
      final List<Table> tables,
      final Environment environment,
      final Stage stage,
      final Reading in) {
    this.test = test;
    this.stage = stage;
    this.environment = environment;
    this.in = in;
    this.tables = List.copyOf(tables);
    parts = new Parts(test.metrics());
    ticks = new Ticks(test.tickNs());
    requests = new RequestCompiler(test, ticks, parts.logic);
    feeders = feeders(any -> List.of());
  }

  /**
   * The plan of a model.
   *
   * @param tables the rows of its feeders, in their order
   */
  public static Plan compile(final LoadTest test, final List<Table> tables) {
    final Diagnostics diagnostics = new Diagnostics(new Source(test.name(), ""));
    final Plan plan = compile(test, tables, any -> Optional.empty(), new Reading(diagnostics));
    if (diagnostics.hasErrors()) {
      throw new IllegalArgumentException(diagnostics.sorted().get(0).headline());
    }
    return plan;
  }

  /**
   * The plan of a model; of no use where errors are reported.
   *
   * @param tables the rows of its feeders, in their order
   * @param environment looks up variables of the environment
   * @param in reports what is wrong with expressions
   */
  public static Plan compile(
      final LoadTest test,
      final List<Table> tables,
      final Environment environment,
      final Reading in) {
    return new PhaseCompiler(test, tables, environment, in).plan();
  }

  /** The plan of a model at a stage, whatever else there is to do around its load. */
  static Plan compile(
      final LoadTest test,
      final List<Table> tables,
      final Environment environment,
      final Stage stage,
      final Phases phases,
      final Reading in) {
    return new PlanCompiler(test, tables, environment, stage, in).plan(phases);
  }

  private Plan plan(final Phases phases) {
    final LoadCompiler loads = new LoadCompiler(test, ticks);
    int firstVu = 0;
    for (final Scenario scenario : test.scenarios()) {
      addScenario(scenario, firstVu, loads);
      firstVu = Math.addExact(firstVu, scenario.load().vus());
    }
    final Plan undigested = plan(phases, "");
    return plan(phases, PlanDigest.of(undigested));
  }

  private Plan plan(final Phases phases, final String digest) {
    return new Plan(
        test.name(),
        test.seed(),
        test.tickNs(),
        test.target().orElse(null),
        test.connections(),
        scenarios,
        requests.requests(),
        parts.code.program(),
        parts.choices,
        parts.thinks,
        requests.simulation(),
        new PlanParts(
            parts.flow(),
            test.secrets().stream().map(Secret::name).toList(),
            feeders(this::users),
            new MeasuresCompiler(test, requests, parts).measures(),
            test.recording(),
            parts.logic.logic(),
            phases,
            test.tls(),
            test.clockNs()),
        digest);
  }

  private List<FeederPlan> feeders(final IntFunction<List<Integer>> users) {
    final List<FeederPlan> all = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      final Feeder feeder = test.feeders().get(i);
      final Table table = tables.get(i);
      all.add(
          new FeederPlan(
              feeder.name(),
              table.columns(),
              table.rows(),
              table.digest(),
              feeder.mode(),
              feeder.per(),
              feeder.atEnd(),
              Site.of("data", feeder.name()),
              users.apply(i)));
    }
    return all;
  }

  /** The scenarios whose expressions look at a feeder. */
  private List<Integer> users(final int feeder) {
    return IntStream.range(0, scenarios.size())
        .filter(scenario -> feedersByScenario.get(scenario).contains(feeder))
        .boxed()
        .toList();
  }

  private void addScenario(final Scenario scenario, final int firstVu, final LoadCompiler loads) {
    final int index = scenarios.size();
    final Slots slots = new Slots();
    final ExpressionCompiler expressions =
        new ExpressionCompiler(scenario, test, feeders, environment, slots, stage, in);
    final int entry =
        new FlowCompiler(scenario, index, parts, requests, ticks, slots, expressions).compile();
    final Browsing browsing = scenario.browsing().answering(requests.answersChallenges(index));
    requests.keep(index, browsing.capture());
    feedersByScenario.add(expressions.symbols().usedFeeders());
    scenarios.add(
        new ScenarioPlan(
            index,
            scenario.name(),
            stage.key(scenario.name()),
            loads.load(scenario.load()),
            entry,
            firstVu,
            scenario.load().vus(),
            ticks.of(scenario.load().gracefulStopNs()),
            loads.timing(scenario),
            browsing));
  }
}
