package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.Expression;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What thresholds mean, and at which character one that means nothing is refused. */
class ThresholdErrorTest {
  @ParameterizedTest(name = "{0}: [{1}] is refused at column {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "http_req_duratoin|max<1s|3|no metric is named `http_req_duratoin`",
        "http_reqs|p(99)<1|16|`http_reqs` is a counter and has no `p`",
        "http_req_failed|count<1|22|`http_req_failed` is a rate and has no `count`",
        "vus|avg<1|10|`vus` is a gauge and has no `avg`",
        "lateness|rate<1|15|`lateness` is a trend and has no `rate`",
        "lateness|p99<1|16|`p` needs its percentile",
        "lateness|p(101)<1|17|a percentile is a number from 0 to 100",
        "lateness|p(x)<1|17|a percentile is a number from 0 to 100",
        "lateness|p(99<1|19|`)` is missing here",
        "lateness|mean<1|15|`mean` is no aggregation",
        "lateness|max=1|18|`=` is no comparison",
        "lateness|max|18|a comparison is missing here",
        "lateness|max<|19|a number is missing here",
        "lateness|max < -1|21|`max of lateness` is never below 0",
        "lateness|max < -|21|a number is missing here",
        "lateness|p(-1)<1|17|a percentile is a number from 0 to 100",
        "lateness|max<1.2.3|19|a number is missing here",
        "lateness|max<1%|20|`%` is no unit of `max of lateness`",
        "lateness|max<1 parsec|21|`parsec` is no unit of `max of lateness`",
        "lateness|count<1ms|22|`ms` is no unit of `count of lateness`",
        "http_req_failed|rate<1ms|28|`ms` is no unit of `rate of http_req_failed`",
        "http_req_failed|rate<2|27|a rate is from 0 to 1, or from 0% to 100%",
        "http_req_failed|rate<101%|27|a rate is from 0 to 1, or from 0% to 100%",
        "data_sent|count<1ms|23|`ms` is no unit of `count of data_sent`",
      })
  void shouldRefuseAtItsPlace(
      final String metric, final String expression, final int column, final String message) {
    assertEquals(
        List.of("t.yaml:11:" + column + ": error: " + message),
        Texts.headlines(with("  " + metric + ": ['" + expression + "']")));
  }

  @ParameterizedTest(name = "`{0}` is refused at column {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'lateness{scenario:brows}'|13|no scenario is `brows`",
        "'lateness{request:hom}'|13|no request is `hom`",
        "'lateness{scenario:browse,request:nothing}'|29|no request is `nothing`",
        "'lateness{colour:red}'|13|samples of `lateness` have no tag `colour`",
        "'vus{status:200}'|8|samples of `vus` have no tag `status`",
        "'lateness{status:ok}'|13|`ok` is no status",
        "'lateness{error:rest}'|13|no error is `rest`",
        "'lateness{group:login}'|13|no group is `login`",
        "'lateness{expected_response:yes}'|13|no expected_response is `yes`",
        "'lateness{scenario:browse'|27|`}` is missing behind the tags",
        "'lateness{scenario}'|13|a tag is name:value",
        "'lateness{scenario:browse}x'|29|nothing can follow the tags",
        "'lateness{request:home,request:item}'|26|the tag `request` is here for the second time",
      })
  void shouldRefuseTags(final String key, final int column, final String message) {
    assertEquals(
        List.of("t.yaml:11:" + column + ": error: " + message),
        Texts.headlines(with("  " + key + ": [" + expression(key) + "]")));
  }

  private static String expression(final String key) {
    return key.startsWith("'vus") ? "value<5" : "max<1s";
  }

  @Test
  void shouldReportMetricsBesideBrokenExpressions() {
    assertEquals(
        List.of(
            "t.yaml:11:15: error: `mean` is no aggregation",
            "t.yaml:12:3: error: no metric is named `latenes`",
            "t.yaml:13:14: error: a tag is name:value"),
        Texts.headlines(
            with("  lateness: ['mean<1']\n  latenes: [max<1]\n  'lateness {x}': [max<1]")));
  }

  @Test
  void shouldNameTheNearestMetricAndScenario() {
    final String said =
        Texts.diagnostics(
                with("  http_req_duratoin: [max<1]\n  'lateness{scenario:brows}': [max<1]"))
            .toString();
    assertTrue(said.contains("did you mean `http_req_duration`?"), said);
    assertTrue(said.contains("did you mean `browse`?"), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{expression: max<1s, over: 1ms}|41|`1ms` is out of range",
        "{expression: max<1s, delay: 1s}|42|`delay` delays the end of the run, which needs"
            + " `abort_on_fail: true`",
        "{expression: max<1s, abort_on_fail: maybe}|50|`maybe` is not allowed here",
        "{expression: count>5, abort_on_fail: true}|27|a count that must grow fails at the start,"
            + " so it cannot end the run",
        "{over: 30s}|14|a threshold needs `expression`",
        "5|14|expected an expression such as p(99)<250ms, rate<1% or count>1000, found the number"
            + " `5`",
      })
  void shouldRefuseOptions(final String item, final int column, final String message) {
    assertEquals(
        List.of("t.yaml:11:" + column + ": error: " + message),
        Texts.headlines(with("  lateness: [" + item + "]")));
  }

  /** Keys of headers and tags that are called like those of steps name nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "request:GET q|13|no request is `GET q`",
        "method:PUT|13|no method is `PUT`",
        "group:g|13|no group is `g`"
      })
  void shouldTakeNamesFromWhereNamesStand(
      final String tag, final int column, final String message) {
    final String request = "{name: home, path: /";
    assertEquals(
        List.of("t.yaml:11:" + column + ": error: " + message),
        Texts.headlines(
            with("  'lateness{" + tag + "}': [max<1s]")
                .replace(
                    request, request + ", tags: {path: q}, headers: {method: PUT, group: g}")));
  }

  @Test
  void shouldRefuseMoreWindowsThanItCanKeep() {
    final String item = "{expression: max<1s, over: 30s}";
    final String items = String.join(", ", Collections.nCopies(51, item));
    assertEquals(
        List.of("t.yaml:11:3: error: 51 thresholds have a window, at most 50"),
        Texts.headlines(with("  lateness: [" + items + "]")));
  }

  @Test
  void shouldReadTagsAndUnits() throws ScenarioException {
    final Plan plan =
        ScenarioFile.parse(
            "t.yaml",
            with("  http_req_duration{request:home, team:red}:\n"
                    + "    - p(99.9) <= 1.5s\n"
                    + "    - {expression: avg<250, over: 30s, abort_on_fail: true, delay: 10s}\n"
                    + "  data_received: ['rate>=1.5MB/s']\n"
                    + "  http_req_failed: [rate<1%]\n")
                .replace("{name: home, path: /}", "{name: home, path: /, tags: {team: red}}"));
    final Selector selector =
        new Selector(
            "http_req_duration", List.of(new Tag("request", "home"), new Tag("team", "red")));
    assertEquals(
        List.of(
            new Threshold(
                selector,
                new Expression(
                    Aggregation.PERCENTILE, 99.9, Comparison.AT_MOST, 1.5e9, "p(99.9) <= 1.5s"),
                0,
                false,
                0),
            new Threshold(
                selector,
                new Expression(Aggregation.AVG, 0, Comparison.LESS, 250e6, "avg<250"),
                30_000_000_000L,
                true,
                10_000_000_000L),
            new Threshold(
                new Selector("data_received", List.of()),
                new Expression(Aggregation.RATE, 0, Comparison.AT_LEAST, 1.5e6, "rate>=1.5MB/s"),
                0,
                false,
                0),
            new Threshold(
                new Selector("http_req_failed", List.of()),
                new Expression(Aggregation.RATE, 0, Comparison.LESS, 0.01, "rate<1%"),
                0,
                false,
                0)),
        plan.measures().thresholds());
    assertEquals(
        List.of(List.of(new Tag("team", "red")), List.of()), plan.measures().requestTags());
  }

  @Test
  void shouldKeepTheDigestOfAPlanWithoutThresholds() throws ScenarioException {
    final Plan plain = ScenarioFile.parse("t.yaml", Texts.GOOD);
    final Plan with = ScenarioFile.parse("t.yaml", with("  lateness: [max<1s]"));
    final Plan other = ScenarioFile.parse("t.yaml", with("  lateness: [max<2s]"));
    assertEquals(
        plain.digest(), ScenarioFile.parse("t.yaml", Texts.GOOD + "thresholds: {}\n").digest());
    assertTrue(!plain.digest().equals(with.digest()) && !with.digest().equals(other.digest()));
  }

  /** Whatever is written there, the file is read or refused with a position. */
  @Property(tries = 1_000)
  void anyTextIsReadOrRefused(
      @ForAll @StringLength(max = 30) final String key,
      @ForAll @StringLength(max = 30) final String expression) {
    final String text = with("  \"" + escaped(key) + "\": [\"" + escaped(expression) + "\"]");
    try {
      assertEquals(1, ScenarioFile.parse("t.yaml", text).measures().thresholds().size());
    } catch (final ScenarioException e) {
      assertTrue(e.diagnostics().stream().allMatch(d -> d.position().line() > 0), e::getMessage);
    }
  }

  private static String escaped(final String text) {
    final StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(c -> escaped.append(String.format(Locale.ROOT, "\\U%08x", c)));
    return escaped.toString();
  }

  private static String with(final String thresholds) {
    return Texts.withMore("thresholds:\n" + thresholds + "\n");
  }
}
