package io.lockstep.scenario.language;

import io.lockstep.scenario.model.Phase;
import io.lockstep.scenario.model.Phases;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.MapNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Flows that run once around all scenarios. */
final class Once {
  static final String INSTEAD_OF_SETUP =
      "for what each VU does first: `start` in its scenario; for what is done once: `setup` of the"
          + " whole file";
  static final String INSTEAD_OF_TEARDOWN =
      "for what each VU does last: `stop` in its scenario; for what is done once: `teardown` of the"
          + " whole file";

  private static final long DEFAULT_TIMEOUT_NS = 60_000_000_000L;

  static final Key<List<Step>> SETUP =
      Key.optional(
          io.lockstep.scenario.plan.Phases.SETUP,
          Steps.ONCE,
          List.of(),
          "",
          "what one VU does once, before all scenarios; they know what it sets as `setup.NAME`");
  static final Key<Long> SETUP_TIMEOUT =
      Key.optional(
          "setup_timeout",
          LoadKeys.DURATION_TYPE,
          DEFAULT_TIMEOUT_NS,
          "60s",
          "after this the setup is given up, and the load does not begin");
  static final Key<List<Step>> TEARDOWN =
      Key.optional(
          io.lockstep.scenario.plan.Phases.TEARDOWN,
          Steps.ONCE,
          List.of(),
          "",
          "what one VU does once, after all scenarios");
  static final Key<Long> TEARDOWN_TIMEOUT =
      Key.optional(
          "teardown_timeout",
          LoadKeys.DURATION_TYPE,
          DEFAULT_TIMEOUT_NS,
          "60s",
          "after this the teardown is given up");

  /** The flows of both. */
  static final List<Key<List<Step>>> KEYS = List.of(SETUP, TEARDOWN);

  private Once() {}

  /** What must hold of these keys, and between them and the scenarios. */
  static List<Rule> rules(final Key<Map<String, Scenarios.Body>> scenarios) {
    return List.of(
        new Rule(List.of(SETUP_TIMEOUT), v -> hasSteps(v, SETUP_TIMEOUT, SETUP)),
        new Rule(List.of(TEARDOWN_TIMEOUT), v -> hasSteps(v, TEARDOWN_TIMEOUT, TEARDOWN)),
        new Rule(
            List.of(scenarios),
            v -> nameIsFree(v, scenarios, SETUP) && nameIsFree(v, scenarios, TEARDOWN)));
  }

  private static boolean hasSteps(final Values v, final Key<Long> timeout, final Key<?> steps) {
    if (v.isThere(timeout) && !v.isThere(steps)) {
      v.in()
          .conflict(
              v.offset(timeout),
              "`" + timeout.name() + "` is there, but no `" + steps.name() + "`",
              steps.description());
      return false;
    }
    return true;
  }

  /** Results tell them from scenarios by their names. */
  private static boolean nameIsFree(
      final Values v, final Key<Map<String, Scenarios.Body>> scenarios, final Key<?> steps) {
    if (v.isThere(steps) && v.get(scenarios).containsKey(steps.name())) {
      v.in()
          .conflict(
              keyOffset((MapNode) v.node(scenarios), steps.name()),
              "a scenario is named `" + steps.name() + "`, as the file's `" + steps.name() + "` is",
              "give the scenario another name");
      return false;
    }
    return true;
  }

  private static int keyOffset(final MapNode map, final String key) {
    return map.entries().stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .map(MapNode.Entry::keyOffset)
        .orElseGet(map::offset);
  }

  static Phases phases(final Values v) {
    return new Phases(
        phase(v.get(SETUP), v.get(SETUP_TIMEOUT)), phase(v.get(TEARDOWN), v.get(TEARDOWN_TIMEOUT)));
  }

  private static Optional<Phase> phase(final List<Step> steps, final long timeoutNs) {
    return steps.isEmpty() ? Optional.empty() : Optional.of(new Phase(steps, timeoutNs));
  }
}
