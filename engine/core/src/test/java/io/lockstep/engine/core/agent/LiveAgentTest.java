package io.lockstep.engine.core.agent;

import static io.lockstep.engine.core.testing.Plans.SECOND;
import static io.lockstep.engine.core.testing.Plans.TICK_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.testing.HandTransport;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.Recording;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.scenario.plan.Plan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The live duty cycle under a clock that the test moves. */
final class LiveAgentTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private long nowNs;

  @Test
  void shouldEndThoughItIsSoLateThatTimeoutsOfEndedVusAreDue() {
    final Plan plan =
        Plans.of(Group.duration("a", 2, 10).graceful(5).asks(Ask.of("x").timeout(20)));
    final HandTransport transport = new HandTransport();
    final BlockWriter writer = new Recording().writer();
    final Machine machine = new Machine(plan, 0, 1, TransportKind.NETWORK, transport, writer);
    final LiveAgent agent =
        new LiveAgent(
            "engine-0",
            machine,
            transport,
            writer,
            TICK_NS,
            () -> nowNs,
            0,
            new ResourceSampler(() -> 0, () -> 0, () -> 0, () -> 0),
            false);
    agent.onStart();
    nowNs = 3 * TICK_NS;
    agent.doWork();
    assertEquals(2, transport.sent.size());

    nowNs = SECOND * TICK_NS;
    assertTimeoutPreemptively(BOUND, agent::doWork);
    assertTrue(agent.isDone());
    assertEquals(2, transport.cancelled.size());
  }

  @Test
  void shouldNotTakeTheStartForALongCycle() {
    final Plan plan = Plans.of(Group.duration("a", 2, 5 * SECOND));
    final HandTransport transport = new HandTransport();
    final BlockWriter writer = new Recording().writer();
    final Machine machine = new Machine(plan, 0, 1, TransportKind.NETWORK, transport, writer);
    final LiveAgent agent =
        new LiveAgent(
            "engine-0",
            machine,
            transport,
            writer,
            TICK_NS,
            () -> nowNs,
            0,
            new ResourceSampler(() -> 0, () -> 0, () -> 0, () -> 0),
            false);
    agent.onStart();
    nowNs = SECOND * TICK_NS;
    agent.doWork();
    nowNs += 7 * TICK_NS;
    agent.doWork();
    nowNs += 2 * TICK_NS;
    agent.commands.put(OperatorCommand.ABORT);
    agent.doWork();
    assertTrue(agent.isDone());
    assertEquals(7 * TICK_NS, agent.metrics().samples().resources().maxCycleNs());
  }
}
