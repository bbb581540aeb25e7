package io.lockstep.replay.inspect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.replay.event.Durations;
import io.lockstep.replay.summary.CapacityRow;
import io.lockstep.replay.summary.CapacityText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The overview of a run: manifest, which is {@code null} where it cannot be read, and counts. */
final class OverviewText {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int NAME_WIDTH = 20;
  private static final int COUNT_WIDTH = 15;

  private OverviewText() {}

  static void text(
      final RunDirectory run,
      final Manifest manifest,
      final EventCounts counts,
      final List<CapacityRow> searches,
      final Appendable out)
      throws IOException {
    line(out, "directory", run.path().toString());
    if (manifest == null) {
      line(out, "manifest", "cannot be read");
    } else {
      manifest(run, manifest, out);
    }
    out.append('\n');
    for (final Map.Entry<String, Long> kind : counts.byKind().entrySet()) {
      count(out, kind.getKey(), kind.getValue());
    }
    count(out, "events", counts.events());
    out.append("last tick ").append(Long.toString(counts.lastTick()));
    out.append(counts.complete() ? ", every journal has its last event\n" : ", not complete\n");
    for (final CapacityRow search : searches) {
      out.append("\ncapacity of ");
      for (final String line : CapacityText.lines(search)) {
        out.append(line).append('\n');
      }
    }
    for (final String absence : counts.absences()) {
      out.append("absent: ").append(absence).append('\n');
    }
    for (final String damage : counts.damages()) {
      out.append("damaged: ").append(damage).append('\n');
    }
  }

  private static void manifest(
      final RunDirectory run, final Manifest manifest, final Appendable out) throws IOException {
    line(out, "run", manifest.runId());
    line(out, "state", manifest.state().name().toLowerCase(Locale.ROOT));
    line(out, "plan", manifest.planName() + ", digest " + manifest.planDigest());
    line(out, "seed", Long.toString(manifest.seed()));
    line(out, "transport", manifest.transport());
    line(out, "shards", manifest.shards() + ", threading " + manifest.threading());
    line(out, "tick", Durations.exact(manifest.tickNs()));
    line(out, "lockstep", manifest.engineVersion());
    line(
        out, "machine", manifest.os() + ", " + manifest.jdk() + ", " + manifest.cores() + " cores");
    line(out, "started", manifest.startedAt());
    for (final Map.Entry<String, Manifest.Part> part : manifest.parts().entrySet()) {
      line(out, part.getKey() + " began", part.getValue().startedAt());
    }
    for (final Map.Entry<String, String> option : manifest.options().entrySet()) {
      line(out, "option " + option.getKey(), option.getValue());
    }
    if (manifest.result() == null) {
      line(out, "outcome", run.inUse() ? "still running" : "none: the run was not closed");
    } else {
      line(out, "outcome", manifest.result().outcome());
      digest(out, "generation digest", manifest.result().generationDigest());
      digest(out, "journal digest", manifest.result().journalDigest());
    }
  }

  static void json(
      final Manifest manifest,
      final EventCounts counts,
      final List<CapacityRow> searches,
      final Appendable out)
      throws IOException {
    final ObjectNode root = MAPPER.createObjectNode();
    root.set("manifest", MAPPER.valueToTree(manifest));
    final ObjectNode events = root.putObject("events");
    events.put("count", counts.events());
    events.put("lastTick", counts.lastTick());
    events.put("complete", counts.complete());
    final ObjectNode kinds = events.putObject("byKind");
    counts.byKind().forEach(kinds::put);
    if (!searches.isEmpty()) {
      final ArrayNode capacity = root.putArray("capacity");
      searches.forEach(search -> capacity(search, capacity.addObject()));
    }
    final ArrayNode damages = events.putArray("damages");
    counts.damages().forEach(damages::add);
    final ArrayNode absences = events.putArray("absences");
    counts.absences().forEach(absences::add);
    out.append(MAPPER.writeValueAsString(root)).append('\n');
  }

  private static void capacity(final CapacityRow search, final ObjectNode to) {
    to.put("scenario", search.scenario());
    to.put("periodNs", search.load().periodNs());
    to.put("heldRate", search.heldRate() == CapacityRow.NONE ? null : search.heldRate());
    to.put("end", search.end().name().toLowerCase(Locale.ROOT));
    final ArrayNode steps = to.putArray("steps");
    for (final CapacityStep step : search.steps()) {
      steps
          .addObject()
          .put("rate", step.rate())
          .put("verdict", step.verdict().name().toLowerCase(Locale.ROOT))
          .put("responses", step.responses())
          .put("slow", step.slow())
          .put("requests", step.requests())
          .put("errors", step.errors())
          .put("dropped", step.dropped());
    }
  }

  /** A run that failed may have none. */
  private static void digest(final Appendable out, final String name, final String value)
      throws IOException {
    if (!value.isEmpty()) {
      line(out, name, value);
    }
  }

  private static void line(final Appendable out, final String name, final String value)
      throws IOException {
    final String gap = name.length() < NAME_WIDTH ? "" : " ";
    out.append(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s%s%s", name, gap, value))
        .append('\n');
  }

  private static void count(final Appendable out, final String name, final long value)
      throws IOException {
    out.append(
            String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s%," + COUNT_WIDTH + "d", name, value))
        .append('\n');
  }
}
