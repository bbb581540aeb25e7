package io.lockstep.journal.run;

import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.queue.IoReason;
import io.lockstep.journal.queue.JournalReader;
import io.lockstep.journal.queue.JournalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.agrona.CloseHelper;

/**
 * The directory of one run, as its writer (which holds its lock until {@link #close()}) or as a
 * reader (which changes nothing in it).
 */
public final class RunDirectory implements AutoCloseable {
  private static final String MANIFEST = "run.json";
  private static final String JOURNALS = "journal";
  private static final String LOCK = "run.lock";
  private static final int MOST_RUNS_PER_SECOND = 1000;

  private final Path path;
  private final RunLock lock;
  private final Path journals;

  private RunDirectory(final Path path, final RunLock lock) {
    this(path, lock, path.resolve(JOURNALS));
  }

  private RunDirectory(final Path path, final RunLock lock, final Path journals) {
    this.path = path;
    this.lock = lock;
    this.journals = journals;
  }

  /** The same directory, whose journals are those of a part of the run; not to be closed. */
  public RunDirectory part(final String name) {
    return new RunDirectory(path, lock, path.resolve(JOURNALS).resolve(name));
  }

  /** Whether there are journals, of whatever state. */
  public boolean hasJournals() {
    return Files.isDirectory(journals);
  }

  /**
   * Creates the directory of a new run and locks it. One of this name that another process has left
   * before it had a run, since it was killed as it started, is emptied and taken.
   *
   * @param runs directory of all runs; created where missing
   * @param id of the run
   * @throws RunException if the id is impossible or taken, or the directory not writable.
   */
  public static RunDirectory create(final Path runs, final String id) {
    final RunDirectory created = createIfFree(runs, RunId.check(id));
    final RunDirectory own = created == null ? takeLeft(runs.resolve(id)) : created;
    if (own == null) {
      throw taken(runs, runs.resolve(id), id);
    }
    return own;
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
      final RunDirectory created = createIfFree(runs, n == 1 ? base : base + "-" + n);
      if (created != null) {
        return created;
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
      throw RunException.cannotRead(path.resolve(LOCK), e);
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

  /**
   * Copies a file into the directory, whole or not at all.
   *
   * @param name with {@code /} between directories, which are made where missing
   * @return its SHA-256, for the manifest.
   */
  public String storeCopy(final String name, final Path source) {
    final Path target = path.resolve(name);
    try {
      Files.createDirectories(target.getParent());
      return AtomicFile.copy(source, target);
    } catch (final IOException e) {
      throw new RunException(
          String.format(Locale.ROOT, "cannot copy %s to %s: %s", source, target, IoReason.of(e)),
          e);
    }
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

  /** What is wrong with the files that a manifest vouches for besides journals; a sentence each. */
  public List<String> damages(final Manifest manifest) {
    final List<String> damages = new ArrayList<>();
    for (final Map.Entry<String, String> digestByName : manifest.files().entrySet()) {
      final String digest = digest(digestByName.getKey());
      if (digest == null) {
        damages.add(path.resolve(digestByName.getKey()) + " is missing");
      } else if (!digest.equals(digestByName.getValue())) {
        damages.add(
            path.resolve(digestByName.getKey())
                + " is not what the run wrote: its SHA-256 is not the one in "
                + MANIFEST);
      }
    }
    return damages;
  }

  private String digest(final String name) {
    final Path file = path.resolve(name);
    try {
      return Files.isDirectory(file) ? null : Sha256.hex(file);
    } catch (final NoSuchFileException e) {
      return null;
    } catch (final IOException e) {
      throw RunException.cannotRead(file, e);
    }
  }

  /**
   * The content of a file in it.
   *
   * @return {@code null} if there is no such file.
   * @throws RunException if it cannot be read.
   */
  public byte[] read(final String name) {
    try {
      return Files.isDirectory(path.resolve(name)) ? null : Files.readAllBytes(path.resolve(name));
    } catch (final NoSuchFileException e) {
      return null;
    } catch (final IOException e) {
      throw RunException.cannotRead(path.resolve(name), e);
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
    return journals.resolve(Integer.toString(shard));
  }

  /**
   * Removes a directory of which nothing came, with what its writer has put there, and gives the
   * lock back: its name is free again.
   */
  public void discard() {
    try {
      removeAll(path);
    } finally {
      close();
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    CloseHelper.quietClose(lock);
  }

  /** Whether a directory is a run's. */
  public static boolean isRun(final Path path) {
    return attributes(path.resolve(MANIFEST), BasicFileAttributes::isRegularFile)
        || attributes(path.resolve(JOURNALS), BasicFileAttributes::isDirectory);
  }

  private static boolean attributes(final Path file, final Predicate<BasicFileAttributes> are) {
    try {
      return are.test(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (final AccessDeniedException e) {
      throw RunException.cannotRead(file, e);
    } catch (final IOException e) {
      // There is none, or what should be its directory is a file.
      return false;
    }
  }

  /** Gives {@code null} if there is something of that name. */
  private static RunDirectory createIfFree(final Path runs, final String id) {
    final Path path = runs.resolve(id);
    try {
      Files.createDirectories(runs);
    } catch (final FileAlreadyExistsException e) {
      throw taken(runs, path, id);
    } catch (final IOException e) {
      throw RunException.notWritable(runs, e);
    }
    try {
      Files.createDirectory(path);
    } catch (final FileAlreadyExistsException e) {
      return null;
    } catch (final IOException e) {
      throw RunException.notWritable(runs, e);
    }
    try {
      return new RunDirectory(path, RunLock.take(path.resolve(LOCK)));
    } catch (final IOException e) {
      removeAll(path);
      throw RunException.notWritable(path, e);
    }
  }

  /** Gives {@code null} if it is a run, is being written, or is no directory of a run's writer. */
  private static RunDirectory takeLeft(final Path path) {
    RunLock lock = null;
    try {
      lock = RunLock.takeLeft(path.resolve(LOCK));
      if (lock == null || isRun(path)) {
        CloseHelper.quietClose(lock);
        return null;
      }
      try (Stream<Path> all = Files.list(path)) {
        all.filter(one -> !one.endsWith(LOCK)).forEach(RunDirectory::removeAll);
      }
      return new RunDirectory(path, lock);
    } catch (final IOException e) {
      CloseHelper.quietClose(lock);
      throw RunException.notWritable(path, e);
    } catch (final RuntimeException e) {
      CloseHelper.quietClose(lock);
      throw e;
    }
  }

  private static void removeAll(final Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (final Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (final IOException | UncheckedIOException e) {
      throw new RunException(
          String.format(Locale.ROOT, "cannot remove %s: %s", directory, IoReason.of(e)), e);
    }
  }

  private static RunException taken(final Path runs, final Path path, final String id) {
    if (!Files.isDirectory(runs)) {
      return new RunException(
          RunException.Kind.INPUT,
          String.format(Locale.ROOT, "%s is not a directory; choose another --out", runs));
    }
    if (new RunDirectory(path, null).inUse()) {
      return RunException.inUse(path);
    }
    return RunException.idTaken(path, id);
  }
}
