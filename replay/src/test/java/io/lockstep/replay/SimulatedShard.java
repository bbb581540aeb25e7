package io.lockstep.replay;

import io.lockstep.engine.core.machine.LoadChange;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.machine.Rules;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.core.port.Network;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.transport.sim.SimulatedTransport;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.Random;

/** Simulates one shard from start to end. */
public final class SimulatedShard {
  private static final GeneratorUse GENERATOR =
      new GeneratorUse(
          true, 2, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, ThreadUse.UNKNOWN, Network.EPOLL);
  private static final Resources RESOURCES = new Resources(2, 10, 9, 8, 7, 6, 5, 4, 3, 2);

  private SimulatedShard() {}

  /**
   * Simulates.
   *
   * @param random decides where blocks end early, and whether and when an operator ends the run
   */
  public static Machine run(
      final Plan plan,
      final int shard,
      final int shards,
      final Random random,
      final BlockWriter writer) {
    return run(plan, shard, shards, random, writer, false);
  }

  /**
   * The same with a target that says why it fails, as networks do.
   *
   * @param reasons whether it does
   */
  static Machine run(
      final Plan plan,
      final int shard,
      final int shards,
      final Random random,
      final BlockWriter writer,
      final boolean reasons) {
    final Transport transport = new SimulatedTransport(plan, shard, shards);
    final Machine machine =
        new Machine(plan, shard, shards, TransportKind.SIMULATED, transport, writer);
    final Transport.CompletionHandler handler = reasons ? explaining(machine) : machine;
    final OperatorCommand command =
        random.nextInt(3) == 0
            ? random.nextBoolean() ? OperatorCommand.STOP : OperatorCommand.ABORT
            : null;
    long commandTick = command == null ? Long.MAX_VALUE : random.nextInt(800);
    final int flushOneIn = 1 + random.nextInt(200);
    if (random.nextInt(4) == 0) {
      machine.start(Rules.FIRST); // as a recording of old has it
    } else {
      machine.start();
    }
    while (!machine.isComplete()) {
      long tick = Math.min(machine.nextTick(), transport.nextTick());
      if (tick >= commandTick && commandTick >= machine.openTick()) {
        tick = commandTick;
        machine.advance(tick - 1);
        machine.onCommand(command, tick * plan.tickNs());
        commandTick = Long.MAX_VALUE;
      }
      machine.advance(tick - 1);
      change(plan, machine, tick, random);
      transport.poll(tick, handler, Integer.MAX_VALUE);
      machine.advance(tick);
      if (random.nextInt(flushOneIn) == 0) {
        writer.flush();
      }
    }
    if (random.nextBoolean()) {
      machine.onThread(new ThreadUse(shard, ThreadUse.Role.ENGINE, 10, 9, ThreadUse.UNKNOWN, 7, 6));
      machine.onThread(new ThreadUse(shard, ThreadUse.Role.JOURNAL, 5, 4, 3, 2, 1));
      machine.onGenerator(GENERATOR);
      machine.onResources(RESOURCES);
    }
    machine.conclude();
    writer.flush();
    return machine;
  }

  /** Says why most requests fail, in one of a few hundred ways. */
  private static Transport.CompletionHandler explaining(final Machine machine) {
    final int[] failures = new int[1];
    return completion -> {
      completion.reason = null;
      completion.reasonNumber = FailureReason.NO_NUMBER;
      if (completion.outcome.isFailure() && failures[0]++ % 5 != 0) {
        completion.reason = FailureReason.of("why \u00e4 " + failures[0] * 7 % 300);
      }
      machine.onCompletion(completion);
    };
  }

  /** Now and then an operator changes what can be changed. Draws nothing where nothing can. */
  private static void change(
      final Plan plan, final Machine machine, final long tick, final Random random) {
    for (final ScenarioPlan scenario : plan.scenarios()) {
      if (scenario.load() instanceof Load.Controlled load && random.nextInt(50) == 0) {
        final boolean rate = load.isOpen() && random.nextBoolean();
        machine.onChange(
            new LoadChange(
                rate ? OperatorCommand.SET_RATE : OperatorCommand.SET_VUS,
                scenario.index(),
                random.nextInt(rate ? 5_000 : scenario.vus() + 1)),
            tick * plan.tickNs() - random.nextInt((int) plan.tickNs()));
      }
    }
  }
}
