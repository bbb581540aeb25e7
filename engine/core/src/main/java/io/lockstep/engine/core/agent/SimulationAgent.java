package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.BlockWriter;
import java.util.function.BooleanSupplier;

/**
 * Virtual time: jumps from one tick in which something is due to the next. Reads no clock and
 * samples no resources, so that the seed alone fixes the journal.
 */
final class SimulationAgent extends ShardAgent {
  /** Steps of one duty cycle: enough to make its own cost vanish, few enough to stop soon. */
  private static final int STEPS = 512;

  private final long tickNs;
  private BooleanSupplier waiting = () -> false;

  SimulationAgent(
      final String roleName,
      final Machine machine,
      final Transport transport,
      final BlockWriter writer,
      final long tickNs) {
    super(roleName, machine, transport, writer);
    this.tickNs = tickNs;
  }

  /** Set before it starts: when it waits for other shards. */
  void waitWhile(final BooleanSupplier newWaiting) {
    waiting = newWaiting;
  }

  @Override
  public int doWork() {
    takeCommand((machine.openTick() - 1) * tickNs);
    int steps = 0;
    boolean goesOn = !waiting.getAsBoolean();
    while (goesOn && steps < STEPS && !machine.isComplete()) {
      step(nextTick());
      steps++;
      if (machine.metrics().hasSlices()) {
        tellSlices();
        goesOn = !waiting.getAsBoolean();
      }
    }
    tellStop();
    publish();
    concludeIfComplete();
    return steps;
  }

  /** The earliest tick in which something is due. */
  long nextTick() {
    return Math.min(machine.nextTick(), transport.nextTick());
  }

  /** The earliest tick in which thresholds are due. */
  long nextCheckTick() {
    return machine.metrics().nextCheckTick();
  }

  /** Does all that is due up to a tick. */
  void step(final long tick) {
    if (tick == Transport.NULL_TICK) {
      throw new IllegalStateException("VUs are left but nothing is due in any tick");
    }
    machine.advance(tick - 1);
    transport.poll(tick, machine, Integer.MAX_VALUE);
    machine.advance(tick);
  }

  /** Admits what was asked of the shard to the tick after one in which nothing is left to do. */
  void admitCommands(final long tick) {
    if (commands.isPending()) {
      machine.advance(tick);
      takeCommand(tick * tickNs);
    }
  }

  void publish() {
    live.publish(machine.metrics(), (machine.openTick() - 1) * tickNs);
  }

  void concludeIfComplete() {
    if (machine.isComplete()) {
      conclude();
    }
  }
}
