package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Expression;
import io.lockstep.scenario.plan.metric.Measurable;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Threshold;
import io.lockstep.scenario.read.Finds;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.ShorthandType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run must keep: expressions by metric. A metric's name and an expression are each read
 * alone; whether they fit each other is {@link ThresholdRules}' question, and whether the names in
 * tags exist is {@link #checkNames}'s.
 */
final class Thresholds {
  static final String KEY = "thresholds";

  /** Metrics with or without tags. */
  static final int MAX_METRICS = 1_000;

  /** Expressions of one of them. */
  static final int MAX_EXPRESSIONS = 100;

  /** Expressions with a window, in the whole file: each keeps the samples of ten slices. */
  static final int MAX_WINDOWS = 50;

  private static final long SECOND_NS = 1_000_000_000L;

  private static final ThresholdType EXPRESSION_TYPE = new ThresholdType();
  private static final Key<ThresholdType.Placed> EXPRESSION =
      Key.required("expression", EXPRESSION_TYPE, "what the samples must keep");
  private static final Key<Long> OVER =
      Key.optional(
          "over",
          UnitType.duration(SECOND_NS, Distributions.MAX_NS),
          Threshold.WHOLE,
          "",
          "sliding window, each of which must keep it; the whole measured phase by default");
  private static final Key<Boolean> ABORT =
      Key.optional(
          "abort_on_fail", Booleans.TYPE, false, "false", "whether the run ends once it fails");
  private static final Key<Long> DELAY =
      Key.optional(
          "delay",
          UnitType.duration(0, Distributions.MAX_NS),
          0L,
          "0s",
          "from the start of the measured phase, in which it ends nothing");

  private static final ObjectType<Draft> OBJECT =
      new ObjectType<Draft>(
              "a threshold",
              List.of(EXPRESSION, OVER, ABORT, DELAY),
              List.of(new Rule(List.of(ABORT, DELAY), Thresholds::delaysAnAbort)),
              v -> new Draft(v.get(EXPRESSION), v.get(OVER), v.get(ABORT), v.get(DELAY)))
          .instead("threshold", "write `expression`, such as expression: \"p(99)<250ms\"")
          .instead("abortOnFail", "write `abort_on_fail: true`")
          .instead("delayAbortEval", "write `delay`, such as delay: 10s");

  static final Type<Map<String, List<Draft>>> TYPE = new MetricsType();

  private Thresholds() {}

  /** A threshold without its metric. */
  record Draft(ThresholdType.Placed expression, long overNs, boolean abortOnFail, long delayNs) {
    static Draft of(final ThresholdType.Placed expression) {
      return new Draft(expression, Threshold.WHOLE, false, 0);
    }
  }

  private static boolean delaysAnAbort(final Values v) {
    if (v.has(DELAY) && !v.get(ABORT)) {
      v.in()
          .conflict(
              v.offset(DELAY),
              "`delay` delays the end of the run, which needs `abort_on_fail: true`");
      return false;
    }
    return true;
  }

  /** Whether there are as many windows as can be kept; reports where not. */
  static boolean windowsFit(
      final Node node, final Map<String, List<Draft>> draftsByKey, final Reading in) {
    final long windows =
        draftsByKey.values().stream()
            .flatMap(List::stream)
            .filter(draft -> draft.overNs != Threshold.WHOLE)
            .count();
    if (windows > MAX_WINDOWS) {
      in.tooMany(node.offset(), windows + " thresholds have a window, at most " + MAX_WINDOWS);
      return false;
    }
    return true;
  }

  /** Checks each metric whatever is wrong with its or other expressions. */
  private static final class MetricsType implements Type<Map<String, List<Draft>>> {
    private static final Type<Draft> ITEM =
        new ShorthandType<>(OBJECT, new MappedType<>(EXPRESSION_TYPE, Draft::of));
    private static final ListType<Draft> LIST =
        new ListType<>("expressions", ITEM, MAX_EXPRESSIONS);

    private final MapType<List<Draft>> map =
        new MapType<>(
            "thresholds",
            metric -> Optional.empty(),
            new OneOrMoreType<>(LIST, new MappedType<>(EXPRESSION_TYPE, Draft::of)),
            0,
            MAX_METRICS);

    @Override
    public String expected() {
      return map.expected();
    }

    @Override
    public Schema schema(final Schemas in) {
      return map.schema(in);
    }

    @Override
    public Map<String, List<Draft>> read(final Node node, final Reading in) {
      final Map<String, List<Draft>> draftsByKey = map.read(node, in);
      boolean fits = draftsByKey != null;
      if (node instanceof MapNode metrics && metrics.entries().size() <= MAX_METRICS) {
        for (final MapNode.Entry entry : metrics.entries()) {
          final List<Draft> drafts =
              draftsByKey == null
                  ? readable(entry.value(), in)
                  : draftsByKey.getOrDefault(entry.key(), List.of());
          fits &= new ThresholdRules(entry, in).fit(drafts);
        }
      }
      return fits ? draftsByKey : null;
    }

    /** Those of a metric that are right by themselves, whatever is wrong with others. */
    private static List<Draft> readable(final Node node, final Reading in) {
      if (OneOrMoreType.isOne(node)) {
        final Draft draft = ITEM.read(node, in.finding(new Finds()));
        return draft == null ? List.of() : List.of(draft);
      }
      return node instanceof ListNode list && list.items().size() <= MAX_EXPRESSIONS
          ? list.items().stream()
              .map(item -> ITEM.read(item, in.finding(new Finds())))
              .filter(Objects::nonNull)
              .toList()
          : List.of();
    }
  }

  /**
   * Reports tags in thresholds whose values exist nowhere else in the file, and what cannot be
   * asked of its own metrics. Without scenarios nothing is known of names.
   */
  static void checkNames(final Node thresholds, final MapNode file, final Reading in) {
    if (thresholds instanceof MapNode map && map.entries().size() <= MAX_METRICS) {
      final Optional<ThresholdNames> names =
          file.get(Scenarios.KEY_NAME) instanceof MapNode
              ? Optional.of(ThresholdNames.of(file))
              : Optional.empty();
      for (final MapNode.Entry entry : map.entries()) {
        fitCustom(entry, Measuring.sure(file.get(Measuring.KEY.name())), in);
        names.ifPresentOrElse(known -> known.check(entry, in), in::furtherChecksWait);
      }
    }
  }

  /** Reports what cannot be asked of a metric of the file, if it is one. */
  private static void fitCustom(
      final MapNode.Entry entry, final List<CustomMetric> custom, final Reading in) {
    new SelectorParser(entry.key())
        .parse()
        .flatMap(s -> custom.stream().filter(m -> m.key().equals(s.metric())).findFirst())
        .ifPresent(
            metric ->
                new ThresholdRules(entry, in).fit(metric, MetricsType.readable(entry.value(), in)));
  }

  /** Whether every check in a threshold is one of a request; reports where not. */
  static boolean checksExist(
      final Node thresholds, final Collection<Scenarios.Body> scenarios, final Reading in) {
    if (thresholds instanceof MapNode map && map.entries().size() <= MAX_METRICS) {
      final ThresholdChecks names = new ThresholdChecks(scenarios);
      map.entries().forEach(entry -> names.check(entry, in));
    }
    return true; // what is reported makes the file wrong, and nothing else need wait for it
  }

  /** The thresholds that drafts mean; those of no known metric or unit are errors, and left out. */
  static List<Threshold> model(
      final Map<String, List<Draft>> draftsByKey, final List<CustomMetric> custom) {
    final List<Threshold> thresholds = new ArrayList<>();
    draftsByKey.forEach(
        (key, drafts) -> {
          final Selector selector =
              new SelectorParser(key)
                  .parse()
                  .orElseThrow(() -> new IllegalStateException("unchecked threshold " + key));
          Measuring.named(selector.metric(), custom)
              .ifPresent(
                  metric ->
                      drafts.stream()
                          .filter(draft -> isKnown(metric, draft.expression.parsed()))
                          .forEach(draft -> thresholds.add(threshold(selector, metric, draft))));
        });
    return thresholds;
  }

  private static boolean isKnown(final Measurable metric, final ThresholdParser.Parsed parsed) {
    return BoundUnit.of(metric, parsed.aggregation()).has(parsed.unit());
  }

  private static Threshold threshold(
      final Selector selector, final Measurable metric, final Draft draft) {
    final ThresholdParser.Parsed parsed = draft.expression.parsed();
    return new Threshold(
        selector,
        new Expression(
            parsed.aggregation(),
            parsed.percentile(),
            parsed.comparison(),
            BoundUnit.of(metric, parsed.aggregation()).bound(parsed.number(), parsed.unit()),
            parsed.text().strip()),
        draft.overNs,
        draft.abortOnFail,
        draft.delayNs);
  }

  /** Where a text inside a scalar stands. */
  static int place(final ScalarNode node, final int index, final Reading in) {
    return in.within(node.offset(), node.text(), index);
  }
}
