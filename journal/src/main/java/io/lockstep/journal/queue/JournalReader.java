package io.lockstep.journal.queue;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockChain;
import io.lockstep.journal.block.BlockUnpacker;
import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.block.EventCursor;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.event.RunEndedDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the journal of one shard back, block by block, in order, and vouches for each: checksum,
 * digest chain, numbers, event lengths. Ends at the last complete block. Changes no byte and waits
 * for nobody, so a journal that is still being written can be read too. Single-threaded.
 */
public final class JournalReader implements AutoCloseable {
  /** How a journal ends. */
  public enum Ending {
    /** With the event that ends a run. */
    COMPLETE,
    /** Before it: the writer was killed, its disk was full, or it still writes. */
    TRUNCATED
  }

  private final Path directory;
  private final Path path;
  private final ShardSeal seal;
  private final BlockChain chain;
  private final QueueFile file;
  private final ContainerDigest container = new ContainerDigest();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Block.CAPACITY]);
  private final ByteBuffer bytes = ByteBuffer.wrap(buffer.byteArray());
  private final BlockUnpacker unpacker = new BlockUnpacker();
  private final EventCursor cursor = new EventCursor();
  private int length;
  private long firstEvent;
  private Ending ending;

  private JournalReader(
      final Path directory, final String origin, final int shard, final ShardSeal seal) {
    this.directory = directory;
    this.seal = seal;
    path = directory.resolve(QueueFile.NAME);
    chain = new BlockChain(origin, shard);
    try {
      requireFile(directory.resolve(QueueFile.TABLE_NAME));
      requireFile(path);
      file = new QueueFile(path);
    } catch (final IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Whether a shard's journal has not been begun, or its files are gone: which of both it is, only
   * the run's manifest can tell.
   */
  public static boolean isAbsent(final Path directory) {
    return Files.notExists(directory.resolve(QueueFile.TABLE_NAME))
        || Files.notExists(directory.resolve(QueueFile.NAME));
  }

  /**
   * Opens the journal of a shard.
   *
   * @param directory of the shard
   * @param origin that its chain must begin with, {@code null} if it is not known
   * @param shard that it must belong to
   * @param seal what the run's manifest says of it, {@code null} if the run was never closed
   * @throws DamagedJournalException if a file is missing.
   * @throws JournalException if it is there and cannot be read.
   */
  public static JournalReader open(
      final Path directory, final String origin, final int shard, final ShardSeal seal) {
    return new JournalReader(directory, origin, shard, seal);
  }

  /**
   * Moves to the next block.
   *
   * @return false at the end.
   * @throws DamagedJournalException if what follows is not what was written.
   * @throws io.lockstep.journal.block.NewerFormatException if it is of a newer format.
   * @throws JournalException if the file cannot be read.
   */
  public boolean next() {
    try {
      return ending == null && advance();
    } catch (final IOException e) {
      throw unreadable(e);
    }
  }

  /** The bytes of the current block; events lie in {@code [eventsOffset(), eventsLimit())}. */
  public UnsafeBuffer buffer() {
    return buffer;
  }

  /** Where the first event of the current block begins. */
  public int eventsOffset() {
    return Block.HEADER_LENGTH;
  }

  /** Offset behind the last event of the current block. */
  public int eventsLimit() {
    return length - Block.TRAILER_LENGTH;
  }

  /** A cursor before the first event of the current block; the same object each time. */
  public EventCursor events() {
    return cursor.wrap(buffer, eventsOffset(), eventsLimit());
  }

  /** Index of the first event of the current block within the journal, from 0. */
  public long firstEvent() {
    return firstEvent;
  }

  /** Events read. */
  public long eventsRead() {
    return chain.events();
  }

  /** Digest of the last block read. */
  public String chainDigest() {
    return chain.digest();
  }

  /** How the journal ends; known once {@link #next()} has returned false, {@code null} before. */
  public Ending ending() {
    return ending;
  }

  @Override
  public void close() {
    CloseHelper.quietClose(file);
  }

  private static void requireFile(final Path file) throws IOException {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        throw new DamagedJournalException(file.toString(), 0, 0, 0, "it is not a file");
      }
    } catch (final NoSuchFileException e) {
      throw new DamagedJournalException(file.toString(), 0, 0, 0, "it is missing");
    }
  }

  private boolean advance() throws IOException {
    for (; ; ) {
      final QueueFile.Kind kind = file.advance();
      if (kind == QueueFile.Kind.DATA) {
        block();
        return true;
      }
      if (kind == QueueFile.Kind.METADATA) {
        metadata();
        continue;
      }
      final String fault = seal == null ? tailFault(kind) : null;
      if (fault == null) {
        end();
        return false;
      }
      if (!file.hasChangedSince()) {
        throw damaged(fault);
      }
      // The writer is at work and has gone on meanwhile, as the reader shall.
    }
  }

  private void block() throws IOException {
    requireWhole();
    if (file.length() > Block.CAPACITY) {
      throw damaged(
          String.format(
              Locale.ROOT, "excerpt header is 0x%08x, longer than any block", file.header()));
    }
    bytes.clear().limit(file.length());
    final int read = file.read(bytes, file.contentPosition());
    final long before = chain.events();
    final String fault = read < file.length() ? "file ends within the block" : blockFault(read);
    if (fault != null) {
      throw damaged(fault);
    }
    firstEvent = before;
    container.excerpt(file, QueueFile.Kind.DATA);
  }

  /** Unpacks the block if it is packed, and checks it. */
  private String blockFault(final int stored) {
    int sealed = stored;
    if (BlockUnpacker.isPacked(buffer.byteArray(), stored)) {
      final String fault = unpacker.unpack(buffer.byteArray(), stored);
      if (fault != null) {
        return fault;
      }
      sealed = unpacker.length();
    }
    final String fault = chain.check(buffer, sealed);
    if (fault == null) {
      length = sealed;
    }
    return fault;
  }

  private void metadata() throws IOException {
    requireWhole();
    bytes.clear().limit(Math.min(Block.CAPACITY, file.length()));
    final int read = file.read(bytes, file.contentPosition());
    if (BlockChain.startsLikeBlock(buffer, 0, read)) {
      throw damaged(
          String.format(Locale.ROOT, "excerpt header 0x%08x hides a block", file.header()));
    }
    container.excerpt(file, QueueFile.Kind.METADATA);
  }

  /** A writer that was killed leaves part of one excerpt behind the end, and nothing else. */
  private String tailFault(final QueueFile.Kind kind) throws IOException {
    if (kind == QueueFile.Kind.INCOMPLETE && !file.unknownLength()) {
      return String.format(Locale.ROOT, "excerpt header is 0x%08x", file.header());
    }
    if (endsWithRunEnded() && !JournalTail.isZero(file, file.position())) {
      return "there are bytes behind the end of the run";
    }
    if (JournalTail.hasStrayBlock(file, chain.blocks())) {
      return String.format(
          Locale.ROOT, "excerpt header is 0x%08x, but blocks follow", file.header());
    }
    if (!JournalTail.isZero(file, file.contentPosition() + Block.CAPACITY)) {
      return "there are bytes far behind the end of the journal";
    }
    return null;
  }

  private void end() throws IOException {
    ending = endsWithRunEnded() ? Ending.COMPLETE : Ending.TRUNCATED;
    if (seal == null) {
      return;
    }
    if (seal.blocks() != chain.blocks() || seal.events() != chain.events()) {
      ending = Ending.TRUNCATED;
      throw damaged(
          String.format(
              Locale.ROOT,
              "the journal ends here, but was closed with %d blocks and %d events",
              seal.blocks(),
              seal.events()));
    }
    if (!seal.chainDigest().equals(chain.digest())) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "chain digest is %s, the manifest says %s",
              chain.digest(),
              seal.chainDigest()));
    }
    if (!seal.containerDigest().equals(container.finish(file, directory))) {
      throw damaged(
          "all blocks are intact, but the queue's own headers, index or "
              + QueueFile.TABLE_NAME
              + " have changed since the run was closed");
    }
  }

  private boolean endsWithRunEnded() {
    int last = 0;
    if (length > 0) {
      final EventCursor events = new EventCursor().wrap(buffer, eventsOffset(), eventsLimit());
      while (events.next()) {
        last = events.templateId();
      }
    }
    return last == RunEndedDecoder.TEMPLATE_ID;
  }

  private void requireWhole() {
    if (file.cut()) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "the file ends at byte %d, within an excerpt of %d bytes",
              file.size(),
              file.length()));
    }
  }

  private DamagedJournalException damaged(final String what) {
    return new DamagedJournalException(
        path.toString(), chain.blocks(), chain.events(), file.position(), what);
  }

  private JournalException unreadable(final IOException e) {
    return new JournalException(
        String.format(Locale.ROOT, "cannot read %s: %s", path, IoReason.of(e)), e);
  }
}
