package io.lockstep.replay;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.summary.HlogCheck;
import io.lockstep.replay.summary.RunSummary;
import io.lockstep.replay.summary.RecordedSummary;
import io.lockstep.scenario.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Compares what the manifest and the figures of a run say with what was replayed. */
final class RunCheck {
  private static final String SUMMARY = "summary.json";
  private static final String HISTOGRAMS = "latency.hlog";

  private final RunDirectory run;
  private final Manifest manifest;

  RunCheck(final RunDirectory run, final Manifest manifest) {
    this.run = run;
    this.manifest = manifest;
  }

  /**
   * Where the recomputed figures, digests and counts are not the recorded ones.
   *
   * @param damaged whether files are damaged, so that there are no figures to compare with
   */
  List<String> differences(
      final RunSummary summary,
      final Plan plan,
      final MetricsTracker metrics,
      final boolean damaged) {
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
    if (!damaged) {
      compareFiles(found, summary, plan, metrics);
    }
    return found;
  }

  private void compareFiles(
      final List<String> found,
      final RunSummary summary,
      final Plan plan,
      final MetricsTracker metrics) {
    if (manifest.files().containsKey(SUMMARY)) {
      final String before = new String(run.read(SUMMARY), StandardCharsets.UTF_8);
      final String difference = firstDifference(before, RecordedSummary.like(before, summary));
      if (difference != null) {
        found.add(difference);
      }
    }
    if (manifest.files().containsKey(HISTOGRAMS)) {
      final String difference = HlogCheck.difference(run.read(HISTOGRAMS), plan, metrics);
      if (difference != null) {
        found.add(HISTOGRAMS + " " + difference);
      }
    }
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
}
