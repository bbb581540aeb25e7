package io.lockstep.scenario.plan.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on metrics says what the code does. */
class MetricsPageTest {
  private static final Map<Metric.Of, String> WORDS =
      Map.of(
          Metric.Of.REQUEST, "request",
          Metric.Of.SCENARIO, "iteration",
          Metric.Of.CHECK, "check",
          Metric.Of.GROUP, "group");

  private final String page = read();

  @Test
  void shouldHaveOneRowForEachMetric() {
    final List<String> rows =
        page.lines()
            .filter(line -> line.matches("\\| `[a-z_]+` \\| (counter|gauge|rate|trend) .*"))
            .toList();
    final List<String> expected =
        Arrays.stream(Metric.values())
            .map(
                metric ->
                    "| `"
                        + String.join(
                            " | ",
                            metric.key() + "`",
                            metric.kind().key(),
                            metric.unit().key(),
                            WORDS.get(metric.of()),
                            metric.text())
                        + " |")
            .toList();
    assertEquals(expected, rows);
  }

  @Test
  void shouldNameEveryAggregationOfEachKindAndEveryTag() {
    for (final MetricKind kind : MetricKind.values()) {
      final String row =
          page.lines()
              .filter(line -> line.startsWith("| " + kind.key() + " |"))
              .findFirst()
              .orElseThrow();
      for (final Aggregation aggregation : kind.aggregations()) {
        final String word = aggregation == Aggregation.PERCENTILE ? "p(N)" : aggregation.key();
        assertTrue(row.contains("`" + word + "`"), () -> row + " lacks " + word);
      }
    }
    for (final Metric metric : Metric.values()) {
      for (final String tag : metric.tags()) {
        assertTrue(page.contains("`" + tag + "`"), tag);
      }
    }
  }

  @Test
  void shouldLoadItsExample() throws Exception {
    final Matcher block =
        Pattern.compile("```yaml\n(thresholds:.*?)```", Pattern.DOTALL).matcher(page);
    assertTrue(block.find());
    final String file =
        """
        name: page
        target: http://127.0.0.1:8080
        scenarios:
          s:
            load: {executor: constant-vus, vus: 1, duration: 1s}
            think: 1s
            requests:
              - {name: home, path: /}
        """;
    assertEquals(
        5, ScenarioFile.parse("page.yaml", file + block.group(1)).measures().thresholds().size());
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "reference", "metrics.md"));
    } catch (final IOException e) {
      throw new AssertionError("the page cannot be read", e);
    }
  }
}
