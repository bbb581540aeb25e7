package io.lockstep.engine.core.schedule;

import static io.lockstep.engine.core.testing.Plans.SECOND;
import static io.lockstep.engine.core.testing.Plans.TICK_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.schedule.LoadOutline.Certainty;
import io.lockstep.engine.core.schedule.LoadOutline.Row;
import io.lockstep.engine.core.testing.PlanGenerator;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Load.ArrivalProcess;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Stages;
import io.lockstep.scenario.plan.Timing;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LoadOutlineTest {
  private static final long PERIOD_NS = 1_000_000_000L;

  @Provide
  Arbitrary<Plan> plans() {
    return PlanGenerator.plans();
  }

  /** The totals are those of the schedules themselves, arrival by arrival. */
  @Property(tries = 200)
  void totalsAreThoseOfTheSchedules(
      @ForAll("plans") final Plan plan, @ForAll @IntRange(min = 1, max = 30) final int intervals) {
    final LoadOutline outline = LoadOutline.of(plan, intervals);
    for (final Row row : outline.scenarios()) {
      final ScenarioPlan scenario = plan.scenarios().get(row.index());
      assertEquals(intervals, row.vus().length());
      if (scenario.load().isOpen()) {
        assertEquals(Certainty.EXACT, row.certainty());
        assertEquals(scheduled(plan, scenario), row.totalArrivals());
        assertEquals(row.totalArrivals(), Arrays.stream(row.arrivals().toArray()).sum());
      }
    }
  }

  @Test
  void shouldTellVusAndArrivalsOfEachInterval() {
    final Plan plan =
        Plans.of(
            Group.of(
                "ramp",
                4,
                new Load.RampingVus(
                    0, new Stages(LongArray.of(2 * SECOND, 2 * SECOND), LongArray.of(4, 0)), 0)),
            Group.of(
                    "rate",
                    9,
                    new Load.RampingRate(
                        0,
                        PERIOD_NS,
                        new Stages(LongArray.of(2 * SECOND), LongArray.of(20)),
                        ArrivalProcess.UNIFORM,
                        0))
                .timing(new Timing(SECOND, 0, 0, Timing.UNTHROTTLED, 0)),
            Group.duration("constant", 3, SECOND));
    final LoadOutline outline = LoadOutline.of(plan, 4);
    assertEquals(SECOND * TICK_NS, outline.intervalNs());
    assertEquals(4 * SECOND * TICK_NS, outline.endNs());
    assertEquals(LongArray.of(0, 2, 4, 2), outline.scenarios().get(0).vus());
    assertEquals(Certainty.OPEN, outline.scenarios().get(0).certainty());
    assertEquals(LongArray.of(0, 5, 15, 0), outline.scenarios().get(1).arrivals());
    assertEquals(LongArray.of(0, 9, 9, 0), outline.scenarios().get(1).vus());
    assertEquals(LongArray.of(3, 0, 0, 0), outline.scenarios().get(2).vus());
  }

  @Test
  void shouldSayHowCertainANumberIs() {
    final Plan plan =
        Plans.of(
            Group.arrivals("many", 1, 1_000_000, 10 * SECOND, ArrivalProcess.POISSON),
            Group.of("shared", 2, new Load.SharedIterations(70, SECOND)),
            Group.iterations("counted", 3, 5),
            Group.of("operated", 5, new Load.Controlled(2, 10, PERIOD_NS, SECOND)),
            Group.of(
                "search",
                5,
                new Load.Capacity(
                    10,
                    10,
                    30,
                    PERIOD_NS,
                    SECOND,
                    ArrivalProcess.UNIFORM,
                    0,
                    new Load.Objective(1, 1))));
    final LoadOutline outline = LoadOutline.of(plan, 10);
    check(outline.scenarios().get(0), 10_000_000, Certainty.EXPECTED);
    check(outline.scenarios().get(1), 70, Certainty.AT_MOST);
    check(outline.scenarios().get(2), 15, Certainty.EXACT);
    check(outline.scenarios().get(3), Load.UNLIMITED, Certainty.OPEN);
    check(outline.scenarios().get(4), 60, Certainty.AT_MOST);
    assertEquals(2, outline.scenarios().get(3).vus().get(0));
    assertThrows(IllegalArgumentException.class, () -> LoadOutline.of(plan, 0));
    assertTrue(outline.scenarios().get(2).endNs() == Load.UNLIMITED);
  }

  private static void check(final Row row, final long total, final Certainty certainty) {
    assertEquals(total, row.totalArrivals());
    assertEquals(certainty, row.certainty());
  }

  private static long scheduled(final Plan plan, final ScenarioPlan scenario) {
    final ArrivalSchedule schedule =
        ArrivalSchedule.of(
            scenario.load(),
            plan.tickNs(),
            scenario.startTick(),
            io.lockstep.engine.core.random.KeyedRandom.scenarioStream(plan.seed(), scenario.key()),
            0,
            1);
    long count = 0;
    while (schedule.nextTick() != ArrivalSchedule.NULL_TICK) {
      count++;
      schedule.advance();
    }
    return count;
  }
}
