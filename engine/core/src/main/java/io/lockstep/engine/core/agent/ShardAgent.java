package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.LoadChange;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.BlockWriter;
import org.agrona.concurrent.Agent;

/** The duty cycle of one shard, live or simulated: owns the machine from its start to its end. */
abstract sealed class ShardAgent implements Agent permits LiveAgent, SimulationAgent {
  final Machine machine;
  final Transport transport;
  final BlockWriter writer;
  final LiveTracker live = new LiveTracker();
  final CommandInbox commands = new CommandInbox();
  private final String roleName;
  private StartGate gate;
  private Runnable onSliced = () -> {};
  private Runnable testStopped = () -> {};
  private boolean told;
  private SetupResult setup = SetupResult.NONE;
  private volatile boolean done;

  ShardAgent(
      final String roleName,
      final Machine machine,
      final Transport transport,
      final BlockWriter writer) {
    this.roleName = roleName;
    this.machine = machine;
    this.transport = transport;
    this.writer = writer;
    machine.metrics().watch(live);
  }

  /**
   * Whom to tell, on the shard's thread, when samples wait to be judged together with those of the
   * other shards; set before it starts.
   */
  final void whenSliced(final Runnable listener) {
    onSliced = listener;
  }

  /** Tells that samples wait to be judged, if some do. */
  final void tellSlices() {
    if (machine.metrics().hasSlices()) {
      onSliced.run();
    }
  }

  /** Where it waits for the others; set before it starts. Without one it waits for nobody. */
  final void startsAt(final StartGate newGate) {
    gate = newGate;
  }

  @Override
  public final void onStart() {
    if (gate != null) {
      gate.prepare(transport);
      gate.await();
    }
    machine.start();
    for (int i = 0; i < setup.values().size(); i++) {
      machine.onSetup(i, setup.values().get(i));
    }
    if (!setup.goesAhead()) {
      machine.onCommand(OperatorCommand.SETUP, 0);
    }
  }

  /** What came of the setup, which is the first that the machine is told; before a start. */
  final void after(final SetupResult newSetup) {
    setup = newSetup;
  }

  /** Whether there is load at all: the setup, if any, has come to its end. */
  final boolean goesAhead() {
    return setup.goesAhead();
  }

  @Override
  public final String roleName() {
    return roleName;
  }

  /** Flushes what has been journaled, also where the shard failed, and ends the transport. */
  @Override
  public final void onClose() {
    try {
      transport.close();
    } finally {
      if (!done) {
        writer.flush();
      }
    }
  }

  /**
   * Called once, on the shard's thread, where a flow asks for the end of the test. Before a start.
   */
  final void onTestStopped(final Runnable newTestStopped) {
    testStopped = newTestStopped;
  }

  final void tellStop() {
    if (machine.isStopAsked() && !told) {
      told = true;
      testStopped.run();
    }
  }

  /** Whether the machine has come to its end and everything is with the journal. */
  final boolean isDone() {
    return done;
  }

  final void conclude() {
    machine.conclude();
    tellSlices();
    writer.flush();
    done = true;
  }

  final int takeCommand(final long atNs) {
    int taken = 0;
    final LoadChange change = commands.takeChange();
    if (change != null && !machine.isComplete()) {
      machine.onChange(change, atNs);
      taken++;
    }
    final OperatorCommand command = commands.take();
    if (command != null) {
      if (command == OperatorCommand.THRESHOLD) {
        machine.onThreshold(commands.threshold(), atNs);
      } else {
        machine.onCommand(command, atNs);
      }
      taken++;
    }
    return taken;
  }

  /** After the end, on any thread that has waited for it. */
  final MetricsTracker metrics() {
    return machine.metrics();
  }

  final GenerationDigest generationDigest() {
    return machine.generationDigest();
  }
}
