package io.lockstep.replay;

import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.Sha256;
import io.lockstep.replay.summary.RunSummary;
import io.lockstep.replay.summary.SummaryJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Compares what is in a run's directory beside the journals: its files, digests and summary. */
final class RunCheck {
  static final String SUMMARY = "summary.json";

  private final RunDirectory run;
  private final Manifest manifest;

  RunCheck(final RunDirectory run, final Manifest manifest) {
    this.run = run;
    this.manifest = manifest;
  }

  /** What is wrong with the files that the manifest vouches for, a sentence each. */
  List<String> damagedFiles() {
    final List<String> damages = new ArrayList<>();
    for (final Map.Entry<String, String> entry : manifest.files().entrySet()) {
      final Path file = run.file(entry.getKey());
      if (!Files.isRegularFile(file)) {
        damages.add(file + " is missing");
      } else if (!Sha256.hex(read(file)).equals(entry.getValue())) {
        damages.add(file + " is not what the run wrote: its SHA-256 is not the one in run.json");
      }
    }
    if (manifest.result() != null
        && !manifest.files().containsKey(SUMMARY)
        && !Files.isRegularFile(run.file(SUMMARY))) {
      damages.add(run.file(SUMMARY) + " is missing");
    }
    return damages;
  }

  /**
   * Where the recomputed summary, digests and counts are not the recorded ones.
   *
   * @param damaged whether files are damaged, so that there is no summary to compare with
   */
  List<String> differences(final RunSummary summary, final boolean damaged) {
    final List<String> found = new ArrayList<>();
    final Manifest.Result recorded = manifest.result();
    differ(
        found,
        "outcome",
        recorded.outcome().toLowerCase(Locale.ROOT),
        summary.head().facts().outcome().name().toLowerCase(Locale.ROOT));
    differ(
        found,
        "generation digest",
        recorded.generationDigest(),
        summary.head().facts().generation().hex());
    differ(
        found, "journal digest", recorded.journalDigest(), summary.head().facts().journalDigest());
    differ(found, "number of events", recorded.events(), summary.head().facts().events());
    if (!damaged && Files.isRegularFile(run.file(SUMMARY))) {
      final String before = new String(read(run.file(SUMMARY)), StandardCharsets.UTF_8);
      final String difference = firstDifference(before, SummaryJson.text(summary));
      if (difference != null) {
        found.add(difference);
      }
    }
    return found;
  }

  private static void differ(
      final List<String> found, final String what, final Object recorded, final Object replayed) {
    if (!Objects.equals(recorded, replayed)) {
      found.add("the " + what + " differs: recorded " + recorded + ", replayed " + replayed);
    }
  }

  private static String firstDifference(final String recorded, final String replayed) {
    if (recorded.equals(replayed)) {
      return null;
    }
    final String[] before = recorded.split("\n", -1);
    final String[] after = replayed.split("\n", -1);
    int line = 0;
    while (line < Math.min(before.length, after.length) - 1 && before[line].equals(after[line])) {
      line++;
    }
    return SUMMARY
        + " differs from line "
        + (line + 1)
        + " on: recorded "
        + before[line].strip()
        + ", replayed "
        + after[line].strip();
  }

  private static byte[] read(final Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
