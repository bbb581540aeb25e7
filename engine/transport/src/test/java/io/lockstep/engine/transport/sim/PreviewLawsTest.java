package io.lockstep.engine.transport.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.IterationOutcome;
import io.lockstep.engine.core.machine.Preview;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.FlowPlans;
import io.lockstep.engine.core.testing.PlanGenerator;
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Timing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A preview is what a run then does: iterations of runs of random plans under all loads, whose
 * target answers at once, is compared with its preview. Not compared: times where VUs wait for each
 * other, anything where that decides how many rounds fit a time, the last flow of a VU that
 * remembers its life, and what follows an iteration that was cut off in such a life.
 */
final class PreviewLawsTest {
  private static final int TRIES = 60;
  private static final int FEW_TRIES = 15;
  private static final int SAMPLES = 12;
  private static final int MOST = 100_000;
  private static final int BAD_EACH = 3;
  private static final int COMPLETED = IterationOutcome.COMPLETED.code();
  private static final int FAILED = IterationOutcome.FAILED.code();
  private static final int INTERRUPTED = IterationOutcome.INTERRUPTED.code();

  @Property(tries = TRIES)
  void iterationsOfAFlowAreWhatItsPreviewsSay(@ForAll final long seed) {
    compare(instant(FlowPlans.any(seed)));
  }

  /** A ramp cuts off an iteration of a VU that counts, so later ones count on from less. */
  @Example
  void iterationsOfAVuThatWasCutOffBeforeAreNotCompared() {
    compare(instant(FlowPlans.any(10328L)));
  }

  @Property(tries = TRIES)
  void iterationsOfAControlledFlowAreWhatItsPreviewsSay(@ForAll final long seed) {
    compare(instant(FlowPlans.controlled(seed)));
  }

  @Property(tries = TRIES)
  void iterationsOfAShortFormAreWhatItsPreviewsSay(@ForAll("plans") final Plan plan) {
    compare(instant(plan));
  }

  @Provide
  Arbitrary<Plan> plans() {
    return PlanGenerator.plans();
  }

  /** The chains hold every request, think time and schedule: the sum over all is the run's. */
  @Property(tries = FEW_TRIES)
  void thePreviewsOfAllIterationsAddUpToTheGenerationDigest(@ForAll final long seed) {
    final Plan plan = instant(FlowPlans.roomy(seed));
    Assume.that(plan.scenarios().stream().noneMatch(s -> remembersAtStop(plan, s.index())));
    Assume.that(
        !has(plan, Program.DURING_END)
            || plan.scenarios().stream().noneMatch(s -> remembers(plan, s.index())));
    final VirtualTime run = run(plan);
    long low = 0;
    long high = 0;
    long count = 0;
    for (final Event.Iterated ended : run.recording().events(Event.Iterated.class)) {
      final Preview preview = preview(plan, ended, ended.startedNs());
      low += KeyedRandom.mix(preview.chain());
      high += KeyedRandom.mix(preview.chain() ^ 0x8EBC6AF09C88C6E3L);
      count++;
    }
    assertEquals(run.machine().generationDigest(), new GenerationDigest(low, high, count));
  }

  @Property(tries = TRIES)
  void theArrivalsOfARunAreWhereTheirPreviewsSay(@ForAll final long seed) {
    final Plan plan = instant(FlowPlans.any(seed));
    for (final Event.Iterated ended : run(plan).recording().events(Event.Iterated.class)) {
      if (plan.scenarios().get(ended.scenario()).load().isOpen()) {
        assertEquals(
            ended.startedNs(), Preview.arrivalNs(plan, ended.scenario(), ended.iteration()));
      }
    }
  }

  private static void compare(final Plan plan) {
    final VirtualTime run = run(plan);
    final boolean meets = !plan.flow().meetings().isEmpty();
    final boolean timed = has(plan, Program.DURING_END);
    final Map<Preview.Identity, List<Event.Issued>> issued = new HashMap<>();
    for (final Event.Issued event : run.recording().events(Event.Issued.class)) {
      issued
          .computeIfAbsent(
              identity(plan, event.scenario(), event.at().vu(), event.iteration()),
              any -> new ArrayList<>())
          .add(event);
    }
    final List<Event.Iterated> all = run.recording().events(Event.Iterated.class);
    final int stride = all.size() / SAMPLES + 1;
    for (int i = 0; i < all.size(); i += stride) {
      final Event.Iterated ended = all.get(i);
      final List<Event.Issued> real =
          issued.getOrDefault(
              identity(plan, ended.scenario(), ended.at().vu(), ended.iteration()), List.of());
      final boolean shifted = meets || remembers(plan, ended.scenario());
      final boolean another = remembers(plan, ended.scenario()) && wasCutOff(all, ended);
      if (!(shifted && timed) && !another && !hangsOnItsLife(plan, ended)) {
        final long goesOnNs = goesOnNs(plan, all, i);
        same(real, preview(plan, ended, goesOnNs), ended, goesOnNs, !shifted);
      }
    }
  }

  private static void same(
      final List<Event.Issued> real,
      final Preview preview,
      final Event.Iterated ended,
      final long goesOnNs,
      final boolean times) {
    final List<Preview.Step> asked =
        preview.steps().stream().filter(step -> step.sent() != null).toList();
    final boolean whole = ended.outcome() == COMPLETED || real.size() >= asked.size();
    assertTrue(
        whole ? real.size() == asked.size() : ended.outcome() != COMPLETED,
        () -> ended + " has " + real.size() + " requests, its preview " + asked.size());
    for (int i = 0; i < real.size(); i++) {
      final Event.Issued event = real.get(i);
      final Preview.Step step = asked.get(i);
      assertEquals(event.request(), step.sent().request(), ended::toString);
      assertEquals(
          event.digest(),
          step.sent().digest(),
          () -> ended + " asks other than its preview:\n" + preview.steps());
      if (times) {
        assertEquals(event.intendedNs() - goesOnNs, step.atNs(), ended::toString);
      }
    }
  }

  /** What a VU remembers of an iteration that was cut off, no preview knows. */
  private static boolean wasCutOff(final List<Event.Iterated> all, final Event.Iterated ended) {
    return all.stream()
        .anyMatch(
            earlier ->
                earlier.at().vu() == ended.at().vu()
                    && earlier.scenario() == ended.scenario()
                    && earlier.iteration() < ended.iteration()
                    && earlier.outcome() == INTERRUPTED);
  }

  /** What a VU does at last, where it remembers what it did, depends on how much that was. */
  private static boolean hangsOnItsLife(final Plan plan, final Event.Iterated ended) {
    return ended.iteration() == Preview.Identity.STOP && remembersAtStop(plan, ended.scenario());
  }

  /** It is told from the VU's beginning on, so where in a tick it begins may be another place. */
  private static boolean remembers(final Plan plan, final int scenario) {
    return plan.flow().of(scenario).memory().values() > 0
        && plan.scenarios().get(scenario).load().vusLast();
  }

  private static boolean remembersAtStop(final Plan plan, final int scenario) {
    final Flow.ScenarioFlow flow = plan.flow().of(scenario);
    return flow.stop() != Flow.NONE && flow.memory().values() > 0;
  }

  /** When its first step is due: at its start, but a tick later after an iteration that failed. */
  private static long goesOnNs(final Plan plan, final List<Event.Iterated> all, final int index) {
    final Event.Iterated ended = all.get(index);
    if (plan.scenarios().get(ended.scenario()).load().isOpen()) {
      return ended.startedNs();
    }
    int before = index - 1;
    while (before >= 0 && all.get(before).at().vu() != ended.at().vu()) {
      before--;
    }
    final boolean rests =
        before >= 0
            && all.get(before).outcome() == FAILED
            && all.get(before).endedNs() == ended.startedNs();
    return rests
        ? ((ended.startedNs() - 1) / plan.tickNs() + 2) * plan.tickNs()
        : ended.startedNs();
  }

  private static Preview preview(final Plan plan, final Event.Iterated ended, final long startNs) {
    return Preview.of(
        plan,
        Surroundings.NONE,
        identity(plan, ended.scenario(), ended.at().vu(), ended.iteration()),
        startNs,
        MOST);
  }

  private static Preview.Identity identity(
      final Plan plan, final int scenario, final int vu, final long iteration) {
    final boolean vusLast = plan.scenarios().get(scenario).load().vusLast();
    return new Preview.Identity(scenario, vusLast ? vu : Preview.Identity.NO_VU, iteration);
  }

  private static boolean has(final Plan plan, final int operation) {
    for (int pc = 0; pc < plan.program().length(); pc++) {
      if (plan.program().operation(pc) == operation) {
        return true;
      }
    }
    return false;
  }

  /** The plan without throttles, against a target that answers at once, and not always well. */
  private static Plan instant(final Plan plan) {
    final List<Simulation.Response> responses =
        plan.requests().stream()
            .map(
                request ->
                    new Simulation.Response(
                        1,
                        new Distribution.Constant(0),
                        2,
                        List.of(),
                        request.index() % BAD_EACH == 1 ? 503 : 200,
                        0))
            .toList();
    return plan.withScenarios(plan.scenarios().stream().map(PreviewLawsTest::free).toList())
        .with(new Simulation(Simulation.UNLIMITED, responses));
  }

  private static ScenarioPlan free(final ScenarioPlan scenario) {
    final Timing timing = scenario.timing();
    return new ScenarioPlan(
        scenario.index(),
        scenario.name(),
        scenario.key(),
        scenario.load(),
        scenario.entry(),
        scenario.firstVu(),
        scenario.vus(),
        scenario.gracefulStopTicks(),
        new Timing(
            timing.startTicks(), timing.warmupTicks(), timing.pacingTicks(), Timing.UNTHROTTLED, 0),
        scenario.browsing());
  }

  private static VirtualTime run(final Plan plan) {
    return new VirtualTime(plan, 0, 1, new SimulatedTransport(plan, 0, 1)).run();
  }
}
