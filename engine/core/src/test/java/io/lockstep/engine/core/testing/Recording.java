package io.lockstep.engine.core.testing;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.block.EventCursor;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.sink.Journal;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory: keeps all bytes and gives back decoded events. */
public final class Recording implements Journal {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Block first = new Block();

  /** A writer into this. */
  public BlockWriter writer() {
    return new BlockWriter(this, first);
  }

  @Override
  public Block first() {
    return first;
  }

  @Override
  public Block exchange(final Block full) {
    bytes.write(full.bytes(), Block.HEADER_LENGTH, full.end() - Block.HEADER_LENGTH);
    return full;
  }

  @Override
  public long stallNs() {
    return 0;
  }

  @Override
  public void close() {
    // Memory only.
  }

  @Override
  public ShardSeal seal() {
    throw new UnsupportedOperationException("a recording has no seal");
  }

  @Override
  public boolean isSealed() {
    return false;
  }

  /** All bytes of all events that were flushed. */
  public byte[] bytes() {
    return bytes.toByteArray();
  }

  /** SHA-256 of {@link #bytes()}. */
  public String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** All events that were flushed, in order. */
  public List<Event> events() {
    final byte[] all = bytes();
    final UnsafeBuffer buffer = new UnsafeBuffer(all);
    final EventCursor cursor = new EventCursor().wrap(buffer, 0, all.length);
    final List<Event> events = new ArrayList<>();
    while (cursor.next()) {
      events.add(Event.decode(cursor, buffer));
    }
    return events;
  }

  /** The events of one kind, in order. */
  public <E extends Event> List<E> events(final Class<E> kind) {
    return events(kind, event -> true);
  }

  /** Some events of one kind, in order. */
  public <E extends Event> List<E> events(final Class<E> kind, final Predicate<E> test) {
    return events().stream().filter(kind::isInstance).map(kind::cast).filter(test).toList();
  }
}
