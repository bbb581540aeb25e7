package io.lockstep.engine.core.testing;

import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.scenario.plan.Plan;

/** Drives one machine and one transport through virtual time, on the caller's thread. */
public final class VirtualTime {
  private final Recording recording = new Recording();
  private final Transport transport;
  private final Machine machine;
  private final BlockWriter writer = recording.writer();

  public VirtualTime(
      final Plan plan, final int shard, final int shards, final Transport transport) {
    this(plan, shard, shards, transport, Surroundings.NONE);
  }

  /** With what a machine has besides its plan. */
  public VirtualTime(
      final Plan plan,
      final int shard,
      final int shards,
      final Transport transport,
      final Surroundings around) {
    this.transport = transport;
    machine = new Machine(plan, shard, shards, TransportKind.SIMULATED, transport, writer, around);
  }

  public Machine machine() {
    return machine;
  }

  /** What was journaled up to the last flush, which {@link #run} and {@link #flushed} do. */
  public Recording recording() {
    return recording;
  }

  /** What was journaled up to now. */
  public Recording flushed() {
    writer.flush();
    return recording;
  }

  /** Starts and runs to the end. */
  public VirtualTime run() {
    machine.start();
    while (!machine.isComplete()) {
      step();
    }
    return end();
  }

  /** Concludes a machine that is complete. */
  public VirtualTime end() {
    machine.conclude();
    writer.flush();
    return this;
  }

  /** Runs to the next tick in which something is due. */
  public void step() {
    final long tick = Math.min(machine.nextTick(), transport.nextTick());
    if (tick == Transport.NULL_TICK) {
      throw new AssertionError("VUs are left but nothing is due");
    }
    machine.advance(tick - 1);
    transport.poll(tick, machine, Integer.MAX_VALUE);
    machine.advance(tick);
  }
}
