package io.lockstep.replay.summary;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.scenario.plan.Load;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parts of a summary's JSON that only some plans have. */
final class MeasuresJson {
  private final JsonGenerator out;

  MeasuresJson(final JsonGenerator out) {
    this.out = out;
  }

  void thresholds(final List<ThresholdRow> rows) throws IOException {
    out.writeArrayFieldStart("thresholds");
    for (final ThresholdRow row : rows) {
      out.writeStartObject();
      out.writeStringField("metric", row.metric());
      out.writeStringField("expression", row.expression());
      if (row.overNs() > 0) {
        out.writeNumberField("overNs", row.overNs());
      }
      out.writeBooleanField("passed", row.passed());
      if (row.sampled()) {
        out.writeNumberField("observed", row.observed());
      } else {
        out.writeNullField("observed");
      }
      out.writeStringField("unit", row.unit());
      out.writeStringField("text", row.text());
      if (row.abortOnFail()) {
        out.writeBooleanField("endedTheRun", row.aborted());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  void warmUp(final WarmUpRow row) throws IOException {
    out.writeObjectFieldStart("warmUp");
    out.writeNumberField("ns", row.ns());
    out.writeObjectFieldStart("measuredFromNs");
    for (final WarmUpRow.Phase phase : row.phases()) {
      out.writeNumberField(phase.scenario(), phase.untilNs());
    }
    out.writeEndObject();
    out.writeNumberField("issued", row.issued());
    out.writeNumberField("responses", row.responses());
    out.writeNumberField("errors", row.errors());
    out.writeNumberField("iterationsCompleted", row.iterationsCompleted());
    out.writeNumberField("iterationsInterrupted", row.iterationsInterrupted());
    out.writeNumberField("arrivalsStarted", row.arrivalsStarted());
    out.writeNumberField("arrivalsDropped", row.arrivalsDropped());
    out.writeEndObject();
  }

  void capacity(final List<CapacityRow> rows) throws IOException {
    out.writeArrayFieldStart("capacity");
    for (final CapacityRow row : rows) {
      out.writeStartObject();
      out.writeStringField("scenario", row.scenario());
      out.writeNumberField("periodNs", row.load().periodNs());
      limit("p99LimitNs", row.load().objective().p99Ns());
      limit("errorsPerBillionLimit", row.load().objective().errorsPerBillion());
      if (row.heldRate() == CapacityRow.NONE) {
        out.writeNullField("heldRate");
      } else {
        out.writeNumberField("heldRate", row.heldRate());
      }
      out.writeStringField("end", row.end().name().toLowerCase(Locale.ROOT));
      out.writeArrayFieldStart("steps");
      for (final CapacityStep step : row.steps()) {
        step(step);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void limit(final String key, final long value) throws IOException {
    if (value != Load.UNLIMITED) {
      out.writeNumberField(key, value);
    }
  }

  private void step(final CapacityStep step) throws IOException {
    out.writeStartObject();
    out.writeNumberField("rate", step.rate());
    out.writeStringField("verdict", step.verdict().name().toLowerCase(Locale.ROOT));
    out.writeNumberField("responses", step.responses());
    out.writeNumberField("slow", step.slow());
    out.writeNumberField("requests", step.requests());
    out.writeNumberField("errors", step.errors());
    out.writeNumberField("dropped", step.dropped());
    out.writeEndObject();
  }

  void checks(final List<CheckRow> rows) throws IOException {
    out.writeArrayFieldStart("checks");
    for (final CheckRow row : rows) {
      out.writeStartObject();
      out.writeStringField("request", row.request());
      out.writeStringField("name", row.name());
      out.writeNumberField("passed", row.passed());
      out.writeNumberField("failed", row.failed());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  void custom(final List<CustomRow> rows) throws IOException {
    out.writeArrayFieldStart("metrics");
    for (final CustomRow row : rows) {
      out.writeStartObject();
      out.writeStringField("name", row.name());
      out.writeStringField("kind", row.kind().key());
      for (final Map.Entry<String, BigDecimal> figure : row.figureByKey().entrySet()) {
        out.writeNumberField(figure.getKey(), figure.getValue());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  void responses(final List<ResponseRow> rows) throws IOException {
    out.writeArrayFieldStart("responses");
    for (final ResponseRow row : rows) {
      out.writeStartObject();
      out.writeStringField("request", row.request());
      out.writeNumberField("redirectsFollowed", row.followed());
      counted("redirectsNotFollowed", row.notFollowed());
      out.writeNumberField("cacheHits", row.cacheHits());
      out.writeNumberField("notModified", row.notModified());
      counted("notDecoded", row.undecoded());
      counted("notFound", row.missed());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  void failures(final List<FailureRow> rows) throws IOException {
    out.writeArrayFieldStart("failures");
    for (final FailureRow row : rows) {
      out.writeStartObject();
      out.writeStringField("stage", row.stage());
      out.writeStringField("failure", row.kind());
      out.writeNumberField("count", row.count());
      out.writeNumberField("firstNs", row.firstNs());
      out.writeNumberField("lastNs", row.lastNs());
      out.writeArrayFieldStart("reasons");
      for (final Counted reason : row.reasons()) {
        out.writeStartObject();
        out.writeStringField("reason", reason.name());
        out.writeNumberField("count", reason.count());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void counted(final String key, final List<Counted> counted) throws IOException {
    out.writeObjectFieldStart(key);
    for (final Counted one : counted) {
      out.writeNumberField(one.name(), one.count());
    }
    out.writeEndObject();
  }
}
