package io.lockstep.app.run;

import io.lockstep.app.console.Version;
import io.lockstep.app.data.DataKeeper;
import io.lockstep.app.data.TableSource;
import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.journal.block.ShardSeal;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.Manifest.State;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.Sha256;
import io.lockstep.replay.summary.HlogWriter;
import io.lockstep.replay.summary.RunFacts;
import io.lockstep.replay.summary.RunSummary;
import io.lockstep.replay.summary.SummaryJson;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is kept of a run: its directory with manifest, scenario, journals and figures, or nothing
 * where no journal is wanted. Journals are written by the run's threads, all else by the caller's.
 */
final class RunRecord implements AutoCloseable {
  private final RunOrder order;
  private final RunDirectory directory;
  private final Map<String, String> files = new TreeMap<>();
  private final List<PartRecord> parts = new ArrayList<>();
  private final DataKeeper data;
  private final Instant startedAt;
  private Manifest manifest;

  private RunRecord(final RunOrder order, final RunDirectory directory, final Instant startedAt) {
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
    final Instant now = now();
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

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The directory, {@code null} if there is none. */
  RunDirectory directory() {
    return directory;
  }

  /** The rows of the plan's feeders: of the copies that are kept, where they are. */
  List<FeederSource> feeders() {
    return TableSource.of(directory == null ? order.tables() : data.tables());
  }

  /** Where the files lie that requests send, by their SHA-256. */
  Map<String, Path> sentFiles() {
    if (directory != null) {
      return data.pathByDigest();
    }
    final Map<String, Path> originals = new TreeMap<>();
    order.sentFiles().forEach(sent -> originals.put(sent.facts().digest(), sent.file()));
    return originals;
  }

  /** Begins a part of the run: what follows is written to its journals. */
  PartRecord begin(final String name, final Plan plan, final RunOptions options) {
    final Instant now = parts.isEmpty() ? startedAt : now();
    note(name, plan, now);
    final PartRecord part =
        new PartRecord(
            name,
            plan,
            options,
            directory == null || name.equals(Phases.LOAD) ? directory : directory.part(name),
            new StartMoment(() -> startNs(name, plan)));
    parts.add(part);
    return part;
  }

  /** A part begins now, which is not when it was made ready: connections may be opened between. */
  private long startNs(final String name, final Plan plan) {
    if (order.kind() == TransportKind.SIMULATED) {
      return Surroundings.startNs(plan, null);
    }
    final Instant now = now();
    if (directory != null && order.plan().phases().isNone()) {
      manifest = manifest.startedAt(now.toString());
      directory.manifest(manifest);
    }
    note(name, plan, now);
    return Surroundings.startNs(plan, now);
  }

  /** The manifest of a run that is all load says nothing of parts. */
  private void note(final String name, final Plan plan, final Instant at) {
    if (directory == null || order.plan().phases().isNone()) {
      return;
    }
    final Map<String, Manifest.Part> begun = new TreeMap<>(manifest.parts());
    begun.put(name, new Manifest.Part(at.toString(), plan.digest(), null));
    manifest = manifest.with(begun);
    directory.manifest(manifest);
  }

  /**
   * Ends the record of a run all of whose parts went to their ends: sums up, and seals what there
   * is.
   */
  RunSummary end() {
    final PartRecord load = load().orElseThrow();
    final List<ShardSeal> seals = parts.stream().flatMap(part -> part.seals().stream()).toList();
    final RunSummary summary =
        RunSummary.of(
            order.plan(),
            new RunFacts(
                order.kind(),
                load.result().outcome(),
                parts.stream()
                    .map(PartRecord::digest)
                    .reduce(GenerationDigest.EMPTY, GenerationDigest::plus),
                Sha256.journalDigest(seals),
                order.options().shards(),
                parts.stream().mapToLong(part -> part.result().events()).sum(),
                parts.stream().mapToLong(part -> part.result().eventBytes()).sum()),
            load.result().metrics(),
            parts.stream().filter(part -> !part.isLoad()).map(PartRecord::row).toList());
    if (directory != null) {
      store("summary.json", SummaryJson.bytes(summary));
      store("latency.hlog", HlogWriter.bytes(order.plan(), load.result().metrics()));
      directory.manifest(
          manifest.with(sealedParts()).ended(State.CLOSED, files, result(summary, load.seals())));
    }
    return summary;
  }

  private Optional<PartRecord> load() {
    return parts.stream().filter(PartRecord::isLoad).findFirst();
  }

  /** The manifest's parts, with the seals of those journals that the result does not have. */
  private Map<String, Manifest.Part> sealedParts() {
    final Map<String, Manifest.Part> sealed = new TreeMap<>(manifest.parts());
    parts.stream()
        .filter(part -> !part.isLoad() && part.isSealed())
        .forEach(
            part ->
                sealed.computeIfPresent(
                    part.name(), (name, begun) -> begun.sealed(part.seals().get(0))));
    return sealed;
  }

  /**
   * Marks the run as failed, as far as the disk still allows; adds to the failure what it does not.
   */
  void fail(final Throwable failure) {
    parts.forEach(part -> part.close(problem -> addSuppressed(failure, problem)));
    if (directory != null) {
      try {
        directory.manifest(manifest.with(sealedParts()).ended(State.FAILED, files, failed()));
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
    final List<ShardSeal> seals = load().map(PartRecord::seals).orElse(List.of());
    final List<ShardSeal> all = parts.stream().flatMap(part -> part.seals().stream()).toList();
    final boolean whole = load().isPresent() && parts.stream().allMatch(PartRecord::isSealed);
    return new Manifest.Result(
        State.FAILED.name(),
        "",
        whole ? Sha256.journalDigest(all) : "",
        all.stream().mapToLong(ShardSeal::events).sum(),
        seals);
  }

  private static void addSuppressed(final Throwable failure, final Throwable problem) {
    if (problem != failure) {
      failure.addSuppressed(problem);
    }
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
    order.sentFiles().forEach(data::keep);
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
