package io.lockstep.journal.queue;

import com.sun.management.OperatingSystemMXBean;
import io.lockstep.journal.EventStream;
import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockSink;
import io.lockstep.journal.block.EventCursor;
import io.lockstep.journal.sink.BlockStore;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.journal.sink.Journal;
import io.lockstep.journal.sink.QueuedBlockSink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * Nanoseconds per 48-byte event, encoded and appended: ours against a mapped file that takes the
 * same blocks raw. All ways take turns in each round; medians are compared.
 */
final class AppendSpeed {
  private static final int WINDOW = 8 * 1024 * 1024;
  private static final String[] WAYS = {
    "encode only", "seal only", "raw mmap", "store only", "inline", "queued", "read back"
  };

  private static final int RAW = 2;

  /** CPU of the whole process, which is what counts on a machine that is shared. */
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static long lastCpuNs;

  private AppendSpeed() {}

  public static void main(final String[] arguments) throws IOException {
    final Path directory = Path.of(arguments[0]);
    final int events = Integer.parseInt(arguments[1]);
    final int rounds = Integer.parseInt(arguments[2]);
    final double[][] ns = new double[WAYS.length][rounds];
    final double[][] cpuNs = new double[WAYS.length][rounds];
    for (int round = -2; round < rounds; round++) {
      for (int way = 0; way < WAYS.length; way++) {
        final double nsPerEvent = measure(WAYS[way], directory.resolve("j"), events);
        if (round >= 0) {
          ns[way][round] = nsPerEvent;
          cpuNs[way][round] = lastCpuNs / (double) events;
        }
      }
    }
    for (int way = 0; way < WAYS.length; way++) {
      Arrays.sort(ns[way]);
      Arrays.sort(cpuNs[way]);
    }
    for (int way = 0; way < WAYS.length; way++) {
      System.out.printf(
          Locale.ROOT,
          "%-12s ns per event: wall %6.1f (best %6.1f), %.2f of raw mmap; cpu %6.1f, %.2f of raw"
              + " mmap%n",
          WAYS[way],
          ns[way][rounds / 2],
          ns[way][0],
          ns[way][rounds / 2] / ns[RAW][rounds / 2],
          cpuNs[way][rounds / 2],
          cpuNs[way][rounds / 2] / cpuNs[RAW][rounds / 2]);
    }
  }

  private static double measure(final String way, final Path path, final int events)
      throws IOException {
    final double nsPerEvent =
        switch (way) {
          case "encode only" -> time(full -> full, new Block(), events, null);
          case "seal only" -> inline(new DiscardingStore(), events);
          case "raw mmap" -> raw(path, events);
          case "store only" -> storeOnly(JournalStore.create(path), events);
          case "inline" -> inline(JournalStore.create(path), events);
          case "read back" -> readBack(path, events);
          default -> queued(JournalStore.create(path), events);
        };
    delete(path);
    return nsPerEvent;
  }

  private static double inline(final BlockStore store, final int events) {
    final Journal journal = new InlineBlockSink("speed", 0, store);
    final double nsPerEvent = time(journal, journal.first(), events, null);
    journal.close();
    return nsPerEvent;
  }

  private static double readBack(final Path path, final int events) {
    inline(JournalStore.create(path), events);
    final long startCpuNs = SYSTEM.getProcessCpuTime();
    final long startNs = System.nanoTime();
    long read = 0;
    try (JournalReader reader = JournalReader.open(path, "speed", 0, null)) {
      while (reader.next()) {
        final EventCursor cursor = reader.events();
        while (cursor.next()) {
          read++;
        }
      }
    }
    final long ns = System.nanoTime() - startNs;
    lastCpuNs = SYSTEM.getProcessCpuTime() - startCpuNs;
    if (read != events) {
      throw new IllegalStateException("read " + read + " events, expected " + events);
    }
    return ns / (double) events;
  }

  private static double storeOnly(final BlockStore store, final int events) {
    final BlockSink sink =
        full -> {
          store.append(full.bytes(), full.end() + Block.TRAILER_LENGTH);
          return full;
        };
    final double nsPerEvent = time(sink, new Block(), events, null);
    store.close();
    return nsPerEvent;
  }

  private static double queued(final BlockStore store, final int events) {
    final QueuedBlockSink journal =
        new QueuedBlockSink("speed", 0, store, 16, new YieldingIdleStrategy(), System::nanoTime);
    final AgentRunner runner =
        new AgentRunner(
            new BackoffIdleStrategy(100, 10, 1_000, 100_000), e -> {}, null, journal.agent());
    AgentRunner.startOnThread(runner);
    final double nsPerEvent =
        time(
            journal,
            journal.first(),
            events,
            () -> {
              runner.close();
              journal.agent().drain();
            });
    journal.close();
    return nsPerEvent;
  }

  private static double raw(final Path path, final int events) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      final long[] position = {0};
      final MappedByteBuffer[] window = {channel.map(FileChannel.MapMode.READ_WRITE, 0, WINDOW)};
      return time(
          full -> {
            if (window[0].remaining() < Block.CAPACITY) {
              position[0] += window[0].position();
              window[0] = map(channel, position[0]);
            }
            window[0].put(full.bytes(), 0, full.end() + Block.TRAILER_LENGTH);
            return full;
          },
          new Block(),
          events,
          null);
    }
  }

  private static MappedByteBuffer map(final FileChannel channel, final long position) {
    try {
      return channel.map(FileChannel.MapMode.READ_WRITE, position, WINDOW);
    } catch (final IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double time(
      final BlockSink sink, final Block first, final int events, final Runnable end) {
    final EventStream stream = new EventStream(1, sink, first);
    final long startCpuNs = SYSTEM.getProcessCpuTime();
    final long startNs = System.nanoTime();
    for (int i = 0; i < events; i++) {
      stream.fortyEight();
    }
    stream.writer().flush();
    if (end != null) {
      end.run();
    }
    final long ns = System.nanoTime() - startNs;
    lastCpuNs = SYSTEM.getProcessCpuTime() - startCpuNs;
    return ns / (double) events;
  }

  private static void delete(final Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (var files = Files.list(path)) {
        for (final Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
