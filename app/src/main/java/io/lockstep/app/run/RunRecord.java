package io.lockstep.app.run;

import io.lockstep.app.console.Version;
import io.lockstep.app.data.DataKeeper;
import io.lockstep.app.data.TableSource;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.agent.RunResult;
import io.lockstep.engine.core.agent.ShardJournal;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.Manifest.State;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.Sha256;
import io.lockstep.journal.sink.BlockStore;
import io.lockstep.journal.sink.DiscardingStore;
import io.lockstep.journal.sink.InlineBlockSink;
import io.lockstep.journal.sink.Journal;
import io.lockstep.journal.sink.QueuedBlockSink;
import io.lockstep.replay.summary.HlogWriter;
import io.lockstep.replay.summary.RunFacts;
import io.lockstep.replay.summary.RunSummary;
import io.lockstep.replay.summary.SummaryJson;
import io.lockstep.scenario.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept of a run: its directory with manifest, scenario, journals and figures, or nothing
 * where no journal is wanted. Journals are written by the run's threads, all else by the caller's.
 */
final class RunRecord implements AutoCloseable {
  private final RunOrder order;
  private final RunDirectory directory;
  private final Map<String, String> files = new TreeMap<>();
  private final List<Journal> journals = new ArrayList<>();
  private final DataKeeper data;
  private final Instant startedAt;
  private Manifest manifest;

  private RunRecord(
      final RunOrder order, final RunDirectory directory, final Instant startedAt) {
    this.startedAt = startedAt;
    this.order = order;
    this.directory = directory;
    data = new DataKeeper(directory, DataKeeper.MAX_COPIED_BYTES);
  }

  /**
   * Begins the record: makes the directory and writes what is known before the run.
   *
   * @throws io.lockstep.journal.run.RunException if that is not possible.
   */
  static RunRecord begin(final RunOrder order) {
    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    final RunDirectory directory =
        !order.journal()
            ? null
            : order.id() == null
                ? RunDirectory.create(order.out(), now, order.plan().name())
                : RunDirectory.create(order.out(), order.id());
    final RunRecord record = new RunRecord(order, directory, now);
    try {
      record.writeFirst();
      return record;
    } catch (final RuntimeException e) {
      record.discard(e);
      throw e;
    }
  }

  /** The directory, {@code null} if there is none. */
  RunDirectory directory() {
    return directory;
  }

  /** The rows of the plan's feeders: of the copies that are kept, where they are. */
  List<FeederSource> feeders() {
    return TableSource.of(directory == null ? order.tables() : data.tables());
  }

  /** The virtual time at which the run starts, nanoseconds since 1970: the manifest's. */
  long startNs() {
    return order.kind() == TransportKind.SIMULATED
        ? Surroundings.SIMULATED_START_NS
        : Surroundings.startNs(startedAt);
  }

  /** The journal of a shard. */
  ShardJournal journal(final int shard) {
    final BlockStore store = directory == null ? new DiscardingStore() : directory.journal(shard);
    if (order.options().threading() == Threading.SHARED) {
      final InlineBlockSink journal = new InlineBlockSink(origin(), shard, store);
      journals.add(journal);
      return ShardJournal.inline(journal);
    }
    final QueuedBlockSink journal = QueuedBlockSink.create(origin(), shard, store);
    journals.add(journal);
    return ShardJournal.queued(journal);
  }

  /** Ends the record of a run that went to its end: closes the journals, sums up, seals. */
  RunSummary end(final RunResult result) {
    journals.forEach(Journal::close);
    final List<ShardSeal> seals = journals.stream().map(Journal::seal).toList();
    final RunSummary summary =
        RunSummary.of(
            order.plan(),
            new RunFacts(
                order.kind(),
                result.outcome(),
                result.digest(),
                Sha256.journalDigest(seals),
                order.options().shards(),
                result.events(),
                result.eventBytes()),
            result.metrics());
    if (directory != null) {
      store("summary.json", SummaryJson.bytes(summary));
      store("latency.hlog", HlogWriter.bytes(order.plan(), result.metrics()));
      directory.manifest(manifest.ended(State.CLOSED, files, result(summary, seals)));
    }
    return summary;
  }

  /**
   * Marks the run as failed, as far as the disk still allows; adds to the failure what it does not.
   */
  void fail(final Throwable failure) {
    for (final Journal journal : journals) {
      try {
        journal.close();
      } catch (final RuntimeException e) {
        addSuppressed(failure, e);
      }
    }
    if (directory != null) {
      try {
        directory.manifest(manifest.ended(State.FAILED, files, failed()));
      } catch (final RuntimeException e) {
        addSuppressed(failure, e);
      }
    }
  }

  @Override
  public void close() {
    if (directory != null) {
      directory.close();
    }
  }

  /** Nothing came of the run: its name is to be free for the next try. */
  private void discard(final RuntimeException failure) {
    if (directory != null) {
      try {
        directory.discard();
      } catch (final RuntimeException e) {
        addSuppressed(failure, e);
      }
    }
  }

  /** What can be vouched for: the journals that could be closed, whatever they lack. */
  private Manifest.Result failed() {
    final List<ShardSeal> seals =
        journals.stream().filter(Journal::isSealed).map(Journal::seal).toList();
    final boolean all = seals.size() == order.options().shards();
    return new Manifest.Result(
        State.FAILED.name(),
        "",
        all ? Sha256.journalDigest(seals) : "",
        seals.stream().mapToLong(ShardSeal::events).sum(),
        seals);
  }

  private static void addSuppressed(final Throwable failure, final Throwable problem) {
    if (problem != failure) {
      failure.addSuppressed(problem);
    }
  }

  private String origin() {
    final Plan plan = order.plan();
    return Manifest.origin(plan.digest(), plan.seed(), order.options().shards());
  }

  private void writeFirst() {
    if (directory == null) {
      return;
    }
    store(order.scenarioFile(), order.scenarioText().getBytes(StandardCharsets.UTF_8));
    order.included().forEach((name, text) -> store(name, text.getBytes(StandardCharsets.UTF_8)));
    for (int i = 0; i < order.tables().size(); i++) {
      data.keep(order.plan().feeders().get(i), order.tables().get(i));
    }
    files.putAll(data.digestByCopy());
    manifest =
        new Manifest(
            Manifest.FORMAT_VERSION,
            directory.id(),
            State.RUNNING,
            order.plan().name(),
            order.plan().digest(),
            order.plan().seed(),
            order.kind().name().toLowerCase(Locale.ROOT),
            order.options().shards(),
            order.options().threading().name().toLowerCase(Locale.ROOT),
            order.plan().tickNs(),
            Version.number(),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            Runtime.getRuntime().availableProcessors(),
            startedAt.toString(),
            order.notes(),
            files,
            data.fileByFeeder(),
            null);
    directory.manifest(manifest);
  }

  private void store(final String name, final byte[] bytes) {
    files.put(name, directory.store(name, bytes));
  }

  private static Manifest.Result result(final RunSummary summary, final List<ShardSeal> seals) {
    final RunFacts facts = summary.head().facts();
    return new Manifest.Result(
        facts.outcome().name(),
        facts.generation().hex(),
        facts.journalDigest(),
        facts.events(),
        seals);
  }
}
