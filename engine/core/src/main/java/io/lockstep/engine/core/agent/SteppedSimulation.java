package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.ShardRules;
import io.lockstep.engine.core.port.Transport;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NoOpIdleStrategy;

/**
 * Several simulated shards on one thread, tick by tick: none begins a tick before all others have
 * ended the one before. So when one of them ends the test in tick T, or all together find in it
 * that a threshold does, the others learn it as their first input of tick T + 1, whatever the
 * machine is doing besides. Plans that cannot end so are simulated on a thread per shard.
 */
final class SteppedSimulation implements Agent {
  /** Ticks of one duty cycle. */
  private static final int STEPS = 512;

  private final SimulationAgent[] agents;
  private boolean closed;

  private SteppedSimulation(final SimulationAgent[] agents) {
    this.agents = agents;
  }

  /** Whether a run needs it. */
  static boolean isFor(final RunContext context) {
    return context.kind().isVirtual()
        && context.options().shards() > 1
        && ShardRules.canStopTest(context.plan());
  }

  /** Gives shards that have not started one engine thread for them all. */
  static void drive(final List<Shard> shards, final ThreadFactory threads) {
    final SteppedSimulation together =
        new SteppedSimulation(
            shards.stream()
                .map(shard -> (SimulationAgent) shard.agent())
                .toArray(SimulationAgent[]::new));
    final AgentThread engine =
        new AgentThread(
            together, NoOpIdleStrategy.INSTANCE, AgentThread.ANY_CPU, together::isDone, threads);
    for (int i = 0; i < shards.size(); i++) {
      shards.get(i).driveBy(engine, i == 0);
    }
  }

  @Override
  public void onStart() {
    for (final SimulationAgent agent : agents) {
      agent.onStart();
    }
  }

  @Override
  public int doWork() {
    for (int step = 0; step < STEPS && !isDone(); step++) {
      step(nextTick());
    }
    for (final SimulationAgent agent : agents) {
      agent.publish();
    }
    return STEPS;
  }

  /** The earliest tick in which something is due in any shard, or in which thresholds are. */
  private long nextTick() {
    long next = Transport.NULL_TICK;
    long check = Transport.NULL_TICK;
    for (final SimulationAgent agent : agents) {
      if (!agent.isDone()) {
        next = Math.min(next, agent.nextTick());
        check = Math.min(check, agent.nextCheckTick());
      }
    }
    return next == Transport.NULL_TICK ? next : Math.min(next, check);
  }

  private void step(final long tick) {
    for (final SimulationAgent agent : agents) {
      if (!agent.isDone() && Math.min(agent.nextTick(), agent.nextCheckTick()) <= tick) {
        agent.step(tick);
      }
    }
    for (final SimulationAgent agent : agents) {
      if (!agent.isDone()) {
        agent.tellStop();
        agent.tellSlices();
      }
    }
    for (final SimulationAgent agent : agents) {
      if (!agent.isDone()) {
        agent.admitCommands(tick);
        agent.concludeIfComplete();
      }
    }
  }

  /** Whether all machines have come to their end. */
  private boolean isDone() {
    for (final SimulationAgent agent : agents) {
      if (!agent.isDone()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void onClose() {
    if (!closed) {
      closed = true;
      for (final SimulationAgent agent : agents) {
        agent.onClose();
      }
    }
  }

  @Override
  public String roleName() {
    return "engine";
  }
}
