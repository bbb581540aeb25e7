package io.lockstep.replay.shard;

import io.lockstep.engine.core.machine.Phase;
import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockSink;
import io.lockstep.replay.event.EventKind;
import io.lockstep.replay.event.EventText;
import io.lockstep.replay.event.EventView;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * The part of a recording that is being replayed, with two places in it: up to the one it has been
 * searched for inputs, up to the other it has been found equal to what the machine writes.
 *
 * <p>What the machine writes on its own is no input, so whatever is found equal needs no search:
 * the search is never left behind the comparison, and the window holds the blocks between them,
 * which are one or two. Blocks of machine and recording need not end at the same events.
 */
final class RecordingWindow implements BlockSink {
  private final BlockFeed feed;
  private final EventText text;
  private final ByteBuffer replayed;
  private final EventView view = new EventView();

  private RecordedBlock head;
  private RecordedBlock newest;
  private RecordedBlock searchBlock;
  private int searchOffset;
  private int lastSearched = -1;
  private RecordedBlock equalBlock;
  private int equalOffset;
  private long events;
  private long surplusBytes;
  private boolean ended;

  /**
   * @param output the one block that the machine writes into
   */
  RecordingWindow(final BlockFeed feed, final EventText text, final Block output) {
    this.feed = feed;
    this.text = text;
    final byte[] array = output.buffer().byteArray();
    replayed = array == null ? output.buffer().byteBuffer().duplicate() : ByteBuffer.wrap(array);
  }

  /**
   * Reads the first block.
   *
   * @return false if there is none.
   */
  boolean open() {
    if (!extend()) {
      return false;
    }
    searchBlock = newest;
    equalBlock = newest;
    return true;
  }

  /**
   * Moves the search to the next input within its block.
   *
   * @return false if the rest of the block holds none; the search is then at its end.
   */
  boolean findInput() {
    final DirectBuffer buffer = searchBlock.buffer();
    final int end = searchBlock.length();
    int offset = searchOffset;
    while (offset < end) {
      final int length = EventView.lengthAt(buffer, offset, end);
      if (length == 0) {
        throw new IllegalStateException(
            "no event begins at byte " + offset + " of a block that was verified");
      }
      if (isSteering(EventView.templateAt(buffer, offset))) {
        searchOffset = offset;
        return true;
      }
      lastSearched = offset;
      offset += length;
    }
    searchOffset = end;
    return false;
  }

  private static boolean isSteering(final int templateId) {
    final EventKind kind = EventKind.of(templateId);
    return kind != null && (kind.isInput() || kind == EventKind.RUN_ENDED);
  }

  /** The buffer that {@link #inputOffset()} lies in. */
  DirectBuffer inputBuffer() {
    return searchBlock.buffer();
  }

  /** Where the input begins that was found. */
  int inputOffset() {
    return searchOffset;
  }

  /** Goes on behind the input that was found; before the machine acts on it. */
  void passInput() {
    lastSearched = searchOffset;
    searchOffset += EventView.lengthAt(searchBlock.buffer(), searchOffset, searchBlock.length());
  }

  /**
   * The last tick that the machine can be taken through, since the search has seen all its inputs.
   */
  long searchedThroughTick() {
    if (lastSearched < 0) {
      return -1;
    }
    final DirectBuffer buffer = searchBlock.buffer();
    final long tick = EventView.tickAt(buffer, lastSearched);
    return EventView.phaseAt(buffer, lastSearched) == Phase.TIMERS.code() ? tick : tick - 1;
  }

  /**
   * Takes the search to the next block.
   *
   * @return false at the end of the recording.
   */
  boolean nextSearchBlock() {
    if (searchOffset < searchBlock.length()) {
      return true;
    }
    if (searchBlock.next() == null && !extend()) {
      return false;
    }
    searchBlock = searchBlock.next();
    searchOffset = 0;
    lastSearched = -1;
    releasePassed();
    return true;
  }

  /** Whether all that was searched has been found equal. */
  boolean isEqualToSearch() {
    return (equalBlock == searchBlock && equalOffset >= searchOffset)
        || equalBlock.firstEvent() > searchBlock.firstEvent();
  }

  @Override
  public Block exchange(final Block full) {
    int from = Block.HEADER_LENGTH;
    final int to = full.end();
    while (from < to) {
      if (equalOffset == equalBlock.length() && !nextEqualBlock()) {
        beyondEnd(full, from);
        break;
      }
      final int span = Math.min(to - from, equalBlock.length() - equalOffset);
      replayed.limit(from + span).position(from);
      final int difference = replayed.mismatch(equalBlock.view(equalOffset, equalOffset + span));
      if (difference >= 0) {
        throw new DivergedException(mismatch(full, from, equalOffset + difference));
      }
      from += span;
      equalOffset += span;
    }
    liftSearch();
    return full;
  }

  private boolean nextEqualBlock() {
    if (equalBlock.next() == null && !extend()) {
      return false;
    }
    equalBlock = equalBlock.next();
    equalOffset = 0;
    liftSearch();
    releasePassed();
    return true;
  }

  private void liftSearch() {
    if (searchBlock == equalBlock) {
      if (equalOffset > searchOffset) {
        searchOffset = equalOffset;
        lastSearched = -1;
      }
    } else if (equalBlock.firstEvent() > searchBlock.firstEvent()) {
      searchBlock = equalBlock;
      searchOffset = equalOffset;
      lastSearched = -1;
    }
  }

  private void beyondEnd(final Block full, final int from) {
    if (isWhole()) {
      view.wrap(full.buffer(), from);
      throw new DivergedException(
          new Mismatch(
              events,
              view.tick(),
              EventView.NO_VU,
              view.vu(),
              Mismatch.NOTHING_MORE,
              text.line(view),
              false));
    }
    surplusBytes += full.end() - from;
  }

  /** What the recording begins with; {@code null} for a kind that is not known. */
  EventKind firstKind() {
    return EventKind.of(EventView.templateAt(head.buffer(), 0));
  }

  /** Whether the recording has its last event, once its end is reached. */
  boolean isWhole() {
    return EventView.templateAt(newest.buffer(), lastOffset()) == EventKind.RUN_ENDED.templateId();
  }

  /** Tick of the last event that was read. */
  long lastTick() {
    return EventView.tickAt(newest.buffer(), lastOffset());
  }

  private int lastOffset() {
    int offset = 0;
    int last = 0;
    while (offset < newest.length()) {
      last = offset;
      offset += EventView.lengthAt(newest.buffer(), offset, newest.length());
    }
    return last;
  }

  private Mismatch mismatch(final Block full, final int from, final int at) {
    final DirectBuffer buffer = equalBlock.buffer();
    int start = 0;
    long index = equalBlock.firstEvent();
    while (start + EventView.lengthAt(buffer, start, equalBlock.length()) <= at) {
      start += EventView.lengthAt(buffer, start, equalBlock.length());
      index++;
    }
    final int fullStart = from + start - equalOffset;
    String actual = text.line(view.wrap(full.buffer(), fullStart));
    final int actualVu = view.vu();
    view.wrap(buffer, start);
    String recorded = text.line(view);
    if (recorded.equals(actual)) {
      recorded += byteAt(buffer, start, at - start);
      actual += byteAt(full.buffer(), fullStart, at - start);
    }
    return new Mismatch(
        index,
        view.tick(),
        view.vu(),
        actualVu,
        recorded,
        actual,
        view.templateId() == EventKind.RUN_STARTED.templateId());
  }

  /** For a difference that the words do not show, such as one within a rounded time. */
  private static String byteAt(final DirectBuffer buffer, final int event, final int index) {
    return String.format(
        Locale.ROOT, " (byte %d is 0x%02x)", index, buffer.getByte(event + index) & 0xFF);
  }

  /** The first recorded event that the machine has not written, for a machine that says no more. */
  Mismatch missing(final String replayedInstead) {
    if (equalOffset == equalBlock.length() && !nextEqualBlock()) {
      return new Mismatch(
          events,
          lastTick(),
          EventView.NO_VU,
          EventView.NO_VU,
          Mismatch.NOTHING_MORE,
          replayedInstead,
          false);
    }
    long index = equalBlock.firstEvent();
    int offset = 0;
    while (offset < equalOffset) {
      offset += EventView.lengthAt(equalBlock.buffer(), offset, equalBlock.length());
      index++;
    }
    view.wrap(equalBlock.buffer(), offset);
    return new Mismatch(
        index, view.tick(), view.vu(), EventView.NO_VU, text.line(view), replayedInstead, false);
  }

  private boolean extend() {
    if (ended) {
      return false;
    }
    final RecordedBlock block = feed.take();
    if (block == null) {
      ended = true;
      return false;
    }
    block.firstEvent(events);
    block.next(null);
    events += block.events();
    if (newest == null) {
      head = block;
    } else {
      newest.next(block);
    }
    newest = block;
    return true;
  }

  private void releasePassed() {
    while (head != searchBlock && head != equalBlock) {
      final RecordedBlock passed = head;
      head = head.next();
      passed.next(null);
      feed.release(passed);
    }
  }

  /** Events read so far. */
  long events() {
    return events;
  }

  /** Bytes that the machine wrote beyond the end of a recording that was cut. */
  long surplusBytes() {
    return surplusBytes;
  }
}
