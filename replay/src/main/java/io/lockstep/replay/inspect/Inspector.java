package io.lockstep.replay.inspect;

import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.shard.EventWalk;
import io.lockstep.replay.shard.JournalSource;
import io.lockstep.replay.summary.CapacityRow;
import io.lockstep.scenario.plan.Phases;
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

  /** All parts of the run, one after the other. */
  private EventCounts walk(final EventFilter filter, final boolean json, final Appendable out)
      throws IOException {
    EventCounts all = null;
    for (final String part : List.of(Phases.SETUP, Phases.LOAD, Phases.TEARDOWN)) {
      final boolean load = part.equals(Phases.LOAD);
      if (load || hasPart(part)) {
        final EventCounts counts =
            load
                ? walk(run, manifest, new EventPrinter(plan, "", json, shards(), out), filter)
                : walk(
                    run.part(part),
                    manifest == null ? null : manifest.part(part),
                    new EventPrinter(
                        plan == null ? null : plan.phases().named(part), part, json, 1, out),
                    filter);
        all = all == null ? counts : all.plus(counts, load);
      }
    }
    final EventCounts whole = all.with(damages, all.absences());
    return isCutOff() ? whole.incomplete() : whole;
  }

  private boolean hasPart(final String part) {
    return manifest == null ? run.part(part).hasJournals() : manifest.parts().containsKey(part);
  }

  /** Whether the run has ended before it came to what it was to do in the end. */
  private boolean isCutOff() {
    return plan != null
        && manifest != null
        && manifest.state() != Manifest.State.CLOSED
        && plan.phases().teardown() != null
        && !hasPart(Phases.TEARDOWN);
  }

  private static EventCounts walk(
      final RunDirectory of,
      final Manifest manifest,
      final EventPrinter printer,
      final EventFilter filter)
      throws IOException {
    final List<EventWalk> walks = new ArrayList<>();
    final List<String> absences = new ArrayList<>();
    try {
      final int shards = manifest == null ? journals(of) : manifest.shards();
      for (int shard = 0; shard < shards; shard++) {
        final JournalSource source = JournalSource.open(of, manifest, shard);
        walks.add(new EventWalk(shard, source));
        if (source.absence() != null) {
          absences.add(source.absence());
        }
      }
      return printer.print(walks, filter).with(List.of(), absences);
    } finally {
      CloseHelper.quietCloseAll(walks);
    }
  }

  /** None where nothing tells what was searched. */
  private List<CapacityRow> searches(final EventCounts counts) {
    return plan == null ? List.of() : CapacityRow.of(plan, counts.capacitySteps());
  }

  private int shards() {
    return manifest == null ? journals(run) : manifest.shards();
  }

  /** How many journals lie in the directory, for a run whose manifest cannot say. */
  private static int journals(final RunDirectory of) {
    int shards = 0;
    while (Files.isDirectory(of.journalDirectory(shards))) {
      shards++;
    }
    return shards;
  }
}
