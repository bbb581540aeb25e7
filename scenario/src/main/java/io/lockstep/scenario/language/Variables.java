package io.lockstep.scenario.language;

import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.expression.BuiltIn;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names and constants that expressions know. */
final class Variables {
  static final int MAX_VARIABLES = 1_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  /** Constants of every VU. */
  static final Key<Map<String, Object>> KEY =
      Key.optional(
          "variables",
          new MapType<>("variables", Variables::nameFault, new ConstantType(), 0, MAX_VARIABLES),
          Map.of(),
          "{}",
          "constants that every expression knows by name");

  private Variables() {}

  /** What is wrong with the name of a variable, if anything. */
  static Optional<String> nameFault(final String name) {
    if (BuiltIn.isReserved(name)) {
      return Optional.of("has a meaning of its own in expressions: choose another name");
    }
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "is no variable's name: letters, digits and `_`, not a digit first, at most 100");
  }

  /** Whether no flow sets what is a constant. */
  static boolean areDistinct(final Map<String, Scenarios.Body> scenarios, final Values v) {
    for (final Map.Entry<String, Object> constant : v.get(KEY).entrySet()) {
      for (final Map.Entry<String, Scenarios.Body> scenario : scenarios.entrySet()) {
        final Flow flow = scenario.getValue().flow();
        final String name = constant.getKey();
        if (Stream.of(flow.start(), flow.steps(), flow.stop())
                .anyMatch(steps -> Steps.any(steps, step -> sets(step, name)))
            || scenario.getValue().allRequests().stream().anyMatch(one -> sets(one, name))) {
          v.in()
              .conflict(
                  v.offset(KEY),
                  "`"
                      + constant.getKey()
                      + "` is a constant here, and set in scenario `"
                      + scenario.getKey()
                      + "`",
                  "give one of them another name");
          return false;
        }
      }
      for (final Key<List<Step>> once : Once.KEYS) {
        final String name = constant.getKey();
        if (v.has(once)
            && (Steps.any(v.get(once), step -> sets(step, name))
                || Steps.requests(v.get(once)).stream().anyMatch(one -> sets(one, name)))) {
          v.in()
              .conflict(
                  v.offset(KEY),
                  "`"
                      + constant.getKey()
                      + "` is a constant here, and set in `"
                      + once.name()
                      + "`",
                  "give one of them another name");
          return false;
        }
      }
    }
    return true;
  }

  private static boolean sets(final Step step, final String name) {
    return (step instanceof Step.Assign assign && assign.values().containsKey(name))
        || (step instanceof Step.ForEach each && each.as().equals(name));
  }

  private static boolean sets(final Request request, final String name) {
    return request.use().extractions().stream().anyMatch(one -> one.name().equals(name));
  }
}
