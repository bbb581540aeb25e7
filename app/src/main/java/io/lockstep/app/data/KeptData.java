package io.lockstep.app.data;

import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.Manifest.DataFile;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.Sha256;
import io.lockstep.scenario.data.DataLocator;
import io.lockstep.scenario.plan.FeederPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The data files of a run that is over. */
public final class KeptData {
  private final RunDirectory run;
  private final Map<String, DataFile> fileByFeeder;

  public KeptData(final RunDirectory run, final Manifest manifest) {
    this.run = run;
    fileByFeeder = manifest.data();
  }

  /** Finds them: in the run's directory, or, where the run kept none, where they were. */
  public DataLocator locator() {
    return (feeder, path) -> {
      final DataFile kept = fileByFeeder.get(feeder);
      return kept == null ? run.file(path) : locate(kept);
    };
  }

  private Path locate(final DataFile kept) {
    final Path copy = run.file(kept.copy());
    return kept.isCopied() || Files.exists(copy) ? copy : Path.of(kept.original());
  }

  /** What is missing or has another length, in a sentence; empty where nothing is. */
  public Optional<String> absence() {
    return first(
        (kept, file) ->
            !Files.isRegularFile(file)
                ? "is missing"
                : Files.size(file) != kept.bytes() ? "has another length" : "");
  }

  /** What has another content, in a sentence; reads all of it. */
  public Optional<String> damage() {
    return first(
        (kept, file) -> {
          final String sha256 = Sha256.hex(file);
          return sha256.equals(kept.sha256()) ? "" : "has the SHA-256 " + sha256;
        });
  }

  /** Looks for what is wrong with a file; empty where nothing is. */
  @FunctionalInterface
  private interface Check {
    String problem(DataFile kept, Path file) throws IOException;
  }

  private Optional<String> first(final Check check) {
    for (final Map.Entry<String, DataFile> entry : fileByFeeder.entrySet()) {
      final Path file = locate(entry.getValue());
      String what;
      try {
        what = check.problem(entry.getValue(), file);
      } catch (final IOException e) {
        what = "cannot be read: " + e.getMessage();
      }
      if (!what.isEmpty()) {
        return Optional.of(problem(entry.getKey(), file, what));
      }
    }
    return Optional.empty();
  }

  /** Which of a plan's data is not what the run used, in a sentence; empty where all is. */
  public Optional<String> difference(final Iterable<FeederPlan> feeders) {
    for (final FeederPlan feeder : feeders) {
      final DataFile kept = fileByFeeder.get(feeder.name());
      if (kept != null && !kept.sha256().equals(feeder.digest())) {
        return Optional.of(
            problem(feeder.name(), locate(kept), "has the SHA-256 " + feeder.digest()));
      }
    }
    return Optional.empty();
  }

  private String problem(final String feeder, final Path file, final String what) {
    final DataFile kept = fileByFeeder.get(feeder);
    final String needs =
        kept.isCopied()
            ? "the run's own copy is damaged"
            : "the file was too large to be copied, so a replay needs the original there or as "
                + run.file(kept.copy());
    return String.format(
        Locale.ROOT,
        "the data of feeder '%s' is not what the run used: %s %s; %s (%d bytes, SHA-256 %s)",
        feeder,
        file,
        what,
        needs,
        kept.bytes(),
        kept.sha256());
  }
}
