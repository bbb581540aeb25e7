package io.lockstep.engine.transport.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.PlanGenerator;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The laws of design sections 1 to 3, over generated plans, machine and simulated target together.
 */
final class SimulationLawsTest {
  private static final int TRIES = 60;

  @Provide
  Arbitrary<Plan> plans() {
    return PlanGenerator.plans();
  }

  /** Plans of which any part has contents, and any policy. */
  @Provide
  Arbitrary<Plan> plansWithContents() {
    return Combinators.combine(
            PlanGenerator.plans(),
            Arbitraries.of(Recording.Bodies.values()),
            Arbitraries.of(0, 5, 10_000, Recording.MAX_BODY_BYTES),
            Arbitraries.strings().ascii().ofMaxLength(20_000))
        .as(
            (plan, bodies, most, body) ->
                Plans.recording(
                    plan,
                    new Recording(bodies, most),
                    List.of(new Header("Length", "" + body.length())),
                    body));
  }

  @Provide
  Arbitrary<List<Group>> groups() {
    return PlanGenerator.groups();
  }

  /**
   * Plans in which no arrival is ever dropped, nor an iteration cut off: what shards may change.
   */
  @Provide
  Arbitrary<List<Group>> roomyGroups() {
    return PlanGenerator.groups()
        .map(groups -> groups.stream().map(SimulationLawsTest::roomy).toList());
  }

  @Provide
  Arbitrary<List<Group>> closedFirst() {
    return groups()
        .filter(groups -> groups.get(0).load() instanceof Load.Closed)
        .filter(groups -> !groups.get(0).timing().isThrottled()); // a throttle's VUs do interact
  }

  @Provide
  Arbitrary<List<Group>> openFirst() {
    return roomyGroups().filter(groups -> groups.get(0).load() instanceof Load.Open);
  }

  @Property(tries = TRIES)
  void everyRunOfABoundedPlanEndsAndKeepsTheLaws(
      @ForAll("plans") final Plan plan, @ForAll @IntRange(min = 1, max = 15) final int shards) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int shard = 0; shard < shards; shard++) {
            final VirtualTime time = run(plan, shard, shards);
            JournalLaws.check(plan, shard, shards, time.recording().events());
            assertEquals(0, time.machine().metrics().counts().activeVus());
          }
        });
  }

  @Property(tries = TRIES)
  void everyRunWithContentsKeepsTheLawsAndIsTheSameTwice(
      @ForAll("plansWithContents") final Plan plan) {
    final VirtualTime time = run(plan, 0, 1);
    final List<Event> events = time.recording().events();
    JournalLaws.check(plan, 0, 1, events);
    final long kept = events.stream().filter(Event.Kept.class::isInstance).count();
    final boolean all = plan.recording().bodies() == Recording.Bodies.ALL;
    assertEquals(
        all ? time.machine().metrics().counts().responses() : 0, all ? kept - late(time) : kept);
    assertArrayEquals(time.recording().bytes(), run(plan, 0, 1).recording().bytes());
  }

  private static long late(final VirtualTime time) {
    return time.machine().metrics().counts().lateCompletions();
  }

  @Property(tries = TRIES)
  void anOperatorEndsAnyRunAtAnyTime(
      @ForAll("plans") final Plan plan,
      @ForAll @IntRange(min = 0, max = 300) final int steps,
      @ForAll final boolean aborts,
      @ForAll final boolean abortsLater) {
    final OperatorCommand command = aborts ? OperatorCommand.ABORT : OperatorCommand.STOP;
    final VirtualTime time = new VirtualTime(plan, 0, 1, new SimulatedTransport(plan, 0, 1));
    final Machine machine = time.machine();
    machine.start();
    for (int i = 0; i < steps && !machine.isComplete(); i++) {
      time.step();
    }
    if (!machine.isComplete()) {
      machine.onCommand(command, (machine.openTick() - 1) * plan.tickNs());
    }
    if (!machine.isComplete() && abortsLater) {
      time.step();
      if (!machine.isComplete()) {
        machine.onCommand(OperatorCommand.ABORT, (machine.openTick() - 1) * plan.tickNs());
        assertTrue(machine.isComplete());
      }
    }
    while (!machine.isComplete()) {
      time.step();
    }
    JournalLaws.check(plan, 0, 1, time.end().recording().events());
    assertEquals(0, machine.metrics().counts().activeVus());
  }

  @Property(tries = TRIES)
  void virtualTimeStaysWithinItsTick(@ForAll("plans") final Plan plan) {
    for (final Event event : run(plan, 0, 1).recording().events()) {
      if (event instanceof Event.Issued issued) {
        within(event, issued.intendedNs(), plan.tickNs());
      } else if (event instanceof Event.Completed completed) {
        within(event, completed.lastByteNs(), plan.tickNs());
      }
    }
  }

  @Property(tries = TRIES)
  void simulatingTwiceGivesTheSameBytes(@ForAll("plans") final Plan plan) {
    assertArrayEquals(run(plan, 0, 1).recording().bytes(), run(plan, 0, 1).recording().bytes());
  }

  @Property(tries = TRIES)
  void theGenerationDigestDoesNotDependOnShards(
      @ForAll("roomyGroups") final List<Group> groups, @ForAll final long seed) {
    final Plan plan = Plans.of(seed, Simulation.UNLIMITED, groups);
    final GenerationDigest whole = digest(plan, 1);
    assertEquals(whole, digest(plan, 2));
    assertEquals(whole, digest(plan, 5));
  }

  @Property(tries = TRIES)
  void addingAScenarioShiftsNoDrawOfAnother(
      @ForAll("groups") final List<Group> groups, @ForAll final long seed) {
    final List<Group> more = new ArrayList<>(groups);
    more.add(0, Group.iterations("added", 3, 4).asks(Ask.of("added"), Ask.of("more")));
    final List<String> before = lives(Plans.of(seed, 0, groups), name -> true);
    final List<String> after = lives(Plans.of(seed, 0, more), name -> !name.equals("added"));
    assertEquals(before, after);
  }

  @Property(tries = TRIES)
  void addingAVuToAClosedScenarioShiftsNoDrawOfAnother(
      @ForAll("closedFirst") final List<Group> groups, @ForAll final long seed) {
    final Group first = groups.get(0);
    final List<Group> more = new ArrayList<>(groups);
    more.set(0, first.vus(first.vus() + 1));
    final String added = first.name() + " " + first.vus() + ":";
    final List<String> after =
        lives(Plans.of(seed, 0, more), name -> true).stream()
            .filter(life -> !life.startsWith(added))
            .toList();
    assertEquals(lives(Plans.of(seed, 0, groups), name -> true), after);
  }

  /** There the arrival is the identity, and the VU that serves it is incidental. */
  @Property(tries = TRIES)
  void addingAVuToAnOpenScenarioShiftsNothing(
      @ForAll("openFirst") final List<Group> groups, @ForAll final long seed) {
    final Group first = groups.get(0);
    final List<Group> more = new ArrayList<>(groups);
    more.set(0, first.vus(first.vus() + 1));
    assertEquals(
        digest(Plans.of(seed, Simulation.UNLIMITED, groups), 1),
        digest(Plans.of(seed, Simulation.UNLIMITED, more), 1));
  }

  @Test
  void shouldKeepChoicesThinksAndLatenciesWhenAnotherScenarioGainsARequest() {
    final Group steady =
        Group.iterations("steady", 7, 20)
            .asks(Ask.of("a").weight(3), Ask.of("b").weight(5))
            .think(new Distribution.Exponential(3_000_000));
    final Group changed = Group.iterations("changed", 5, 9).asks(Ask.of("c"), Ask.of("d"));
    final Group gained =
        Group.iterations("changed", 5, 9).asks(Ask.of("c"), Ask.of("d"), Ask.of("e"));
    final Predicate<String> isSteady = "steady"::equals;
    assertEquals(
        lives(Plans.of(changed, steady), isSteady), lives(Plans.of(gained, steady), isSteady));
  }

  @Test
  void shouldKeepThinksAndArrivalsWhenAScenarioGainsARequest() {
    final Group few = Group.iterations("s", 5, 20).think(new Distribution.Exponential(3_000_000));
    final Group many = few.asks(Ask.of("a"), Ask.of("b"), Ask.of("c"));
    final List<Long> before = pauses(Plans.of(few.asks(Ask.of("a"))));
    assertTrue(before.size() > 50);
    assertEquals(before, pauses(Plans.of(many)));
  }

  @Test
  void shouldAskDifferentlyWithAnotherSeed() {
    final Group choosing = Group.iterations("c", 3, 5).asks(Ask.of("a"), Ask.of("b"));
    final Group thinking =
        Group.iterations("t", 1, 2).think(new Distribution.Uniform(1, 1_000_000_000));
    final Group arriving = Group.arrivals("p", 5, 100, Plans.SECOND, Load.ArrivalProcess.POISSON);
    for (final Group group : List.of(choosing, thinking, arriving)) {
      assertNotEquals(
          digest(Plans.of(1, 0, List.of(group)), 1), digest(Plans.of(2, 0, List.of(group)), 1));
    }
  }

  private static void within(final Event event, final long atNs, final long tickNs) {
    final long endNs = event.at().tick() * tickNs;
    assertTrue(atNs > endNs - tickNs && atNs <= endNs, () -> atNs + " ns in " + event);
  }

  private static Group roomy(final Group group) {
    if (group.load() instanceof Load.Closed closed) {
      final long iterations = closed.iterations() == Load.UNLIMITED ? 5 : closed.iterations();
      return new Group(
          group.name(),
          group.vus(),
          new Load.Closed(Load.UNLIMITED, iterations),
          group.gracefulStopTicks(),
          group.think(),
          group.asks(),
          group.timing());
    }
    if (group.load() instanceof Load.RampingVus) {
      return group
          .graceful(1_000_000)
          .timing(Timing.PLAIN); // what it does in time, a throttle cuts
    }
    if (group.load() instanceof Load.SharedIterations shared) {
      return new Group(
              group.name(),
              group.vus(),
              new Load.SharedIterations(shared.iterations(), Load.UNLIMITED),
              group.gracefulStopTicks(),
              group.think(),
              group.asks())
          .timing(group.timing());
    }
    return group.vus(5000).graceful(1_000_000);
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

  /** What each VU of some scenarios did: requests, when, and how they ended, by VU. */
  private static List<String> lives(final Plan plan, final Predicate<String> scenarios) {
    final Map<String, StringBuilder> lifeByVu = new TreeMap<>();
    for (final Event event : run(plan, 0, 1).recording().events()) {
      final int vu = event.at().vu();
      if (vu >= 0) {
        final var scenario =
            plan.scenarios().stream()
                .filter(s -> vu >= s.firstVu() && vu < s.firstVu() + s.vus())
                .findFirst()
                .orElseThrow();
        if (scenarios.test(scenario.name())) {
          lifeByVu
              .computeIfAbsent(
                  scenario.name() + " " + (vu - scenario.firstVu()) + ":", k -> new StringBuilder())
              .append(text(event));
        }
      }
    }
    return lifeByVu.entrySet().stream().map(e -> e.getKey() + e.getValue()).toList();
  }

  private static String text(final Event event) {
    if (event instanceof Event.Issued issued) {
      return " " + issued.iteration() + "@" + issued.intendedNs() + "=" + issued.digest();
    }
    if (event instanceof Event.Completed done) {
      return " " + done.outcome() + "@" + done.lastByteNs();
    }
    return event instanceof Event.Abandoned ? " abandoned" + event.at().tick() : "";
  }

  /** Ticks from the end of a request to the next issue, by VU and in order. */
  private static List<Long> pauses(final Plan plan) {
    final Map<Integer, Long> endByVu = new TreeMap<>();
    final Map<Integer, List<Long>> pausesByVu = new TreeMap<>();
    for (final Event event : run(plan, 0, 1).recording().events()) {
      final int vu = event.at().vu();
      if (event instanceof Event.Completed) {
        endByVu.put(vu, event.at().tick());
      } else if (event instanceof Event.Issued && endByVu.containsKey(vu)) {
        pausesByVu
            .computeIfAbsent(vu, k -> new ArrayList<>())
            .add(event.at().tick() - endByVu.get(vu));
      }
    }
    return pausesByVu.values().stream().flatMap(List::stream).toList();
  }

  private static VirtualTime run(final Plan plan, final int shard, final int shards) {
    return new VirtualTime(plan, shard, shards, new SimulatedTransport(plan, shard, shards)).run();
  }
}
