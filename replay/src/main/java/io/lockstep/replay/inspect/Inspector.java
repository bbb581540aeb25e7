package io.lockstep.replay.inspect;

import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.shard.EventWalk;
import io.lockstep.replay.shard.JournalSource;
import io.lockstep.replay.summary.CapacityRow;
import io.lockstep.scenario.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * Looks into a run without executing anything. Works on journals that are truncated, damaged or
 * still being written, up to where they can be read, and says where that is. Changes nothing.
 */
public final class Inspector {
  private final RunDirectory run;
  private final Plan plan;
  private final Manifest manifest;
  private final List<String> damages;

  /**
   * @param run to look into
   * @param plan for the names of requests and scenarios; {@code null} where it cannot be had, then
   *     their numbers are shown
   */
  public Inspector(final RunDirectory run, final Plan plan) {
    this.run = run;
    this.plan = plan;
    Manifest readable = null;
    List<String> found;
    try {
      readable = run.manifest();
      found = run.damages(readable);
    } catch (final DamagedJournalException e) {
      found = List.of(e.getMessage());
    }
    manifest = readable;
    damages = found;
  }

  /**
   * Prints the manifest and how many events of each kind there are.
   *
   * @param json one JSON object instead of text
   * @param out gets it
   * @return what was counted; the caller looks at damages and completeness for its exit code.
   */
  public EventCounts overview(final boolean json, final Appendable out) throws IOException {
    final EventCounts counts = walk(null, false, out);
    if (json) {
      OverviewText.json(manifest, counts, searches(counts), out);
    } else {
      OverviewText.text(run, manifest, counts, searches(counts), out);
    }
    return counts;
  }

  /**
   * Prints events, a line each, in the order of (tick, phase, shard).
   *
   * @param filter which
   * @param json a JSON object per line instead of text
   * @param out gets them, and nothing else
   * @return what was counted on the way; the caller reports damages.
   */
  public EventCounts events(final EventFilter filter, final boolean json, final Appendable out)
      throws IOException {
    return walk(filter, json, out);
  }

  private EventCounts walk(final EventFilter filter, final boolean json, final Appendable out)
      throws IOException {
    final List<EventWalk> walks = new ArrayList<>();
    final List<String> absences = new ArrayList<>();
    try {
      final int shards = manifest == null ? journals() : manifest.shards();
      for (int shard = 0; shard < shards; shard++) {
        final JournalSource source = JournalSource.open(run, manifest, shard);
        walks.add(new EventWalk(shard, source));
        if (source.absence() != null) {
          absences.add(source.absence());
        }
      }
      return new EventPrinter(plan, json, shards, out).print(walks, filter).with(damages, absences);
    } finally {
      CloseHelper.quietCloseAll(walks);
    }
  }

  /** None where nothing tells what was searched. */
  private List<CapacityRow> searches(final EventCounts counts) {
    return plan == null ? List.of() : CapacityRow.of(plan, counts.capacitySteps());
  }

  /** How many journals lie in the directory, for a run whose manifest cannot say. */
  private int journals() {
    int shards = 0;
    while (Files.isDirectory(run.journalDirectory(shards))) {
      shards++;
    }
    return shards;
  }
}
