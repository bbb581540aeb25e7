package io.lockstep.replay.summary;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockstep.engine.core.metric.Ending;
import java.io.IOException;
import java.util.Locale;

/** What ended things before their time, for programs; what there was not is left out. */
final class EndsJson {
  private final JsonGenerator out;

  EndsJson(final JsonGenerator out) {
    this.out = out;
  }

  void write(final Ends ends) throws IOException {
    if (ends.test() != null) {
      out.writeObjectFieldStart("testEnded");
      cause(ends.test().cause());
      out.writeStringField("scenario", ends.test().scenario());
      out.writeNumberField("vu", ends.test().vu());
      out.writeNumberField("iteration", ends.test().iteration());
      out.writeNumberField("atNs", ends.test().atNs());
      out.writeEndObject();
    }
    if (!ends.ended().isEmpty()) {
      out.writeArrayFieldStart("ended");
      for (final Ends.Ended row : ends.ended()) {
        out.writeStartObject();
        out.writeStringField("what", word(row.what()));
        cause(row.cause());
        out.writeNumberField("count", row.count());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    if (!ends.once().isEmpty()) {
      out.writeArrayFieldStart("once");
      for (final Ends.Once row : ends.once()) {
        once(row);
      }
      out.writeEndArray();
    }
  }

  private void cause(final Ends.Cause cause) throws IOException {
    out.writeStringField("by", word(cause.by()));
    if (cause.by() == Ending.By.CHECK) {
      out.writeStringField("request", cause.request());
      out.writeStringField("check", cause.check());
    }
    if (!cause.reason().isEmpty()) {
      out.writeStringField("reason", cause.reason());
    }
  }

  private void once(final Ends.Once row) throws IOException {
    out.writeStartObject();
    out.writeStringField("scenario", row.scenario());
    out.writeStringField("flow", row.flow());
    out.writeNumberField("completed", row.completed());
    out.writeNumberField("failed", row.failed());
    out.writeNumberField("interrupted", row.interrupted());
    out.writeArrayFieldStart("failures");
    for (final Counted failure : row.failures()) {
      out.writeStartObject();
      out.writeStringField("reason", failure.name());
      out.writeNumberField("count", failure.count());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static String word(final Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
