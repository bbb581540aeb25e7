package io.lockstep.engine.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Comparison;
import io.lockstep.scenario.plan.metric.Expression;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.plan.metric.Threshold;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.HdrHistogram.Histogram;

/**
 * Random samples, judged by the meters of several shards and by an oracle that keeps them all:
 * sorted lists, and fractions where the engine has doubles. A quantile is only as fine as the
 * histogram, so the oracle's goes through one of a single sample; all else must agree to the last
 * bit of a double.
 */
class ThresholdOracleTest {
  private static final long TICK = Plans.TICK_NS;
  private static final long MS = 1_000_000;
  private static final long WARM_UP_NS = (1 + 100) * TICK;
  private static final List<Metric> METRICS =
      List.of(
          Metric.HTTP_REQS,
          Metric.HTTP_REQ_DURATION,
          Metric.HTTP_RESPONSE_TIME,
          Metric.HTTP_REQ_BLOCKED,
          Metric.HTTP_REQ_CONNECTING,
          Metric.HTTP_REQ_SENDING,
          Metric.HTTP_REQ_WAITING,
          Metric.HTTP_REQ_RECEIVING,
          Metric.HTTP_REQ_FAILED,
          Metric.DATA_SENT,
          Metric.DATA_RECEIVED,
          Metric.LATENESS);

  private static final List<Comparison> COMPARISONS = List.of(Comparison.values());

  /** A request that ended. */
  private record Ended(
      int scenario,
      int request,
      boolean response,
      int status,
      long intendedNs,
      long connectNs,
      long sentNs,
      long handedNs,
      long firstNs,
      long lastNs,
      long sent,
      long received) {
    boolean failed() {
      return !response || status >= 400;
    }
  }

  @Property(tries = 150)
  void judgesAsOneThatKeepsAllSamples(@ForAll final long seed) {
    final Random random = new Random(seed);
    final List<Ended> all = samples(random);
    final List<Threshold> thresholds = thresholds(random);
    final Plan plan = plan(thresholds);
    final int shards = 1 + random.nextInt(3);
    final MetricsTracker sum = new MetricsTracker(plan, shards);
    final long endedNs = 5_000 * MS;
    for (int shard = 0; shard < shards; shard++) {
      final MetricsTracker tracker = new MetricsTracker(plan, shards);
      for (int i = shard; i < all.size(); i += shards) {
        give(all.get(i), tracker);
      }
      tracker.onEnded(endedNs);
      sum.add(tracker);
    }
    final List<ThresholdResult> results = sum.thresholds();
    for (int i = 0; i < thresholds.size(); i++) {
      check(thresholds.get(i), results.get(i), all, endedNs);
    }
  }

  private static void check(
      final Threshold threshold,
      final ThresholdResult result,
      final List<Ended> all,
      final long endedNs) {
    final Metric metric = (Metric) result.metric();
    final List<Long> values = new ArrayList<>();
    all.stream()
        .filter(one -> one.intendedNs >= WARM_UP_NS)
        .filter(one -> threshold.selector().tags().stream().allMatch(tag -> has(one, tag)))
        .forEach(one -> addSample(metric, one, values));
    values.sort(null);
    final boolean empty = values.isEmpty() && metric.kind() != MetricKind.COUNTER;
    assertEquals(!empty, result.sampled(), threshold::toString);
    if (empty) {
      assertFalse(result.passed(), "a threshold without samples fails");
      return;
    }
    final double exact = exact(threshold.expression(), metric, values, endedNs - WARM_UP_NS);
    assertEquals(exact, result.observed(), threshold::toString);
    assertEquals(holds(threshold.expression(), exact), result.passed(), threshold::toString);
  }

  private static boolean holds(final Expression expression, final double value) {
    final int order = new BigDecimal(value).compareTo(new BigDecimal(expression.bound()));
    return switch (expression.comparison().sign()) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "==" -> order == 0;
      default -> order != 0;
    };
  }

  private static double exact(
      final Expression expression, final Metric metric, final List<Long> sorted, final long ns) {
    final BigInteger sum =
        sorted.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    final int n = sorted.size();
    return switch (expression.aggregation()) {
      case COUNT -> metric.kind() == MetricKind.COUNTER ? sum.doubleValue() : n;
      case RATE ->
          metric.kind() == MetricKind.RATE
              ? ratio(sum, n)
              : ratio(sum.multiply(BigInteger.valueOf(1_000_000_000)), ns);
      case AVG -> ratio(sum, n);
      case MIN -> sorted.get(0);
      case MAX -> sorted.get(n - 1);
      case MED, PERCENTILE -> quantile(sorted, expression.percentile());
      default -> throw new IllegalArgumentException(expression.text());
    };
  }

  private static double ratio(final BigInteger part, final long whole) {
    return new BigDecimal(part)
        .divide(BigDecimal.valueOf(whole), new MathContext(60, RoundingMode.HALF_EVEN))
        .doubleValue();
  }

  /** Nearest rank, as fine as the histogram. */
  private static double quantile(final List<Long> sorted, final double percentile) {
    if (percentile == 0) {
      return sorted.get(0);
    }
    final int rank =
        BigDecimal.valueOf(percentile)
            .multiply(BigDecimal.valueOf(sorted.size()))
            .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
            .intValueExact();
    final long exact = sorted.get(rank - 1);
    final Histogram histogram = RequestMetrics.histogram();
    return Math.max(
        sorted.get(0),
        Math.min(sorted.get(sorted.size() - 1), histogram.highestEquivalentValue(exact)));
  }

  private static void addSample(final Metric metric, final Ended one, final List<Long> values) {
    final boolean response = one.response;
    switch (metric) {
      case HTTP_REQS -> values.add(1L);
      case HTTP_REQ_FAILED -> values.add(one.failed() ? 1L : 0L);
      case DATA_SENT -> values.add(one.sent);
      case DATA_RECEIVED -> values.add(one.received);
      case LATENESS -> add(one.sentNs >= 0, one.sentNs - one.intendedNs, values);
      case HTTP_REQ_DURATION -> add(response, one.lastNs - one.sentNs, values);
      case HTTP_RESPONSE_TIME -> add(response, one.lastNs - one.intendedNs, values);
      case HTTP_REQ_BLOCKED -> add(response, one.sentNs - one.intendedNs - one.connectNs, values);
      case HTTP_REQ_CONNECTING -> add(response, one.connectNs, values);
      case HTTP_REQ_SENDING ->
          add(response && one.handedNs >= 0, one.handedNs - one.sentNs, values);
      case HTTP_REQ_WAITING ->
          add(response, one.firstNs - (one.handedNs < 0 ? one.sentNs : one.handedNs), values);
      case HTTP_REQ_RECEIVING -> add(response, one.lastNs - one.firstNs, values);
      default -> throw new IllegalArgumentException(metric.key());
    }
  }

  private static void add(final boolean there, final long value, final List<Long> values) {
    if (there) {
      values.add(Math.max(0, value));
    }
  }

  private static boolean has(final Ended one, final Tag tag) {
    final Predicate<String> is = tag.value()::equals;
    return switch (tag.name()) {
      case "scenario" -> is.test("s" + one.scenario);
      case "request" ->
          is.test("r" + one.request) || is.test("s" + one.scenario + "/r" + one.request);
      case "status" -> one.response && is.test(Integer.toString(one.status));
      case "error" -> !one.response && is.test("reset");
      case "expected_response" -> is.test(Boolean.toString(!one.failed()));
      case "method" -> is.test("GET");
      case "team" -> one.request == 2 && is.test("red");
      default -> throw new IllegalArgumentException(tag.name());
    };
  }

  private static List<Ended> samples(final Random random) {
    final List<Ended> all = new ArrayList<>();
    final int count = random.nextInt(400);
    final int spread = 1 + random.nextInt(50_000_000);
    for (int i = 0; i < count; i++) {
      final int request = random.nextInt(4);
      final boolean response = random.nextInt(6) != 0;
      final long intended = random.nextInt(4) == 0 ? random.nextInt(20_000_000) : WARM_UP_NS + i;
      final long connect = random.nextInt(3) == 0 ? random.nextInt(spread) : 0;
      final long sent =
          response || random.nextBoolean() ? intended + connect + random.nextInt(1000) - 5 : -1;
      final long first = response ? sent + random.nextInt(spread) : -1;
      final long handed = response && random.nextInt(4) != 0 ? sent + random.nextInt(spread) : -1;
      all.add(
          new Ended(
              request < 2 ? 0 : 1,
              request,
              response,
              response ? 200 + 100 * random.nextInt(4) : 0,
              intended,
              connect,
              sent,
              handed,
              first,
              response ? first + random.nextInt(spread) : intended + random.nextInt(spread),
              random.nextInt(10_000),
              random.nextInt(100_000)));
    }
    return all;
  }

  private static void give(final Ended one, final MetricsTracker tracker) {
    final Completion completion = new Completion();
    completion.outcome = one.response ? RequestOutcome.RESPONSE : RequestOutcome.RESET;
    completion.status = one.status;
    completion.connectNs = one.connectNs;
    completion.sentNs = one.sentNs;
    completion.handedNs = one.handedNs;
    completion.firstByteNs = one.firstNs;
    completion.lastByteNs = one.lastNs;
    completion.bytesSent = one.sent;
    completion.bytesReceived = one.received;
    tracker.onIssued(one.request, one.intendedNs);
    tracker.onCompleted(one.request, completion, one.intendedNs);
  }

  private static List<Threshold> thresholds(final Random random) {
    final List<Threshold> thresholds = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      final Metric metric = METRICS.get(random.nextInt(METRICS.size()));
      final List<Aggregation> all = metric.kind().aggregations();
      final Aggregation aggregation = all.get(random.nextInt(all.size()));
      final double percentile = aggregation == Aggregation.MED ? 50 : random.nextInt(1001) / 10.0;
      final double bound =
          switch (metric.kind()) {
            case RATE -> random.nextInt(11) / 10.0;
            case COUNTER -> random.nextInt(400);
            default -> random.nextInt(30_000_000);
          };
      final Comparison comparison = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
      thresholds.add(
          new Threshold(
              new Selector(metric.key(), tags(random)),
              new Expression(aggregation, percentile, comparison, bound, "t" + i),
              Threshold.WHOLE,
              false,
              0));
    }
    return thresholds;
  }

  private static List<Tag> tags(final Random random) {
    final Tag[] some = {
      new Tag("scenario", "s1"),
      new Tag("request", "r1"),
      new Tag("request", "s1/r3"),
      new Tag("status", "300"),
      new Tag("error", "reset"),
      new Tag("expected_response", "true"),
      new Tag("method", "GET"),
      new Tag("team", "red")
    };
    final List<Tag> tags = new ArrayList<>();
    while (random.nextInt(3) != 0) {
      final Tag tag = some[random.nextInt(some.length)];
      if (tags.stream().noneMatch(other -> other.name().equals(tag.name()))) {
        tags.add(tag);
      }
    }
    return tags;
  }

  private static Plan plan(final List<Threshold> thresholds) {
    final Plan plan =
        MeasuredPlans.warmingUp(
            Plans.of(
                Group.iterations("s0", 1, 1).asks(Ask.of("r0"), Ask.of("r1")),
                Group.iterations("s1", 1, 1).asks(Ask.of("r2"), Ask.of("r3"))),
            100);
    return plan.withMeasures(
        new Measures(
            thresholds,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(List.of(), List.of(), List.of(new Tag("team", "red")))));
  }
}
