package io.lockstep.engine.transport.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.LoadChange;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.FlowPlans;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.scenario.compile.PlanCompiler;
import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

/** The laws of {@link SimulationLawsTest} for flows of all kinds of steps under all loads. */
final class FlowLawsTest {
  private static final int TRIES = 100;

  @Property(tries = TRIES)
  void everyRunOfABoundedFlowEndsAndKeepsTheLaws(@ForAll final long seed) {
    final Plan plan = FlowPlans.any(seed);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          final VirtualTime time = run(plan, 0, 1);
          JournalLaws.check(plan, 0, 1, time.recording().events());
          assertEquals(0, time.machine().metrics().counts().activeVus());
        });
  }

  @Property(tries = TRIES)
  void everyShardKeepsTheLaws(
      @ForAll final long seed, @ForAll @IntRange(min = 2, max = 9) final int shards) {
    final Plan plan = FlowPlans.roomy(seed);
    for (int shard = 0; shard < shards; shard++) {
      JournalLaws.check(plan, shard, shards, run(plan, shard, shards).recording().events());
    }
  }

  @Property(tries = TRIES)
  void anOperatorEndsAnyFlowAtAnyTime(
      @ForAll final long seed,
      @ForAll @IntRange(min = 0, max = 300) final int steps,
      @ForAll final boolean abort) {
    final OperatorCommand command = abort ? OperatorCommand.ABORT : OperatorCommand.STOP;
    final Plan plan = FlowPlans.any(seed);
    final VirtualTime time = new VirtualTime(plan, 0, 1, new SimulatedTransport(plan, 0, 1));
    final Machine machine = time.machine();
    machine.start();
    for (int i = 0; i < steps && !machine.isComplete(); i++) {
      time.step();
    }
    if (!machine.isComplete()) {
      machine.onCommand(command, (machine.openTick() - 1) * plan.tickNs());
      assertTrue(command == OperatorCommand.STOP || machine.isComplete());
    }
    while (!machine.isComplete()) {
      time.step();
    }
    JournalLaws.check(plan, 0, 1, time.end().recording().events());
    assertEquals(0, machine.metrics().counts().activeVus());
  }

  /** Changes of the load come in at any time, also while pages and meetings are under way. */
  @Property(tries = TRIES)
  void anOperatorChangesAnyFlowAtAnyTime(@ForAll final long seed) {
    final Plan plan = FlowPlans.controlled(seed);
    final VirtualTime time = changed(plan, seed);
    JournalLaws.check(plan, 0, 1, time.recording().events());
    assertEquals(0, time.machine().metrics().counts().activeVus());
    assertArrayEquals(time.recording().bytes(), changed(plan, seed).recording().bytes());
  }

  private static VirtualTime changed(final Plan plan, final long seed) {
    final Random random = new Random(seed);
    final VirtualTime time = new VirtualTime(plan, 0, 1, new SimulatedTransport(plan, 0, 1));
    final Machine machine = time.machine();
    machine.start();
    while (!machine.isComplete()) {
      time.step();
      final ScenarioPlan scenario = plan.scenarios().get(random.nextInt(plan.scenarios().size()));
      if (random.nextInt(4) == 0 && !machine.isComplete()) {
        final boolean rate = scenario.load().isOpen() && random.nextBoolean();
        machine.onChange(
            new LoadChange(
                rate ? OperatorCommand.SET_RATE : OperatorCommand.SET_VUS,
                scenario.index(),
                random.nextInt(rate ? 1_000 : scenario.vus() + 1)),
            (machine.openTick() - 1) * plan.tickNs());
      }
    }
    return time.end();
  }

  @Property(tries = TRIES)
  void virtualTimeStaysWithinItsTick(@ForAll final long seed) {
    final Plan plan = FlowPlans.any(seed);
    for (final Event event : run(plan, 0, 1).recording().events()) {
      if (event instanceof Event.Issued issued) {
        within(event, issued.intendedNs(), plan.tickNs());
      } else if (event instanceof Event.Completed completed) {
        within(event, completed.lastByteNs(), plan.tickNs());
      }
    }
  }

  @Property(tries = TRIES)
  void simulatingTwiceGivesTheSameBytes(@ForAll final long seed) {
    final Plan plan = FlowPlans.any(seed);
    assertArrayEquals(run(plan, 0, 1).recording().bytes(), run(plan, 0, 1).recording().bytes());
  }

  @Property(tries = TRIES)
  void theGenerationDigestDoesNotDependOnShards(@ForAll final long seed) {
    final Plan plan = FlowPlans.roomy(seed);
    final GenerationDigest whole = digest(plan, 1);
    assertEquals(whole, digest(plan, 2));
    assertEquals(whole, digest(plan, 5));
  }

  /** An own name, and a kind that no draw of others hangs on: a request that takes no time. */
  @Property(tries = TRIES)
  void addingARequestToAFlowShiftsNoDrawOfItsOtherSteps(
      @ForAll final long seed, @ForAll @IntRange(min = 0, max = 3) final int place) {
    final LoadTest test = FlowPlans.roomyTest(seed);
    final List<Scenario> scenarios = new ArrayList<>(test.scenarios());
    final Scenario first = scenarios.get(0);
    final List<Step> steps = new ArrayList<>(first.flow().steps());
    steps.add(Math.min(place, steps.size()), new Step.Ask(FlowPlans.request("added")));
    scenarios.set(
        0,
        new Scenario(
            first.name(),
            first.load(),
            Optional.empty(),
            List.of(),
            List.of(),
            new Flow(first.flow().start(), steps, first.flow().stop()),
            first.timing(),
            first.browsing()));
    final Plan before = PlanCompiler.compile(test, List.of());
    final Plan after = PlanCompiler.compile(with(test, scenarios), List.of());
    assertEquals(
        before.thinks(), after.thinks(), "what a pause is drawn from depends on its site alone");
    assertEquals(
        before.choices().stream().map(choice -> choice.site()).toList(),
        after.choices().stream().map(choice -> choice.site()).toList());
  }

  @Property(tries = TRIES)
  void eachRoundOfALoopDrawsItsOwnPauseAndTheFirstAsWithoutALoop(@ForAll final long seed) {
    final Step think = new Step.Think(Optional.empty(), new Distribution.Uniform(1, 1_000_000_000));
    final Step ask = new Step.Ask(FlowPlans.request("a"));
    final List<Long> once = intended(seed, List.of(think, ask));
    final List<Long> looped =
        intended(seed, List.of(new Step.Repeat(Optional.empty(), 5, List.of(think, ask))));
    assertEquals(1, once.size());
    assertEquals(5, looped.size());
    final Map<Long, Integer> pauses = new HashMap<>();
    for (int i = 1; i < looped.size(); i++) {
      pauses.merge(looped.get(i) - looped.get(i - 1), 1, Integer::sum);
    }
    assertTrue(pauses.size() > 2, () -> "pauses " + pauses);
  }

  private static List<Long> intended(final long seed, final List<Step> steps) {
    final LoadTest base = FlowPlans.roomyTest(seed);
    final Scenario scenario =
        new Scenario(
            "s",
            new LoadProfile.PerVuIterations(1, 1, OptionalLong.empty(), 1),
            Optional.empty(),
            List.of(),
            List.of(),
            new Flow(List.of(), steps, List.of()),
            ScenarioTiming.PLAIN,
            Browsing.NONE);
    final Plan plan = PlanCompiler.compile(with(base, List.of(scenario)), List.of());
    return run(plan, 0, 1).recording().events(Event.Issued.class).stream()
        .map(Event.Issued::intendedNs)
        .toList();
  }

  private static LoadTest with(final LoadTest test, final List<Scenario> scenarios) {
    return new LoadTest(
        test.name(),
        test.seed(),
        test.tickNs(),
        test.target(),
        test.timeoutNs(),
        test.headers(),
        test.connections(),
        test.feeders(),
        scenarios,
        test.thresholds(),
        test.simulate(),
        test.secrets(),
        test.recording());
  }

  private static void within(final Event event, final long atNs, final long tickNs) {
    final long endNs = event.at().tick() * tickNs;
    assertTrue(atNs > endNs - tickNs && atNs <= endNs, () -> atNs + " ns in " + event);
  }

  private static GenerationDigest digest(final Plan plan, final int shards) {
    GenerationDigest sum = GenerationDigest.EMPTY;
    for (int shard = 0; shard < shards; shard++) {
      final VirtualTime time = run(plan, shard, shards);
      assertEquals(0, time.machine().metrics().counts().droppedArrivals());
      sum = sum.plus(time.machine().generationDigest());
    }
    return sum;
  }

  private static VirtualTime run(final Plan plan, final int shard, final int shards) {
    return new VirtualTime(plan, shard, shards, new SimulatedTransport(plan, shard, shards)).run();
  }
}
