package io.lockstep.app.data;

import io.lockstep.journal.run.Manifest.DataFile;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.RunException;
import io.lockstep.scenario.data.SentFile;
import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.plan.FeederPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the data of a run: files up to {@value #MAX_COPIED_BYTES} bytes are copied into its
 * directory and read from there, so that nobody can change them under the run; of larger ones only
 * path and digest are kept.
 */
public final class DataKeeper {
  /** 256 MiB. */
  public static final long MAX_COPIED_BYTES = 256L << 20;

  private static final String DIRECTORY = "data/";
  private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");

  private final RunDirectory directory;
  private final long maxCopiedBytes;
  private final List<Table> tables = new ArrayList<>();
  private final Map<String, DataFile> fileByFeeder = new TreeMap<>();
  private final Map<String, String> digestByCopy = new TreeMap<>();
  private final Map<String, Path> pathByDigest = new TreeMap<>();
  private final Set<String> takenNames = new HashSet<>();

  /**
   * A keeper for a run.
   *
   * @param maxCopiedBytes {@link #MAX_COPIED_BYTES}, but for tests
   */
  public DataKeeper(final RunDirectory directory, final long maxCopiedBytes) {
    this.directory = directory;
    this.maxCopiedBytes = maxCopiedBytes;
  }

  /**
   * Keeps the data of a feeder.
   *
   * @throws RunException if it cannot be copied, or is no longer what was loaded.
   */
  public void keep(final FeederPlan feeder, final Table table) {
    final Path file = table.file().orElse(null);
    if (file == null) {
      tables.add(table);
      return;
    }
    final String copy = DIRECTORY + name(feeder.name(), file);
    try {
      final long bytes = Files.size(file);
      if (bytes > maxCopiedBytes) {
        final String original = file.toAbsolutePath().normalize().toString();
        fileByFeeder.put(feeder.name(), new DataFile(copy, original, feeder.digest(), bytes));
        tables.add(table);
      } else {
        copy(feeder, table, file, copy);
        fileByFeeder.put(feeder.name(), new DataFile(copy, "", feeder.digest(), bytes));
      }
    } catch (final IOException e) {
      throw changed(file, e.getMessage());
    }
  }

  /**
   * Keeps a file whose bytes requests send. Of a larger one only what the plan knows is kept, which
   * is all that a replay needs.
   *
   * @throws RunException if it cannot be copied, or is no longer what was loaded.
   */
  public void keep(final SentFile sent) {
    final Path file = sent.file();
    final String digest = sent.facts().digest();
    try {
      if (Files.size(file) > maxCopiedBytes) {
        pathByDigest.put(digest, file);
        return;
      }
      final String copy = DIRECTORY + name("sent", file);
      if (!directory.storeCopy(copy, file).equals(digest)) {
        throw changed(file, "its SHA-256 is another");
      }
      digestByCopy.put(copy, digest);
      pathByDigest.put(digest, directory.file(copy));
    } catch (final IOException e) {
      throw changed(file, e.getMessage());
    }
  }

  /** Where the files lie that the run is to send, by their SHA-256. */
  public Map<String, Path> pathByDigest() {
    return pathByDigest;
  }

  private void copy(final FeederPlan feeder, final Table table, final Path file, final String copy)
      throws IOException {
    final String digest = directory.storeCopy(copy, file);
    if (!digest.equals(feeder.digest())) {
      throw changed(file, "its SHA-256 is another");
    }
    digestByCopy.put(copy, digest);
    tables.add(table.at(directory.file(copy)));
  }

  private static RunException changed(final Path file, final String how) {
    return RunException.input(
        String.format(
            Locale.ROOT,
            "the data file %s changed while the run was prepared (%s); run again once it is whole",
            file,
            how));
  }

  /** Feeders have plain names, but some file systems take large and small letters for the same. */
  private String name(final String feeder, final Path file) {
    final Matcher extension = EXTENSION.matcher(String.valueOf(file.getFileName()));
    final String end = extension.find() ? extension.group().toLowerCase(Locale.ROOT) : "";
    String name = feeder + end;
    for (int n = 2; !takenNames.add(name.toLowerCase(Locale.ROOT)); n++) {
      name = feeder + "-" + n + end;
    }
    return name;
  }

  /** The tables that the run is to read. */
  public List<Table> tables() {
    return List.copyOf(tables);
  }

  /** What the manifest says of data. */
  public Map<String, DataFile> fileByFeeder() {
    return fileByFeeder;
  }

  /** What the manifest vouches for. */
  public Map<String, String> digestByCopy() {
    return digestByCopy;
  }
}
