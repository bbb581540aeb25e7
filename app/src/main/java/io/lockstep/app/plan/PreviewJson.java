package io.lockstep.app.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockstep.engine.core.machine.Preview;
import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What one iteration does and sends, for programs. */
final class PreviewJson {
  private final Plan plan;
  private final JsonGenerator out;

  private PreviewJson(final Plan plan, final JsonGenerator out) {
    this.plan = plan;
    this.out = out;
  }

  static String of(final Plan plan, final Preview preview, final List<Table> tables)
      throws IOException {
    return JsonText.of(json -> new PreviewJson(plan, json).write(preview, tables));
  }

  private void write(final Preview preview, final List<Table> tables) throws IOException {
    final Preview.Identity identity = preview.identity();
    final ScenarioPlan scenario = plan.scenarios().get(identity.scenario());
    out.writeStringField("name", plan.name());
    out.writeNumberField("seed", plan.seed());
    out.writeStringField("planDigest", plan.digest());
    out.writeStringField("scenario", scenario.name());
    if (identity.vu() == Preview.Identity.NO_VU) {
      out.writeNullField("vu");
    } else {
      out.writeNumberField("vu", identity.vu());
    }
    out.writeNumberField("iteration", identity.iteration());
    if (scenario.load().isOpen()) {
      out.writeNumberField("startNs", IdentityFinder.startNs(plan, identity));
    } else {
      out.writeNullField("startNs");
    }
    out.writeStringField("ending", word(preview.ending().name()));
    out.writeStringField("failure", preview.failure());
    out.writeNumberField("lastNs", preview.lastNs());
    if (!preview.note().isEmpty()) {
      out.writeStringField("note", preview.note());
    }
    rows(preview, tables);
    out.writeArrayFieldStart("steps");
    for (final Preview.Step step : preview.steps()) {
      step(step);
    }
    out.writeEndArray();
  }

  private void rows(final Preview preview, final List<Table> tables) throws IOException {
    out.writeArrayFieldStart("data");
    for (final Preview.RowUse use : preview.rows()) {
      final FeederPlan feeder = plan.feeders().get(use.feeder());
      out.writeStartObject();
      out.writeStringField("feeder", feeder.name());
      out.writeNumberField("row", use.row());
      out.writeObjectFieldStart("values");
      for (int i = 0; i < feeder.columns().size(); i++) {
        out.writeStringField(feeder.columns().get(i), tables.get(use.feeder()).text(use.row(), i));
      }
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void step(final Preview.Step step) throws IOException {
    out.writeStartObject();
    out.writeNumberField("atNs", step.atNs());
    out.writeStringField("kind", word(step.kind().name()));
    out.writeNumberField("instruction", step.pc());
    out.writeNumberField("value", step.value());
    out.writeStringField("text", step.text());
    out.writeBooleanField("open", step.open());
    if (step.sent() != null) {
      out.writeFieldName("request");
      request(step.sent());
    }
    out.writeEndObject();
  }

  private void request(final Preview.Sent sent) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", plan.requests().get(sent.request()).name());
    out.writeStringField("method", sent.method());
    out.writeStringField("path", sent.path());
    out.writeArrayFieldStart("headers");
    for (final Header header : sent.headers()) {
      out.writeStartArray();
      out.writeString(header.name());
      out.writeString(header.value());
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeStringField("body", sent.body());
    out.writeStringField("digest", HexFormat.of().toHexDigits(sent.digest()));
    out.writeEndObject();
  }

  private static String word(final String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
