package io.lockstep.app.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockstep.app.run.LoadText;
import io.lockstep.engine.core.schedule.LoadOutline;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The load of a plan over time, for programs. Where there is no limit, a time is null. */
final class OutlineJson {
  private final Plan plan;
  private final JsonGenerator out;

  private OutlineJson(final Plan plan, final JsonGenerator out) {
    this.plan = plan;
    this.out = out;
  }

  static String of(final Plan plan, final LoadOutline outline) throws IOException {
    return JsonText.of(json -> new OutlineJson(plan, json).write(outline));
  }

  private void write(final LoadOutline outline) throws IOException {
    out.writeStringField("name", plan.name());
    out.writeNumberField("seed", plan.seed());
    out.writeStringField("planDigest", plan.digest());
    out.writeNumberField("tickNs", plan.tickNs());
    out.writeNumberField("vus", plan.vus());
    out.writeNumberField("intervalNs", outline.intervalNs());
    out.writeNumberField("endNs", outline.endNs());
    for (final String name : List.of(Phases.SETUP, Phases.TEARDOWN)) {
      final Plan phase = plan.phases().named(name);
      if (phase != null) {
        out.writeObjectFieldStart(name);
        out.writeNumberField(
            "timeoutNs", phase.scenarios().get(0).load().durationTicks() * phase.tickNs());
        out.writeNumberField("requests", phase.requests().size());
        out.writeEndObject();
      }
    }
    out.writeArrayFieldStart("scenarios");
    for (final LoadOutline.Row row : outline.scenarios()) {
      scenario(row, plan.scenarios().get(row.index()));
    }
    out.writeEndArray();
    out.writeArrayFieldStart("data");
    for (final FeederPlan feeder : plan.feeders()) {
      out.writeStartObject();
      out.writeStringField("name", feeder.name());
      out.writeNumberField("rows", feeder.rows());
      out.writeStringField("mode", feeder.mode().name().toLowerCase(Locale.ROOT));
      out.writeStringField("per", feeder.per().name().toLowerCase(Locale.ROOT));
      out.writeStringField("atEnd", feeder.atEnd().name().toLowerCase(Locale.ROOT));
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("thresholds");
    for (final String threshold : OutlineText.thresholds(plan)) {
      out.writeString(threshold);
    }
    out.writeEndArray();
  }

  private void scenario(final LoadOutline.Row row, final ScenarioPlan scenario) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", row.name());
    out.writeStringField("load", new LoadText(scenario, plan.tickNs()).load());
    out.writeStringField("model", scenario.load().isOpen() ? "open" : "closed");
    out.writeNumberField("firstVu", scenario.firstVu());
    out.writeNumberField("vus", scenario.vus());
    out.writeNumberField("startNs", row.startNs());
    limit("stopNs", row.stopNs());
    limit("endNs", row.endNs());
    out.writeNumberField("warmupNs", scenario.warmupTicks() * plan.tickNs());
    limit("iterations", row.totalArrivals());
    out.writeStringField(
        "certainty", row.certainty().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    out.writeFieldName("plannedVus");
    out.writeArray(row.vus().toArray(), 0, row.vus().length());
    out.writeFieldName("plannedArrivals");
    out.writeArray(row.arrivals().toArray(), 0, row.arrivals().length());
    out.writeArrayFieldStart("requests");
    for (final RequestShare share : RequestShare.of(plan, scenario)) {
      final RequestPlan request = plan.requests().get(share.request());
      out.writeStartObject();
      out.writeStringField("name", request.name());
      out.writeStringField("method", request.method());
      out.writeStringField("path", request.path());
      if (share.share().isPresent()) {
        out.writeNumberField("share", share.share().getAsDouble());
      } else {
        out.writeNullField("share");
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void limit(final String name, final long value) throws IOException {
    if (value == Load.UNLIMITED) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, value);
    }
  }
}
