package io.lockstep.app.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.lockstep.replay.Divergence;
import io.lockstep.replay.ReplayResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;

/** The result of a replay for programs. */
final class ReplayJson {
  /** Raised when a key changes its meaning or goes away. */
  static final int FORMAT = 1;

  private ReplayJson() {}

  /** One object, a line feed at its end. */
  static String of(final Path run, final ReplayResult result) throws IOException {
    final StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
      out.writeStartObject();
      out.writeNumberField("format", FORMAT);
      out.writeStringField("verdict", result.verdict().name().toLowerCase(Locale.ROOT));
      out.writeStringField("run", run.toString());
      out.writeNumberField("shards", result.shards());
      out.writeNumberField("events", result.events());
      out.writeNumberField("eventBytes", result.eventBytes());
      out.writeNumberField("nanos", result.nanos());
      out.writeNumberField("eventsPerSecond", result.eventsPerSecond());
      out.writeStringField("generationDigest", result.generation().hex());
      out.writeStringField("journalDigest", result.journalDigest());
      strings(out, "details", result.details());
      divergence(out, result.divergence());
      out.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static void divergence(final JsonGenerator out, final Divergence divergence)
      throws IOException {
    if (divergence == null) {
      out.writeNullField("divergence");
      return;
    }
    out.writeObjectFieldStart("divergence");
    out.writeStringField("part", divergence.part());
    out.writeNumberField("shard", divergence.shard());
    out.writeNumberField("event", divergence.mismatch().eventIndex());
    out.writeNumberField("tick", divergence.mismatch().tick());
    out.writeNumberField("vu", divergence.mismatch().vu());
    out.writeStringField("recorded", divergence.mismatch().recorded());
    out.writeStringField("replayed", divergence.mismatch().replayed());
    out.writeStringField("cause", divergence.cause());
    out.writeArrayFieldStart("history");
    for (final Divergence.VuEvents vuEvents : divergence.history()) {
      out.writeStartObject();
      out.writeNumberField("vu", vuEvents.vu());
      strings(out, "events", vuEvents.lines());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void strings(
      final JsonGenerator out, final String name, final Iterable<String> values)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (final String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }
}
