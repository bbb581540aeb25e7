package io.lockstep.replay.shard;

import io.lockstep.replay.event.EventView;

/** Walks over all events of one shard's recording, in order. Single-threaded, constant memory. */
public final class EventWalk implements AutoCloseable {
  private final int shard;
  private final BlockSource source;
  private final RecordedBlock block = new RecordedBlock();
  private final EventView view = new EventView();
  private int offset;
  private long index = -1;

  /**
   * @param source closed with this
   */
  public EventWalk(final int shard, final BlockSource source) {
    this.shard = shard;
    this.source = source;
  }

  /**
   * Moves to the next event.
   *
   * @return false at the end, or where the journal is damaged.
   */
  public boolean next() {
    if (offset == block.length()) {
      if (!source.read(block)) {
        return false;
      }
      offset = 0;
    }
    final int length = EventView.lengthAt(block.buffer(), offset, block.length());
    if (length == 0) {
      throw new IllegalStateException(
          "no event begins at byte " + offset + " of a block that was verified");
    }
    view.wrap(block.buffer(), offset);
    offset += length;
    index++;
    return true;
  }

  /** The current event; the same object each time. */
  public EventView event() {
    return view;
  }

  /** Its index in the shard's recording, from 0. */
  public long index() {
    return index;
  }

  /** Which shard. */
  public int shard() {
    return shard;
  }

  /** What is wrong behind the last event, {@code null} if nothing is. */
  public String damage() {
    return source.damage();
  }

  @Override
  public void close() {
    source.close();
  }
}
