package io.lockstep.journal.run;

import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.queue.IoReason;
import io.lockstep.journal.queue.JournalReader;
import io.lockstep.journal.queue.JournalStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.agrona.CloseHelper;

/**
 * The directory of one run, as its writer (which holds its lock until {@link #close()}) or as a
 * reader (which changes nothing in it).
 */
public final class RunDirectory implements AutoCloseable {
  private static final String MANIFEST = "run.json";
  private static final String LOCK = "run.lock";
  private static final int MOST_RUNS_PER_SECOND = 1000;

  private final Path path;
  private final RunLock lock;

  private RunDirectory(final Path path, final RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the directory of a new run and locks it.
   *
   * @param runs directory of all runs; created where missing
   * @param id of the run
   * @throws RunException if the id is impossible or taken, or the directory not writable.
   */
  public static RunDirectory create(final Path runs, final String id) {
    final Path path = runs.resolve(RunId.check(id));
    try {
      Files.createDirectories(runs);
      Files.createDirectory(path);
    } catch (final FileAlreadyExistsException e) {
      throw taken(runs, path, id);
    } catch (final IOException e) {
      throw notWritable(runs, e);
    }
    return lock(path);
  }

  /**
   * Creates the directory of a new run under a name of its own, made of time and plan, and locks
   * it.
   *
   * @param runs directory of all runs; created where missing
   * @param start of the run
   * @param planName of the scenario
   * @throws RunException if the directory is not writable.
   */
  public static RunDirectory create(final Path runs, final Instant start, final String planName) {
    final String base = RunId.of(start, planName);
    for (int n = 1; n <= MOST_RUNS_PER_SECOND; n++) {
      final String id = n == 1 ? base : base + "-" + n;
      if (!Files.exists(runs.resolve(id))) {
        return create(runs, id);
      }
    }
    throw new RunException(
        RunException.Kind.INPUT,
        String.format(Locale.ROOT, "%s has too many runs named %s", runs, base));
  }

  /**
   * Opens a run for reading.
   *
   * @param runs directory of all runs
   * @param run path of a run directory, or an id under {@code runs}
   * @throws RunException if there is no such run.
   */
  public static RunDirectory open(final Path runs, final String run) {
    final Path given = Path.of(run);
    if (isRun(given)) {
      return new RunDirectory(given, null);
    }
    final Path byId = given.isAbsolute() ? given : runs.resolve(run);
    if (isRun(byId)) {
      return new RunDirectory(byId, null);
    }
    if (Files.isDirectory(given) || Files.isDirectory(byId)) {
      throw new RunException(
          RunException.Kind.INPUT,
          String.format(
              Locale.ROOT,
              "%s is not a run: it has neither %s nor a journal",
              Files.isDirectory(given) ? given : byId,
              MANIFEST));
    }
    throw new RunException(
        RunException.Kind.INPUT,
        String.format(
            Locale.ROOT,
            "there is no run '%s': neither a directory of that name nor %s;"
                + " a run is named by its directory or its id",
            run,
            byId));
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /** Its name. */
  public String id() {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  /** Whether a process writes it now. */
  public boolean inUse() {
    try {
      return lock != null || RunLock.isTaken(path.resolve(LOCK));
    } catch (final IOException e) {
      throw new RunException(
          String.format(Locale.ROOT, "cannot read %s: %s", path.resolve(LOCK), IoReason.of(e)), e);
    }
  }

  /** Path of a file in it. */
  public Path file(final String name) {
    return path.resolve(name);
  }

  /**
   * Stores a file whole or not at all.
   *
   * @return its SHA-256, for the manifest.
   */
  public String store(final String name, final byte[] bytes) {
    try {
      AtomicFile.write(path.resolve(name), bytes);
    } catch (final IOException e) {
      throw new RunException(
          String.format(Locale.ROOT, "cannot write %s: %s", path.resolve(name), IoReason.of(e)), e);
    }
    return Sha256.hex(bytes);
  }

  /** Writes the manifest. */
  public void manifest(final Manifest manifest) {
    ManifestFile.write(path.resolve(MANIFEST), manifest);
  }

  /**
   * Reads the manifest.
   *
   * @throws DamagedJournalException if it is not what was written.
   * @throws io.lockstep.journal.block.NewerFormatException if it is of a newer format.
   */
  public Manifest manifest() {
    return ManifestFile.read(path.resolve(MANIFEST));
  }

  /**
   * Checks every file that the manifest names besides the journals.
   *
   * @throws DamagedJournalException if one is missing or not what was written.
   */
  public void checkFiles(final Manifest manifest) {
    for (final Map.Entry<String, String> digestByName : manifest.files().entrySet()) {
      final Path file = path.resolve(digestByName.getKey());
      final String digest;
      try {
        digest = Sha256.hex(Files.readAllBytes(file));
      } catch (final IOException e) {
        throw new DamagedJournalException(file.toString(), IoReason.of(e));
      }
      if (!digest.equals(digestByName.getValue())) {
        throw new DamagedJournalException(
            file.toString(),
            String.format(
                Locale.ROOT,
                "its SHA-256 is %s, the manifest says %s",
                digest,
                digestByName.getValue()));
      }
    }
  }

  /** Creates the journal of a shard. */
  public JournalStore journal(final int shard) {
    return JournalStore.create(journalDirectory(shard));
  }

  /**
   * Opens the journal of a shard, checked against the manifest.
   *
   * @throws DamagedJournalException if a file is missing.
   */
  public JournalReader reader(final Manifest manifest, final int shard) {
    return JournalReader.open(
        journalDirectory(shard), manifest.origin(), shard, manifest.seal(shard));
  }

  /** Where the journal of a shard lies. */
  public Path journalDirectory(final int shard) {
    return path.resolve("journal").resolve(Integer.toString(shard));
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    CloseHelper.quietClose(lock);
  }

  private static boolean isRun(final Path path) {
    return Files.isRegularFile(path.resolve(MANIFEST))
        || Files.isDirectory(path.resolve("journal"));
  }

  private static RunDirectory lock(final Path path) {
    try {
      final RunLock lock = RunLock.take(path.resolve(LOCK));
      if (lock == null) {
        throw inUse(path);
      }
      return new RunDirectory(path, lock);
    } catch (final IOException e) {
      throw notWritable(path, e);
    }
  }

  private static RunException taken(final Path runs, final Path path, final String id) {
    if (!Files.isDirectory(runs)) {
      return new RunException(
          RunException.Kind.INPUT,
          String.format(Locale.ROOT, "%s is not a directory; choose another --out", runs));
    }
    if (new RunDirectory(path, null).inUse()) {
      return inUse(path);
    }
    return new RunException(
        RunException.Kind.INPUT,
        String.format(
            Locale.ROOT,
            "run id '%s' is taken: %s exists; choose another --name or delete it",
            id,
            path));
  }

  private static RunException inUse(final Path path) {
    return new RunException(
        RunException.Kind.INPUT,
        String.format(
            Locale.ROOT,
            "%s is being written by another process; wait for it or choose another --name",
            path));
  }

  private static RunException notWritable(final Path path, final IOException e) {
    return new RunException(
        String.format(
            Locale.ROOT,
            "cannot write to %s: %s; choose another --out or change its permissions",
            path,
            IoReason.of(e)),
        e);
  }
}
