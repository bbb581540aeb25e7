package io.lockstep.journal.queue;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.sink.BlockStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.CloseHelper;

/**
 * The journal of one shard on disk: a Chronicle Queue with one sealed block per excerpt, all in one
 * cycle file, whatever the clock says. Space is reserved ahead, so that a full disk is an exception
 * here and not a fault in a mapped write. Single-threaded, but may be closed by another thread once
 * its own has ended.
 */
public final class JournalStore implements BlockStore {
  /**
   * Chronicle maps the file in steps of this; measured, smaller steps cost more than the copying.
   * The file is cut to its content when it is closed, so small journals stay small.
   */
  private static final int MAPPING_LENGTH = 2 * 1024 * 1024;

  /** 1,024 index pages of 1,024 entries of 64 blocks each reach to 4 TiB. */
  private static final int INDEX_COUNT = 1024;

  private static final int INDEX_SPACING = 64;

  /** What an append may touch beyond the block: queue header, index pages, the next header. */
  private static final int SLACK = 64 * 1024;

  private static final String PROBE_NAME = "space.probe";
  private static final int TABLE_LENGTH = 128 * 1024;
  private static final int PAGE_LENGTH = 4096;

  private final Path file;
  private final DiskReserve reserve;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private long position;
  private JournalException failure;
  private String containerDigest;

  private JournalStore(final Path directory) throws IOException {
    file = directory.resolve(QueueFile.NAME);
    queue =
        SingleChronicleQueueBuilder.binary(directory)
            .timeProvider(new SetTimeProvider(0L))
            .rollCycle(RollCycles.FAST_DAILY)
            .blockSize(MAPPING_LENGTH)
            .indexCount(INDEX_COUNT)
            .indexSpacing(INDEX_SPACING)
            .checkInterrupts(false)
            .build();
    try {
      appender = queue.createAppender();
      createQueueFile();
      reserve = new DiskReserve(file);
      reserve.reach(Block.CAPACITY + (long) SLACK);
    } catch (final IOException | RuntimeException | InternalError e) {
      queue.close();
      throw e;
    }
  }

  /**
   * Creates the journal of a shard.
   *
   * @param directory of the shard; may exist, must hold no journal
   * @throws JournalException if it cannot be created there.
   */
  public static JournalStore create(final Path directory) {
    try {
      Files.createDirectories(directory);
      final Path file = directory.resolve(QueueFile.NAME);
      if (Files.exists(file)) {
        throw new JournalException(
            directory + " already holds a journal; choose another --out or --name");
      }
      ChronicleQuiet.ensure();
      try (DiskReserve table = new DiskReserve(directory.resolve(QueueFile.TABLE_NAME))) {
        table.reach(TABLE_LENGTH);
        table.truncate(TABLE_LENGTH);
      }
      probe(directory.resolve(PROBE_NAME));
      return new JournalStore(directory);
    } catch (final IOException e) {
      throw new JournalException(
          String.format(
              Locale.ROOT, "cannot create a journal in %s: %s", directory, IoReason.of(e)),
          e);
    } catch (final RuntimeException | InternalError e) {
      throw e instanceof JournalException own
          ? own
          : new JournalException(
              String.format(
                  Locale.ROOT, "cannot create a journal in %s: %s", directory, IoReason.of(e)),
              e);
    }
  }

  @Override
  public void append(final byte[] bytes, final int length) {
    if (failure != null) {
      throw failure;
    }
    try {
      reserve.reach(position + length + SLACK);
      write(bytes, length);
    } catch (final JournalException e) {
      failure = e;
      throw e;
    } catch (final RuntimeException | InternalError e) {
      failure =
          new JournalException(
              String.format(
                  Locale.ROOT,
                  "cannot write %s: %s; what was written before stays readable",
                  file,
                  IoReason.of(e)),
              e);
      throw failure;
    }
  }

  @Override
  public String close() {
    if (containerDigest == null) {
      try {
        appender.close();
        queue.close();
        reserve.truncate((end() + Integer.BYTES + PAGE_LENGTH - 1) / PAGE_LENGTH * PAGE_LENGTH);
        containerDigest = ContainerDigest.of(file.getParent());
      } catch (final IOException | RuntimeException | InternalError e) {
        throw new JournalException(
            String.format(Locale.ROOT, "cannot close %s: %s", file, IoReason.of(e)), e);
      } finally {
        CloseHelper.quietClose(reserve);
      }
    }
    return containerDigest;
  }

  /** Where the excerpts end; without a block there are still Chronicle's own. */
  private long end() throws IOException {
    if (position > 0) {
      return position;
    }
    try (QueueFile written = new QueueFile(file)) {
      QueueFile.Kind kind = written.advance();
      while (kind == QueueFile.Kind.DATA || kind == QueueFile.Kind.METADATA) {
        kind = written.advance();
      }
      return written.position();
    }
  }

  /** An excerpt taken back leaves no trace but the file and its header. */
  private void createQueueFile() {
    try (DocumentContext document = appender.writingDocument()) {
      document.rollbackOnClose();
    }
  }

  /**
   * Asks for the space of the queue file before there is one: Chronicle takes a file that is
   * already there for one whose header is about to be written, and waits ten seconds for it.
   */
  private static void probe(final Path path) throws IOException {
    try (DiskReserve probe = new DiskReserve(path)) {
      probe.reach(Block.CAPACITY + (long) SLACK);
    } finally {
      Files.deleteIfExists(path);
    }
  }

  private void write(final byte[] bytes, final int length) {
    final DocumentContext document = appender.writingDocument();
    boolean written = false;
    try {
      final Bytes<?> out = document.wire().bytes();
      out.write(bytes, 0, length);
      position = out.writePosition();
      written = true;
    } finally {
      if (!written) {
        document.rollbackOnClose();
      }
      document.close();
    }
  }
}
