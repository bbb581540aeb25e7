package io.lockstep.replay;

import io.lockstep.engine.core.machine.Machine;
import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockSink;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.block.EventCursor;
import io.lockstep.replay.shard.BlockSource;
import io.lockstep.replay.shard.RecordedBlock;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** A simulated run of one shard, its journal kept in memory as the events of its blocks. */
public final class RecordedRun implements BlockSink {
  private final List<byte[]> blocks = new ArrayList<>();
  private final Machine machine;

  /**
   * Simulates.
   *
   * @param random decides where blocks end early, and whether and when an operator ends the run
   */
  public RecordedRun(final Plan plan, final int shard, final int shards, final Random random) {
    this(plan, shard, shards, random, false);
  }

  /**
   * The same with a target that says why it fails, as networks do.
   *
   * @param reasons whether it does
   */
  public RecordedRun(
      final Plan plan,
      final int shard,
      final int shards,
      final Random random,
      final boolean reasons) {
    final BlockWriter writer = new BlockWriter(this, new Block());
    machine = SimulatedShard.run(plan, shard, shards, random, writer, reasons);
  }

  @Override
  public Block exchange(final Block full) {
    final byte[] events = new byte[full.end() - Block.HEADER_LENGTH];
    full.buffer().getBytes(Block.HEADER_LENGTH, events);
    blocks.add(events);
    return full;
  }

  public Machine machine() {
    return machine;
  }

  /** The events of each block; a change of it changes the recording. */
  public List<byte[]> blocks() {
    return blocks;
  }

  /** All of it. */
  public BlockSource source() {
    return source(blocks, null);
  }

  /** Any blocks, and what is wrong behind them. */
  public static BlockSource source(final List<byte[]> blocks, final String damage) {
    return new BlockSource() {
      private int next;

      @Override
      public boolean read(final RecordedBlock into) {
        if (next == blocks.size()) {
          return false;
        }
        final byte[] events = blocks.get(next++);
        into.fill(new UnsafeBuffer(events), 0, events.length, count(events));
        return true;
      }

      @Override
      public String damage() {
        return next == blocks.size() ? damage : null;
      }

      @Override
      public void close() {
        next = blocks.size();
      }
    };
  }

  /** Offsets of the events in a block's bytes, and the end. */
  public static List<Integer> offsets(final byte[] events) {
    final List<Integer> offsets = new ArrayList<>();
    final UnsafeBuffer buffer = new UnsafeBuffer(events);
    int offset = 0;
    while (offset < events.length) {
      offsets.add(offset);
      offset += EventCursor.lengthAt(buffer, offset, events.length);
    }
    offsets.add(offset);
    return offsets;
  }

  private static int count(final byte[] events) {
    return offsets(events).size() - 1;
  }

  /** Events in all blocks. */
  public long events() {
    return blocks.stream().mapToLong(RecordedRun::count).sum();
  }
}
