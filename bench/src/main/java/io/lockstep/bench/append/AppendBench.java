package io.lockstep.bench.append;

import static io.lockstep.bench.measure.WrongResultException.requireEqual;

import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Scratch;
import io.lockstep.bench.measure.Spread;
import io.lockstep.bench.measure.Surroundings;
import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.queue.JournalReader;
import io.lockstep.journal.queue.JournalStore;
import io.lockstep.journal.sink.BlockStore;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.journal.sink.Journal;
import io.lockstep.journal.sink.QueuedBlockSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Writes the same events four ways, in turn: the journal on the writer's thread, the journal on a
 * thread of its own, the digests alone, and blocks copied into a mapped file. All pay for the
 * encoding of the events and for the close; none waits for the disk.
 */
public final class AppendBench implements Bench {
  private static final long EVENTS = 5_600_000;
  private static final long TINY_EVENTS = 10_000;
  private static final int POOL = 32;
  private static final double AGAINST_RAW = 1.5;
  private static final String RUN_ID = "append";

  @Override
  public String name() {
    return "append";
  }

  @Override
  public String purpose() {
    return "journal appending against a raw mapped-file write of the same bytes";
  }

  @Override
  public void run(final BenchOptions options, final Report report) throws IOException {
    report.section("append");
    final long events = options.tiny() ? TINY_EVENTS : EVENTS;
    final boolean threads = Surroundings.cores() > 1;
    for (int i = 0; i < options.warmUps(); i++) {
      round(options, events, threads);
    }
    final List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      rounds.add(round(options, events, threads));
      requireEqual("journal digest", rounds.get(0).digest(), rounds.get(i).digest());
    }
    final double perEvent = 1.0 / events;
    report.figure("raw mapped file", Spread.of(rounds, Round::raw).times(perEvent), 2, "ns/event");
    report.figure(
        "journal, writer's thread",
        Spread.of(rounds, Round::inline).times(perEvent),
        2,
        "ns/event");
    report.figure(
        "of that: encoding and digests",
        Spread.of(rounds, Round::sealing).times(perEvent),
        2,
        "ns/event");
    final Spread inline = Spread.of(rounds, round -> round.inline() / round.raw());
    report.figure("journal, writer's thread / raw", inline, 3, "x");
    if (threads) {
      report.figure(
          "journal, own thread", Spread.of(rounds, Round::queued).times(perEvent), 2, "ns/event");
      final Spread queued = Spread.of(rounds, round -> round.queued() / round.raw());
      report.figure("journal, own thread / raw", queued, 3, "x");
      report.atMost("append: journal on its own thread / raw", queued.median(), AGAINST_RAW);
    } else {
      report.skipped("append, journal on its own thread", "this JVM may use one core only");
    }
    report.atMost("append: journal on the writer's thread / raw", inline.median(), AGAINST_RAW);
    report.digest("journal digest", rounds.get(0).digest());
  }

  private static Round round(final BenchOptions options, final long events, final boolean threads)
      throws IOException {
    try (Scratch scratch = new Scratch(options.directory())) {
      final Path rawFile = scratch.resolve("raw");
      final double raw = raw(rawFile, events);
      final Path directory = scratch.resolve("inline");
      final InlineBlockSink inline = new InlineBlockSink(RUN_ID, 0, JournalStore.create(directory));
      final double inlineNs = journal(inline, events);
      requireEqual(
          "checksum of the events",
          MappedFileSink.checksum(rawFile, events, EventSource.EVENT_LENGTH),
          checksum(directory, inline.seal()));
      final InlineBlockSink digests = new InlineBlockSink(RUN_ID, 0, new DiscardingStore());
      final double sealing = journal(digests, events);
      requireEqual("chain digest", inline.seal().chainDigest(), digests.seal().chainDigest());
      double queued = 0;
      if (threads) {
        queued = queued(JournalStore.create(scratch.resolve("queued")), events, inline.seal());
      }
      return new Round(raw, inlineNs, sealing, queued, inline.seal().chainDigest());
    }
  }

  private static double raw(final Path file, final long events) {
    final long startNs = System.nanoTime();
    try (MappedFileSink sink = new MappedFileSink(file)) {
      EventSource.write(new BlockWriter(sink, new Block()), events);
    }
    return System.nanoTime() - startNs;
  }

  private static double journal(final Journal journal, final long events) {
    final long startNs = System.nanoTime();
    EventSource.write(new BlockWriter(journal, journal.first()), events);
    journal.close();
    return System.nanoTime() - startNs;
  }

  private static double queued(
      final BlockStore store, final long events, final ShardSeal expected) {
    final QueuedBlockSink journal =
        new QueuedBlockSink(RUN_ID, 0, store, POOL, idle(), System::nanoTime);
    final List<Throwable> failures = new ArrayList<>();
    final AgentRunner runner = new AgentRunner(idle(), failures::add, null, journal.agent());
    final Thread thread = AgentRunner.startOnThread(runner);
    final long startNs = System.nanoTime();
    EventSource.write(new BlockWriter(journal, journal.first()), events);
    runner.close();
    journal.close();
    final long nanos = System.nanoTime() - startNs;
    requireEqual("failures of " + thread.getName(), List.of(), failures);
    requireEqual("seal", expected, journal.seal());
    return nanos;
  }

  private static BackoffIdleStrategy idle() {
    return new BackoffIdleStrategy(100, 10, 1_000, 100_000);
  }

  private static int checksum(final Path directory, final ShardSeal seal) {
    final CRC32C crc = new CRC32C();
    try (JournalReader reader = JournalReader.open(directory, RUN_ID, 0, seal)) {
      while (reader.next()) {
        final int offset = reader.eventsOffset();
        crc.update(reader.buffer().byteArray(), offset, reader.eventsLimit() - offset);
      }
    }
    return (int) crc.getValue();
  }

  private record Round(double raw, double inline, double sealing, double queued, String digest) {}
}
