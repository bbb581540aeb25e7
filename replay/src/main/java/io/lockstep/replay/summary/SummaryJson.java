package io.lockstep.replay.summary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.lockstep.engine.core.metric.ConnectionMetrics.Reason;
import io.lockstep.engine.core.metric.NameCounts;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.replay.summary.RunSummary.Head;
import io.lockstep.replay.summary.Validity.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * A summary as JSON in UTF-8: {@code summary.json} of a run directory and what {@code --json}
 * prints. The same summary makes the same bytes anywhere: keys in a fixed order, times as integers
 * of nanoseconds, rates with three decimals, line feeds as line ends.
 */
public final class SummaryJson {
  /** Version of the format: raised when a key changes its meaning or goes away. */
  public static final int FORMAT = 1;

  private final JsonGenerator out;

  private SummaryJson(final JsonGenerator out) {
    this.out = out;
  }

  /** The whole document, a line feed at its end. */
  public static byte[] bytes(final RunSummary summary) {
    return text(summary).getBytes(StandardCharsets.UTF_8);
  }

  /** The same as a string. */
  public static String text(final RunSummary summary) {
    final DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    final StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.configure(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature(), true);
      out.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter));
      new SummaryJson(out).write(summary);
    } catch (final IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.append('\n').toString();
  }

  private void write(final RunSummary summary) throws IOException {
    out.writeStartObject();
    out.writeNumberField("format", FORMAT);
    validity(summary.validity());
    head(summary.head());
    measures(summary);
    phases(summary.phases());
    new EndsJson(out).write(summary.ends());
    totals(summary.totals());
    handshaking(summary.handshaking());
    out.writeArrayFieldStart("requests");
    for (final RequestRow row : summary.requests()) {
      request(row);
    }
    out.writeEndArray();
    connections(summary.connections());
    if (summary.proxy() != null) {
      out.writeObjectFieldStart("proxy");
      out.writeStringField("url", summary.proxy().url());
      out.writeBooleanField("tunnels", summary.proxy().tunnels());
      out.writeEndObject();
    }
    names(summary.names());
    generator(summary);
    series(summary.series());
    out.writeEndObject();
  }

  private void validity(final Validity validity) throws IOException {
    out.writeObjectFieldStart("validity");
    out.writeStringField("grade", validity.grade().key());
    out.writeArrayFieldStart("findings");
    for (final Finding finding : validity.findings()) {
      out.writeStartObject();
      out.writeStringField("grade", finding.grade().key());
      out.writeStringField("code", finding.code());
      out.writeStringField("text", finding.text());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void head(final Head head) throws IOException {
    final RunFacts facts = head.facts();
    out.writeObjectFieldStart("run");
    out.writeStringField("outcome", facts.outcome().name().toLowerCase(Locale.ROOT));
    out.writeStringField("plan", head.name());
    out.writeNumberField("seed", head.seed());
    out.writeStringField("planDigest", head.planDigest());
    out.writeStringField("transport", facts.kind().name().toLowerCase(Locale.ROOT));
    out.writeNumberField("vus", head.vus());
    out.writeNumberField("shards", facts.shards());
    out.writeNumberField("tickNs", head.tickNs());
    out.writeNumberField("endedNs", head.endedNs());
    out.writeNumberField("events", facts.events());
    out.writeNumberField("eventBytes", facts.eventBytes());
    out.writeStringField("generationDigest", facts.generation().hex());
    out.writeStringField("journalDigest", facts.journalDigest());
    out.writeEndObject();
  }

  /** What a plan need not have is left out where it has none. */
  private void measures(final RunSummary summary) throws IOException {
    final MeasuresJson json = new MeasuresJson(out);
    if (!summary.thresholds().isEmpty()) {
      json.thresholds(summary.thresholds());
    }
    if (summary.warmUp() != null) {
      json.warmUp(summary.warmUp());
    }
    if (!summary.capacity().isEmpty()) {
      json.capacity(summary.capacity());
    }
    if (!summary.checks().isEmpty()) {
      json.checks(summary.checks());
    }
    if (!summary.custom().isEmpty()) {
      json.custom(summary.custom());
    }
    if (!summary.responses().isEmpty()) {
      json.responses(summary.responses());
    }
    if (!summary.groups().isEmpty()) {
      out.writeArrayFieldStart("groups");
      for (final GroupRow group : summary.groups()) {
        out.writeStartObject();
        out.writeStringField("name", group.name());
        quantiles("durationNs", group.duration());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }

  private void phases(final List<PhaseRow> phases) throws IOException {
    for (final PhaseRow phase : phases) {
      out.writeObjectFieldStart(phase.name());
      out.writeStringField("end", phase.end().name().toLowerCase(Locale.ROOT));
      out.writeNumberField("endedNs", phase.endedNs());
      if (!phase.checks().isEmpty()) {
        new MeasuresJson(out).checks(phase.checks());
      }
      out.writeArrayFieldStart("requests");
      for (final RequestRow row : phase.requests()) {
        request(row);
      }
      out.writeEndArray();
      reasons(phase.reasons());
      out.writeEndObject();
    }
  }

  private void totals(final Totals totals) throws IOException {
    out.writeObjectFieldStart("totals");
    out.writeNumberField("issued", totals.issued());
    out.writeNumberField("ratePerSecond", totals.rate());
    out.writeNumberField("responses", totals.responses());
    out.writeNumberField("cutOff", totals.cutOff());
    out.writeNumberField("errors", totals.errors());
    counted("failures", totals.failures());
    counted("badStatuses", totals.badStatuses());
    out.writeNumberField("bytesSent", totals.bytesSent());
    out.writeNumberField("bytesReceived", totals.bytesReceived());
    out.writeNumberField("iterationsCompleted", totals.iterationsCompleted());
    out.writeNumberField("iterationsInterrupted", totals.iterationsInterrupted());
    if (totals.iterationsFailed() > 0) { // no run of the first version had any
      out.writeNumberField("iterationsFailed", totals.iterationsFailed());
      out.writeArrayFieldStart("iterationFailures");
      for (final Counted reason : totals.iterationFailures()) {
        out.writeStartObject();
        out.writeStringField("reason", reason.name());
        out.writeNumberField("count", reason.count());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    out.writeNumberField("arrivalsOwed", totals.arrivalsOwed());
    out.writeNumberField("arrivalsStarted", totals.arrivalsStarted());
    out.writeNumberField("arrivalsDropped", totals.arrivalsDropped());
    out.writeNumberField("lateCompletions", totals.lateCompletions());
    if (totals.meetingTimeouts() > 0) {
      out.writeNumberField("rendezvousTimeouts", totals.meetingTimeouts());
    }
    out.writeNumberField("connects", totals.connects());
    out.writeNumberField("maxActiveVus", totals.maxActiveVus());
    quantiles("latenessNs", totals.lateness());
    out.writeEndObject();
  }

  /** Left out where there is nothing to say. */
  private void handshaking(final ConnectionRow row) throws IOException {
    if (row.handshakes() != null) {
      out.writeObjectFieldStart("tls");
      out.writeNumberField("resumed", row.resumed());
      quantiles("handshakeNs", row.handshakes());
      out.writeEndObject();
    }
    reasons(row.reasons());
    if (row.isJournaled()) { // no run of the first versions was
      new MeasuresJson(out).failures(row.failures());
    }
  }

  private void reasons(final List<Reason> reasons) throws IOException {
    if (!reasons.isEmpty()) {
      out.writeArrayFieldStart("reasons");
      for (final Reason reason : reasons) {
        out.writeStartObject();
        out.writeStringField("failure", reason.outcome().key());
        out.writeStringField("reason", reason.text());
        out.writeNumberField("count", reason.count());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }

  private void request(final RequestRow row) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", row.name());
    out.writeNumberField("issued", row.issued());
    out.writeNumberField("ratePerSecond", row.rate());
    out.writeNumberField("responses", row.responses());
    out.writeNumberField("errors", row.errors());
    counted("failures", row.failures());
    counted("badStatuses", row.badStatuses());
    out.writeNumberField("bytesSent", row.bytesSent());
    out.writeNumberField("bytesReceived", row.bytesReceived());
    quantiles("serviceNs", row.service());
    quantiles("responseNs", row.response());
    out.writeEndObject();
  }

  private void counted(final String key, final List<Counted> counts) throws IOException {
    out.writeObjectFieldStart(key);
    for (final Counted counted : counts) {
      out.writeNumberField(counted.name(), counted.count());
    }
    out.writeEndObject();
  }

  private void quantiles(final String key, final Quantiles times) throws IOException {
    out.writeObjectFieldStart(key);
    out.writeNumberField("count", times.count());
    out.writeNumberField("p50", times.p50());
    out.writeNumberField("p90", times.p90());
    out.writeNumberField("p95", times.p95());
    out.writeNumberField("p99", times.p99());
    out.writeNumberField("p999", times.p999());
    out.writeNumberField("max", times.max());
    out.writeEndObject();
  }

  /** Recordings of old say nothing of it. */
  private void connections(final ConnectionCounts counts) throws IOException {
    if (counts == null) {
      return;
    }
    out.writeObjectFieldStart("connections");
    out.writeNumberField("opened", counts.opened());
    out.writeNumberField("ahead", counts.ahead());
    out.writeNumberField("failedAhead", counts.failedAhead());
    out.writeNumberField("closedIdle", counts.closedIdle());
    out.writeNumberField("retired", counts.retired());
    out.writeNumberField("strays", counts.strays());
    out.writeNumberField("handshakesAhead", counts.handshakesAhead());
    out.writeEndObject();
  }

  private void names(final NameCounts counts) throws IOException {
    if (counts == null) {
      return;
    }
    out.writeObjectFieldStart("names");
    out.writeNumberField("addresses", counts.addresses());
    out.writeNumberField("firstNs", counts.firstNs());
    out.writeNumberField("repeats", counts.repeats());
    out.writeNumberField("changes", counts.changes());
    out.writeNumberField("failures", counts.failures());
    out.writeNumberField("maxNs", counts.maxNs());
    out.writeStringField("lastFailure", counts.lastFailure());
    out.writeEndObject();
  }

  private void generator(final RunSummary summary) throws IOException {
    final Resources used = summary.generator();
    if (used == null) {
      out.writeNullField("generator");
      return;
    }
    out.writeObjectFieldStart("generator");
    out.writeNumberField("cores", used.cores());
    out.writeNumberField("wallNs", used.wallNs());
    out.writeNumberField("processCpuNs", used.processCpuNs());
    out.writeNumberField("engineCpuNs", used.engineCpuNs());
    out.writeNumberField("gcCount", used.gcCount());
    out.writeNumberField("gcNs", used.gcNs());
    out.writeNumberField("journalStallNs", used.journalStallNs());
    out.writeNumberField("queueStallNs", used.queueStallNs());
    out.writeNumberField("maxCycleNs", used.maxCycleNs());
    out.writeNumberField("busiestCpuNs", used.busiestCpuNs());
    if (summary.held() != null) { // no run of the first versions had it
      new GeneratorJson(out).write(summary.held(), summary.threads());
    }
    out.writeEndObject();
  }

  private void series(final Series series) throws IOException {
    out.writeObjectFieldStart("series");
    out.writeNumberField("secondsPerRow", series.secondsPerRow());
    column("issued", series, Series.Row::issued);
    column("responses", series, Series.Row::responses);
    column("errors", series, Series.Row::errors);
    column("activeVus", series, Series.Row::activeVus);
    out.writeEndObject();
  }

  private void column(final String key, final Series series, final ToLongFunction<Series.Row> value)
      throws IOException {
    out.writeArrayFieldStart(key);
    for (final Series.Row row : series.rows()) {
      out.writeNumber(value.applyAsLong(row));
    }
    out.writeEndArray();
  }
}
