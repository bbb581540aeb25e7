package io.lockstep.replay.summary;

import static io.lockstep.replay.summary.SummaryFixture.MS;
import static io.lockstep.replay.summary.SummaryFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.Network;
import io.lockstep.replay.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void shouldRenderSimulatedRunAsText() throws IOException {
    Snapshot.assertMatches(
        "summary-simulated.txt", SummaryText.of(summary(TransportKind.SIMULATED), false, false));
  }

  @Test
  void shouldRenderLiveRunAsText() throws IOException {
    Snapshot.assertMatches(
        "summary-live.txt", SummaryText.of(summary(TransportKind.NETWORK), false, false));
  }

  @Test
  void shouldRenderAsJson() throws IOException {
    Snapshot.assertMatches("summary.json", SummaryJson.text(summary(TransportKind.NETWORK)));
  }

  @Test
  void shouldLeadWithThresholdsAndTellTheWarmUpGroupsAndChecks() throws IOException {
    final RunSummary measured =
        RunSummary.of(
            SummaryFixture.measuredPlan(),
            SummaryFixture.facts(TransportKind.SIMULATED),
            SummaryFixture.measuredMetrics());
    Snapshot.assertMatches("summary-measured.txt", SummaryText.of(measured, false, true));
    Snapshot.assertMatches("summary-measured.json", SummaryJson.text(measured));
  }

  @Test
  void shouldMakeTheSameBytesInAnyLocale() {
    final String text = SummaryText.of(summary(TransportKind.NETWORK), true, false);
    final byte[] json = SummaryJson.bytes(summary(TransportKind.NETWORK));
    final Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("hi-IN-u-nu-deva"));
    try {
      assertEquals(text, SummaryText.of(summary(TransportKind.NETWORK), true, false));
      assertArrayEquals(json, SummaryJson.bytes(summary(TransportKind.NETWORK)));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void shouldDifferFromPlainTextByEscapesOnly() {
    final String coloured = SummaryText.of(summary(TransportKind.NETWORK), true, false);

    assertTrue(coloured.startsWith("\u001b[1;32mVALID\u001b[0m"), coloured);
    assertEquals(
        SummaryText.of(summary(TransportKind.NETWORK), false, false),
        coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void shouldAddRequestsUpToTotals() throws IOException {
    final JsonNode json =
        new ObjectMapper().readTree(SummaryJson.bytes(summary(TransportKind.NETWORK)));

    long issued = 0;
    long errors = 0;
    for (final JsonNode request : json.get("requests")) {
      issued += request.get("issued").asLong();
      errors += request.get("errors").asLong();
    }
    assertEquals(1_500, issued);
    assertEquals(issued, json.at("/totals/issued").asLong());
    assertEquals(errors, json.at("/totals/errors").asLong());
    assertEquals("500.000", json.at("/totals/ratePerSecond").asText() + "00");
  }

  @Test
  void shouldWriteHistogramsThatReadBackEqual() {
    final MetricsTracker metrics = SummaryFixture.metrics();
    final byte[] bytes = HlogWriter.bytes(SummaryFixture.plan(), metrics);

    final List<String> tags = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(bytes))) {
      while (reader.hasNext()) {
        final EncodableHistogram histogram = reader.nextIntervalHistogram();
        tags.add(histogram.getTag());
        if ("home:service".equals(histogram.getTag())) {
          assertEquals(metrics.figures().request(0).service(), (Histogram) histogram);
        }
      }
    }

    assertEquals(
        List.of(
            "home:service",
            "home:response",
            "product_page__large:service",
            "product_page__large:response",
            "never:service",
            "never:response",
            "lateness"),
        tags);
    assertArrayEquals(bytes, HlogWriter.bytes(SummaryFixture.plan(), SummaryFixture.metrics()));
  }

  private static RunSummary summary(final TransportKind kind) {
    final MetricsTracker metrics = SummaryFixture.metrics();
    if (kind == TransportKind.NETWORK) {
      metrics.samples().onThread(new ThreadUse(0, ThreadUse.Role.ENGINE, 3 * SECOND, SECOND, 5 * MS, 900, 7));
      metrics.samples().onGenerator(
          new GeneratorUse(
              false,
              0,
              SECOND,
              3,
              5 * MS,
              MS / 100,
              2,
              MS,
              MS / 2,
              9,
              12 * MS,
              0,
              4 * SECOND,
              30_000,
              12,
              Network.IO_URING));
      metrics.samples().onResources(SummaryFixture.resources());
    }
    return RunSummary.of(SummaryFixture.plan(), SummaryFixture.facts(kind), metrics);
  }
}
