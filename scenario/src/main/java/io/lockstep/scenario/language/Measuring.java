package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Measurable;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.MetricKind;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Metrics that a file declares, and the steps that give them samples. */
final class Measuring {
  static final int MAX_METRICS = 100;

  /** What a step has that measures. */
  static final String STEP_KEY = "measure";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  /** By name. */
  static final Key<Map<String, MetricKind>> KEY =
      Key.optional(
          "metrics",
          new MapType<>("metrics", Measuring::nameFault, new EnumType<>(kinds()), 0, MAX_METRICS),
          Map.of(),
          "{}",
          "metrics of the file's own, which `measure` steps give their samples");

  private Measuring() {}

  private static Map<String, MetricKind> kinds() {
    final Map<String, MetricKind> kinds = new LinkedHashMap<>();
    for (final MetricKind kind : MetricKind.values()) {
      kinds.put(kind.key(), kind);
    }
    return kinds;
  }

  private static Optional<String> nameFault(final String name) {
    if (Metric.named(name).isPresent()) {
      return Optional.of("is a metric that every run has: choose another name");
    }
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "is no metric's name: letters, digits and `_`, not a digit first, at most 128");
  }

  static List<CustomMetric> model(final Map<String, MetricKind> kindByName) {
    final List<CustomMetric> metrics = new ArrayList<>();
    kindByName.forEach((name, kind) -> metrics.add(CustomMetric.of(name, kind)));
    return metrics;
  }

  /** What a tree declares rightly, whatever else is wrong. */
  static List<CustomMetric> sure(final Node metrics) {
    return declared(metrics).stream()
        .filter(
            metric ->
                ((MapNode) metrics).get(metric.key()) instanceof ScalarNode scalar
                    && kinds().containsKey(scalar.text()))
        .toList();
  }

  /** Names of all that the steps of a file's scenarios measure. */
  static Set<String> measured(final MapNode root) {
    final Set<String> names = new LinkedHashSet<>();
    if (root.get(Scenarios.KEY_NAME) instanceof MapNode scenarios) {
      for (final MapNode.Entry scenario : scenarios.entries()) {
        samples(scenario.value()).forEach(sample -> names.add(sample.key()));
      }
    }
    return names;
  }

  /** What a tree declares, even where it has errors. */
  static List<CustomMetric> declared(final Node metrics) {
    final List<CustomMetric> declared = new ArrayList<>();
    if (metrics instanceof MapNode map && map.entries().size() <= MAX_METRICS) {
      for (final MapNode.Entry entry : map.entries()) {
        final MetricKind kind =
            entry.value() instanceof ScalarNode scalar
                ? kinds().getOrDefault(scalar.text(), MetricKind.TREND)
                : MetricKind.TREND;
        declared.add(CustomMetric.of(entry.key(), kind));
      }
    }
    return declared;
  }

  /** A metric of every run, or one of these. */
  static Optional<Measurable> named(final String name, final List<CustomMetric> custom) {
    final Optional<Measurable> builtIn = Metric.named(name).map(metric -> metric);
    return builtIn.isPresent()
        ? builtIn
        : custom.stream().filter(metric -> metric.key().equals(name)).findFirst().map(m -> m);
  }

  /** Reports what steps measure that is not declared, and what is measured apart from the load. */
  static void checkSteps(final MapNode root, final List<CustomMetric> declared, final Reading in) {
    final List<String> names = declared.stream().map(CustomMetric::key).toList();
    if (root.get(Scenarios.KEY_NAME) instanceof MapNode scenarios) {
      scenarios.entries().forEach(scenario -> checkWithin(scenario.value(), names, in));
    }
    for (final String once : List.of(Once.SETUP.name(), Once.TEARDOWN.name())) {
      steps(root.get(once))
          .forEach(
              entry ->
                  in.conflict(
                      entry.keyOffset(),
                      "`" + once + "` is no part of the load, and measures nothing",
                      "measure in the `flow` of a scenario"));
    }
  }

  private static void checkWithin(final Node scenario, final List<String> names, final Reading in) {
    samples(scenario).stream()
        .filter(sample -> !names.contains(sample.key()))
        .forEach(sample -> unknown(sample, names, in));
  }

  /** What the steps of a scenario measure. */
  private static List<MapNode.Entry> samples(final Node scenario) {
    final List<MapNode.Entry> samples = new ArrayList<>();
    if (scenario instanceof MapNode body) {
      for (final String flow : List.of("start", "flow", "stop")) {
        for (final MapNode.Entry step : steps(body.get(flow))) {
          if (step.value() instanceof MapNode values) {
            samples.addAll(values.entries());
          }
        }
      }
    }
    return samples;
  }

  private static void unknown(
      final MapNode.Entry value, final List<String> names, final Reading in) {
    in.unknown(
        Diagnostic.Kind.UNKNOWN_KEY,
        value.keyOffset(),
        "no metric of the file is named `" + ScalarNode.shown(value.key()) + "`",
        value.key(),
        names,
        names.isEmpty()
            ? List.of("declare it: `metrics: {" + value.key() + ": trend}`")
            : List.of());
  }

  /** What measures in a list of steps, at any depth. */
  private static List<MapNode.Entry> steps(final Node steps) {
    final List<MapNode.Entry> found = new ArrayList<>();
    if (steps instanceof ListNode list) {
      for (final Node item : list.items()) {
        if (item instanceof MapNode step) {
          step.entries().forEach(entry -> add(entry, found));
        }
      }
    }
    return found;
  }

  private static void add(final MapNode.Entry entry, final List<MapNode.Entry> found) {
    if (entry.key().equals(STEP_KEY)) {
      found.add(entry);
    } else if (entry.key().equals("cases") && entry.value() instanceof MapNode cases) {
      cases.entries().forEach(one -> found.addAll(steps(one.value())));
    } else {
      found.addAll(steps(entry.value()));
    }
  }
}
