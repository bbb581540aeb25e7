package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.BlockWriter;

/**
 * Virtual time: jumps from one tick in which something is due to the next. Reads no clock and
 * samples no resources, so that the seed alone fixes the journal.
 */
final class SimulationAgent extends ShardAgent {
  /** Steps of one duty cycle: enough to make its own cost vanish, few enough to stop soon. */
  private static final int STEPS = 512;

  private final long tickNs;

  SimulationAgent(
      final String roleName,
      final Machine machine,
      final Transport transport,
      final BlockWriter writer,
      final long tickNs) {
    super(roleName, machine, transport, writer);
    this.tickNs = tickNs;
  }

  @Override
  public int doWork() {
    takeCommand((machine.openTick() - 1) * tickNs);
    for (int step = 0; step < STEPS && !machine.isComplete(); step++) {
      step();
    }
    tellStop();
    live.publish(machine.metrics(), (machine.openTick() - 1) * tickNs);
    if (machine.isComplete()) {
      conclude();
    }
    return STEPS;
  }

  private void step() {
    final long tick = Math.min(machine.nextTick(), transport.nextTick());
    if (tick == Transport.NULL_TICK) {
      throw new IllegalStateException("VUs are left but nothing is due in any tick");
    }
    machine.advance(tick - 1);
    transport.poll(tick, machine, Integer.MAX_VALUE);
    machine.advance(tick);
  }
}
