package io.lockstep.engine.transport.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The search against queues whose knee is known on paper. */
final class CapacityTest {
  private static final long MS = 1_000_000;

  /**
   * Four servers of 20 ms each serve 200 a second. Evenly spread arrivals below that never wait,
   * above it the queue grows without bound.
   */
  @Test
  void shouldFindTheKneeOfAQueueWithoutRandomness() {
    final List<CapacityStep> steps =
        search(4, new Distribution.Constant(20 * MS), Load.ArrivalProcess.UNIFORM, 25 * MS, 20);
    final CapacityStep last = steps.get(steps.size() - 1);
    assertEquals(CapacityVerdict.TOO_SLOW, last.verdict());
    assertEquals(220, last.rate());
    assertEquals(200, steps.get(steps.size() - 2).rate());
  }

  /**
   * One server, Poisson arrivals, exponential service of mean 5 ms: M/M/1, whose response time is
   * exponential with rate mu - lambda, so its 99th percentile is ln(100) / (mu - lambda). It is 92
   * ms at 150 a second.
   */
  @Test
  void shouldFindTheKneeOfAnMm1Queue() {
    final List<CapacityStep> steps =
        search(1, new Distribution.Exponential(5 * MS), Load.ArrivalProcess.POISSON, 92 * MS, 10);
    final CapacityStep last = steps.get(steps.size() - 1);
    assertEquals(CapacityVerdict.TOO_SLOW, last.verdict());
    assertTrue(last.rate() >= 140 && last.rate() <= 170, "broke at " + last.rate());
  }

  private static List<CapacityStep> search(
      final int servers,
      final Distribution latency,
      final Load.ArrivalProcess process,
      final long p99Ns,
      final long rise) {
    final Load load =
        new Load.Capacity(
            20,
            rise,
            1_000,
            1_000 * MS,
            60 * Plans.SECOND,
            process,
            3,
            new Load.Objective(p99Ns, 0));
    final Plan plan =
        Plans.of(
            7,
            servers,
            List.of(Group.of("search", 5_000, load).asks(Ask.of("a").latency(latency))));
    final VirtualTime time = new VirtualTime(plan, 0, 1, new SimulatedTransport(plan, 0, 1)).run();
    JournalLaws.check(plan, 0, 1, time.recording().events());
    return time.machine().metrics().capacitySteps();
  }
}
