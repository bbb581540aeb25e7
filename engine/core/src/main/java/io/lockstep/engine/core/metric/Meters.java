package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.metric.Aggregation;
import io.lockstep.scenario.plan.metric.Check;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Group;
import io.lockstep.scenario.plan.metric.Measurable;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The meters of a plan, each in the lists of those requests, scenarios, checks, groups and custom
 * metrics whose samples it selects: an event finds its meters by index. Without thresholds all
 * lists are empty.
 */
final class Meters {
  private static final Meter[] NONE = new Meter[0];

  private final Plan plan;
  private final Measures measures;
  private final List<Meter> all = new ArrayList<>();
  private final Meter[][] byRequest;
  private final Meter[][] byScenario;
  private final Meter[][] byCheck;
  private final Meter[][] byGroup;
  private final Meter[][] byCustom;

  Meters(final Plan plan) {
    this.plan = plan;
    measures = plan.measures();
    final Map<Selector, List<Aggregation>> asked = new LinkedHashMap<>();
    for (final Threshold threshold : measures.thresholds()) {
      asked
          .computeIfAbsent(threshold.selector(), s -> new ArrayList<>())
          .add(threshold.expression().aggregation());
    }
    asked.forEach((selector, aggregations) -> all.add(meter(selector, aggregations)));
    byRequest =
        lists(plan.requests().size(), Metric.Of.REQUEST, this::isOfRequest, this::scenarioOf);
    byScenario = lists(plan.scenarios().size(), Metric.Of.SCENARIO, this::isOfScenario, i -> i);
    byCheck =
        lists(
            measures.checks().size(),
            Metric.Of.CHECK,
            this::isOfCheck,
            i -> scenarioOf(measures.checks().get(i).request()));
    byGroup =
        lists(
            measures.groups().size(),
            Metric.Of.GROUP,
            this::isOfGroup,
            i -> measures.groups().get(i).scenario());
    byCustom = new Meter[measures.custom().size()][];
    for (int i = 0; i < byCustom.length; i++) {
      final CustomMetric custom = measures.custom().get(i);
      byCustom[i] = all.stream().filter(m -> m.metric.equals(custom)).toArray(Meter[]::new);
      for (final Meter meter : byCustom[i]) {
        IntStream.range(0, plan.scenarios().size())
            .filter(scenario -> isSelected(meter, scenario))
            .forEach(meter.scenarios::set);
      }
    }
  }

  private Meter meter(final Selector selector, final List<Aggregation> aggregations) {
    final Measurable metric =
        measures
            .metric(selector.metric())
            .orElseThrow(() -> new IllegalArgumentException("no metric " + selector.metric()));
    return new Meter(metric, selector, aggregations);
  }

  /** The meter of a selector. */
  Meter of(final Selector selector) {
    return all.stream().filter(meter -> meter.selector.equals(selector)).findFirst().orElseThrow();
  }

  private int scenarioOf(final int request) {
    return plan.requests().get(request).scenario();
  }

  private Meter[][] lists(
      final int length,
      final Metric.Of of,
      final BiPredicate<Tag, Integer> has,
      final IntUnaryOperator scenarioOf) {
    final Meter[][] lists = new Meter[length][];
    for (int i = 0; i < length; i++) {
      final int index = i;
      lists[i] =
          all.stream()
              .filter(meter -> meter.metric instanceof Metric metric && metric.of() == of)
              .filter(m -> m.selector.tags().stream().allMatch(tag -> has.test(tag, index)))
              .toArray(size -> size == 0 ? NONE : new Meter[size]);
      for (final Meter meter : lists[i]) {
        meter.scenarios.set(scenarioOf.applyAsInt(i));
      }
    }
    return lists;
  }

  private boolean isOfRequest(final Tag tag, final int index) {
    final RequestPlan request = plan.requests().get(index);
    final String scenario = plan.scenarios().get(request.scenario()).name();
    return switch (tag.name()) {
      case Tag.SCENARIO -> scenario.equals(tag.value());
      case Tag.REQUEST, Tag.NAME ->
          request.name().equals(tag.value())
              || (scenario + "/" + request.name()).equals(tag.value());
      case Tag.METHOD -> request.method().equals(tag.value());
      case Tag.STATUS, Tag.ERROR, Tag.STAGE, Tag.EXPECTED_RESPONSE -> true; // decided per response
      default -> measures.ofRequest(index).contains(tag);
    };
  }

  private boolean isOfScenario(final Tag tag, final int index) {
    return tag.name().equals(Tag.SCENARIO)
        ? plan.scenarios().get(index).name().equals(tag.value())
        : measures.ofScenario(index).contains(tag);
  }

  private boolean isOfCheck(final Tag tag, final int index) {
    final Check check = measures.checks().get(index);
    return tag.name().equals(Tag.CHECK)
        ? check.name().equals(tag.value())
        : isOfRequest(tag, check.request());
  }

  private boolean isOfGroup(final Tag tag, final int index) {
    final Group group = measures.groups().get(index);
    return tag.name().equals(Tag.GROUP)
        ? group.isNamed(tag.value())
        : isOfScenario(tag, group.scenario());
  }

  /** A completion of a request. */
  void onCompleted(
      final int request, final Completion completion, final boolean failed, final long intendedNs) {
    for (final Meter meter : byRequest[request]) {
      if (meter.accepts(completion, failed)) {
        record(meter, completion, failed, intendedNs);
      }
    }
  }

  private static void record(
      final Meter meter, final Completion completion, final boolean failed, final long intendedNs) {
    switch ((Metric) meter.metric) {
      case HTTP_REQS -> meter.increase(1);
      case HTTP_REQ_FAILED -> meter.record(failed);
      case DATA_SENT -> meter.increase(completion.bytesSent);
      case DATA_RECEIVED -> meter.increase(completion.bytesReceived);
      case LATENESS -> {
        if (completion.sentNs != Completion.NULL_TIME) {
          meter.record(completion.sentNs - intendedNs);
        }
      }
      default -> {
        if (completion.outcome == RequestOutcome.RESPONSE) {
          recordTime(meter, completion, intendedNs);
        }
      }
    }
  }

  private static void recordTime(
      final Meter meter, final Completion completion, final long intendedNs) {
    switch ((Metric) meter.metric) {
      case HTTP_REQ_DURATION -> meter.record(completion.lastByteNs - completion.sentNs);
      case HTTP_RESPONSE_TIME -> meter.record(completion.lastByteNs - intendedNs);
      case HTTP_REQ_BLOCKED ->
          meter.record(completion.sentNs - intendedNs - completion.connectNs - completion.tlsNs);
      case HTTP_REQ_CONNECTING -> meter.record(completion.connectNs);
      case HTTP_REQ_TLS_HANDSHAKING -> meter.record(completion.tlsNs);
      case HTTP_REQ_SENDING -> {
        if (completion.handedNs != Completion.NULL_TIME) {
          meter.record(completion.handedNs - completion.sentNs);
        }
      }
      case HTTP_REQ_WAITING -> {
        if (completion.firstByteNs != Completion.NULL_TIME) {
          meter.record(waitedNs(completion));
        }
      }
      case HTTP_REQ_RECEIVING -> {
        if (completion.firstByteNs != Completion.NULL_TIME) {
          meter.record(completion.lastByteNs - completion.firstByteNs);
        }
      }
      default -> throw new IllegalStateException(meter.metric + " has no samples");
    }
  }

  /**
   * From the request to its response: nothing where the response began before the request's end.
   */
  private static long waitedNs(final Completion completion) {
    return completion.handedNs == Completion.NULL_TIME
        ? completion.firstByteNs - completion.sentNs
        : Math.max(0, completion.firstByteNs - completion.handedNs);
  }

  /** An iteration began or ended. */
  void onActive(final int scenario, final int change) {
    for (final Meter meter : byScenario[scenario]) {
      if (meter.metric == Metric.VUS) {
        meter.onActive(change);
      }
    }
  }

  void onIterationCompleted(final int scenario, final long ns) {
    for (final Meter meter : byScenario[scenario]) {
      if (meter.metric == Metric.ITERATIONS) {
        meter.increase(1);
      } else if (meter.metric == Metric.ITERATION_DURATION) {
        meter.record(ns);
      } else if (meter.metric == Metric.ITERATIONS_FAILED) {
        meter.record(false);
      }
    }
  }

  void onIterationFailed(final int scenario) {
    for (final Meter meter : byScenario[scenario]) {
      if (meter.metric == Metric.ITERATIONS_FAILED) {
        meter.record(true);
      }
    }
  }

  /** What a VU does once has ended, at its start or at its stop. */
  void onOnce(final int scenario, final boolean stop, final boolean failed) {
    final Metric metric = stop ? Metric.STOPS_FAILED : Metric.STARTS_FAILED;
    for (final Meter meter : byScenario[scenario]) {
      if (meter.metric == metric) {
        meter.record(failed);
      }
    }
  }

  void onDropped(final int scenario, final long count) {
    for (final Meter meter : byScenario[scenario]) {
      if (meter.metric == Metric.DROPPED_ITERATIONS) {
        meter.increase(count);
      }
    }
  }

  void onLoadEnded(final int scenario) {
    for (final Meter meter : all) {
      meter.onLoadEnded(scenario);
    }
  }

  void onCheck(final int check, final boolean passed) {
    for (final Meter meter : byCheck[check]) {
      meter.record(passed);
    }
  }

  void onGroup(final int group, final long ns) {
    for (final Meter meter : byGroup[group]) {
      meter.record(ns);
    }
  }

  void onCustom(final int custom, final int scenario, final long value, final long atNs) {
    for (final Meter meter : byCustom[custom]) {
      if (isSelected(meter, scenario)) {
        switch (meter.metric.kind()) {
          case COUNTER -> meter.increase(value);
          case RATE -> meter.record(value != 0);
          case GAUGE -> meter.record(value, atNs);
          default -> meter.record(value);
        }
      }
    }
  }

  /**
   * Tags of custom metrics are looked at per sample: an index loop, so that nothing is allocated.
   */
  private boolean isSelected(final Meter meter, final int scenario) {
    final List<Tag> tags = meter.selector.tags();
    for (int i = 0; i < tags.size(); i++) {
      if (!isOfScenario(tags.get(i), scenario)) {
        return false;
      }
    }
    return true;
  }

  /** Adds another shard's. */
  void add(final Meters other) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).total.addShard(other.all.get(i).total);
    }
  }
}
