package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Group;
import io.lockstep.scenario.plan.metric.Measurable;
import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The values that tags can have in a file, taken from its tree, so that thresholds can be checked
 * even where scenarios have errors.
 */
final class ThresholdNames {
  /** A request as a step of a flow. */
  private static final String REQUEST_KEY = "request";

  /** Lists of steps by what a value may be. */
  private static final String CASES_KEY = "cases";

  private static final String CHECKS_KEY = "checks";

  /** What VUs do once. */
  private static final String START = "start";

  private static final String STOP = "stop";

  private static final Set<String> BOOLEANS = new LinkedHashSet<>(List.of("true", "false"));

  private final Map<String, Set<String>> valuesByTag = new LinkedHashMap<>();
  private final Set<String> userTags = new LinkedHashSet<>();

  /** Metrics that the file declares. */
  private final List<CustomMetric> custom = new ArrayList<>();

  /** Requests of the setup and the teardown, which nothing measures. */
  private final Set<String> unmeasured = new LinkedHashSet<>();

  /** Metrics of the file that steps give samples. */
  private final Set<String> measured = new LinkedHashSet<>();

  private boolean hasChecks;

  /** Keys that some scenario has, among them what its VUs do once. */
  private final Set<String> scenarioKeys = new LinkedHashSet<>();

  /**
   * @param file its whole tree
   */
  static ThresholdNames of(final MapNode file) {
    final ThresholdNames names = new ThresholdNames(file.get(Scenarios.KEY_NAME));
    names.custom.addAll(Measuring.declared(file.get(Measuring.KEY.name())));
    names.measured.addAll(Measuring.measured(file));
    for (final String phase : List.of(Once.SETUP.name(), Once.TEARDOWN.name())) {
      final ThresholdNames others = new ThresholdNames(null);
      others.addSteps(phase, "", file.get(phase));
      names.unmeasured.addAll(others.put(Tag.REQUEST));
    }
    return names;
  }

  private ThresholdNames(final Node scenarios) {
    put(Tag.SCENARIO);
    put(Tag.REQUEST);
    put(Tag.METHOD).add("GET");
    put(Tag.GROUP);
    if (scenarios instanceof MapNode map) {
      for (final MapNode.Entry entry : map.entries()) {
        put(Tag.SCENARIO).add(entry.key());
        if (entry.value() instanceof MapNode body) {
          body.entries().forEach(part -> scenarioKeys.add(part.key()));
          addWithin(entry.key(), "", body);
        }
      }
    }
    valuesByTag.put(Tag.NAME, put(Tag.REQUEST));
    valuesByTag.put(Tag.EXPECTED_RESPONSE, BOOLEANS);
    Arrays.stream(RequestOutcome.values())
        .filter(RequestOutcome::isFailure)
        .forEach(outcome -> put(Tag.ERROR).add(outcome.key()));
    Arrays.stream(FailureStage.values()).forEach(stage -> put(Tag.STAGE).add(stage.key()));
  }

  private Set<String> put(final String tag) {
    return valuesByTag.computeIfAbsent(tag, t -> new LinkedHashSet<>());
  }

  /**
   * A scenario's body or a step. Requests are the items of {@code requests} and what a step has
   * under {@code request}, whatever lists of steps they are nested in; what a request, a load or a
   * variable has inside is no step, whatever its keys are called.
   */
  private void addWithin(final String scenario, final String around, final MapNode map) {
    final String group = group(map, around);
    for (final MapNode.Entry entry : map.entries()) {
      final Node value = entry.value();
      switch (entry.key()) {
        case Scenarios.REQUESTS_KEY -> items(value).forEach(item -> addRequest(scenario, item));
        case REQUEST_KEY -> addRequest(scenario, value);
        case Tags.KEY -> addTags(value);
        case CASES_KEY -> {
          if (value instanceof MapNode cases) {
            cases.entries().forEach(branch -> addSteps(scenario, group, branch.value()));
          }
        }
        default -> addSteps(scenario, group, value);
      }
    }
  }

  /** The path of the group that a step is; that around it where it is none. */
  private String group(final MapNode step, final String around) {
    if (!(step.get(Tag.GROUP) instanceof ScalarNode name)) {
      return around;
    }
    final String path = Group.path(around, name.text());
    put(Tag.GROUP).add(name.text());
    put(Tag.GROUP).add(path);
    return path;
  }

  private void addSteps(final String scenario, final String around, final Node steps) {
    for (final Node item : items(steps)) {
      if (item instanceof MapNode step) {
        addWithin(scenario, around, step);
      }
    }
  }

  private static List<Node> items(final Node node) {
    return node instanceof ListNode list ? list.items() : List.of();
  }

  private void addRequest(final String scenario, final Node request) {
    Requests.nameOf(request)
        .ifPresent(
            name -> {
              put(Tag.REQUEST).add(name);
              put(Tag.REQUEST).add(scenario + "/" + name);
            });
    if (request instanceof MapNode map) {
      add(Tag.METHOD, map.get(Tag.METHOD));
      addTags(map.get(Tags.KEY));
      hasChecks |= map.get(CHECKS_KEY) != null;
    }
  }

  private void add(final String tag, final Node value) {
    if (value instanceof ScalarNode scalar) {
      put(tag).add(scalar.text());
    }
  }

  private void addTags(final Node node) {
    if (node instanceof MapNode tags) {
      for (final MapNode.Entry tag : tags.entries()) {
        userTags.add(tag.key());
        add(tag.key(), tag.value());
      }
    }
  }

  /** Reports tags of a threshold's metric that nothing in the file has. */
  void check(final MapNode.Entry entry, final Reading in) {
    final SelectorParser parser = new SelectorParser(entry.key());
    final Optional<Selector> selector = parser.parse();
    if (selector.isEmpty()) {
      return; // said elsewhere
    }
    final String name = selector.get().metric();
    final Optional<Measurable> metric = Measuring.named(name, custom);
    if (metric.isEmpty()) {
      in.unknown(
          Diagnostic.Kind.UNKNOWN_KEY,
          entry.keyOffset(),
          "no metric is named `" + ScalarNode.shown(name) + "`",
          name,
          Stream.<Measurable>concat(Arrays.stream(Metric.values()), custom.stream())
              .map(Measurable::key)
              .toList(),
          List.of());
      return;
    }
    if (!hasSamples(metric.get(), entry, in)) {
      return;
    }
    final List<String> allowed = new ArrayList<>(metric.get().tags());
    allowed.addAll(userTags);
    for (int i = 0; i < selector.get().tags().size(); i++) {
      final Tag tag = selector.get().tags().get(i);
      final int offset = in.within(entry.keyOffset(), entry.key(), parser.tagAt(i));
      if (!allowed.contains(tag.name())) {
        unknown(
            offset,
            "samples of `"
                + metric.get().key()
                + "` have no tag `"
                + ScalarNode.shown(tag.name())
                + "`",
            tag.name(),
            allowed,
            in);
      } else {
        checkValue(tag, offset, in);
      }
    }
  }

  /** Whether something in the file can give a metric samples; reports where nothing does. */
  private boolean hasSamples(final Measurable metric, final MapNode.Entry entry, final Reading in) {
    if (metric == Metric.CHECKS && !hasChecks) {
      in.conflict(
          entry.keyOffset(),
          "no request has a check, so `checks` has no samples and its thresholds can only fail",
          "add `checks` to a request, or leave the thresholds out");
      return false;
    }
    final String flow =
        metric == Metric.STARTS_FAILED ? START : metric == Metric.STOPS_FAILED ? STOP : null;
    if (flow != null && !scenarioKeys.contains(flow)) {
      in.conflict(
          entry.keyOffset(),
          "no scenario has a `"
              + flow
              + "`, so `"
              + metric.key()
              + "` has no samples and its thresholds can only fail",
          "give a scenario a `" + flow + "`, or leave the thresholds out");
      return false;
    }
    if (metric == Metric.GROUP_DURATION && put(Tag.GROUP).isEmpty()) {
      in.conflict(
          entry.keyOffset(),
          "no flow has a group, so `group_duration` has no samples and its thresholds can only fail",
          "put steps into a group: `- group: NAME` with `steps`; or leave the thresholds out");
      return false;
    }
    if (metric instanceof CustomMetric && !measured.contains(metric.key())) {
      in.conflict(
          entry.keyOffset(),
          "no step measures `"
              + metric.key()
              + "`, so it has no samples and its thresholds can only fail",
          "add a step to a flow: `- measure: {"
              + metric.key()
              + ": …}`; or leave the thresholds out");
      return false;
    }
    return true;
  }

  private void checkValue(final Tag tag, final int offset, final Reading in) {
    if (tag.name().equals(Tag.STATUS)) {
      if (!tag.value().matches("[1-9][0-9]{2}")) {
        in.bad(
            offset,
            "`" + ScalarNode.shown(tag.value()) + "` is no status",
            "expected a number from 100 to 999, such as status:200");
      }
      return;
    }
    final Set<String> values = valuesByTag.get(tag.name());
    if (values == null || values.contains(tag.value())) {
      return;
    }
    if (values == put(Tag.REQUEST) && unmeasured.contains(tag.value())) {
      in.bad(
          offset,
          "`" + ScalarNode.shown(tag.value()) + "` is a request of the setup or teardown",
          "requests of setup and teardown are not measured, so no threshold can select them");
    } else {
      unknown(
          offset,
          "no "
              + (tag.name().equals(Tag.NAME) ? Tag.REQUEST : tag.name())
              + " is `"
              + ScalarNode.shown(tag.value())
              + "`",
          tag.value(),
          values,
          in);
    }
  }

  private static void unknown(
      final int offset,
      final String message,
      final String given,
      final Collection<String> allowed,
      final Reading in) {
    in.unknown(Diagnostic.Kind.BAD_VALUE, offset, message, given, allowed, List.of());
  }
}
