package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Scenarios that come after others: whether each can know its start before the run. */
final class Sequences {
  private final Map<String, Scenarios.Body> bodyByName;
  private final MapNode scenarios;
  private final Reading in;

  private Sequences(
      final Map<String, Scenarios.Body> bodyByName, final MapNode scenarios, final Reading in) {
    this.bodyByName = bodyByName;
    this.scenarios = scenarios;
    this.in = in;
  }

  /**
   * Reports each {@code after} that names no other scenario or leads back to its own, whatever else
   * is wrong in the scenarios.
   */
  static void checkNames(final Node scenarios, final Reading in) {
    if (scenarios instanceof MapNode map) {
      final Map<String, ScalarNode> afterByName = new LinkedHashMap<>();
      for (final MapNode.Entry scenario : map.entries()) {
        if (after(scenario.value()) instanceof ScalarNode after
            && after.kind() == ScalarNode.Kind.TEXT) {
          afterByName.put(scenario.key(), after);
        }
      }
      afterByName.forEach((name, after) -> checkName(name, after, map, afterByName, in));
    }
  }

  private static Node after(final Node scenario) {
    return scenario instanceof MapNode body ? body.get(Timings.AFTER_KEY) : null;
  }

  private static void checkName(
      final String name,
      final ScalarNode after,
      final MapNode scenarios,
      final Map<String, ScalarNode> afterByName,
      final Reading in) {
    if (scenarios.get(after.text()) == null) {
      in.unknown(
          Diagnostic.Kind.BAD_VALUE,
          after.offset(),
          "there is no scenario `" + after.text() + "`",
          after.text(),
          scenarios.entries().stream()
              .map(MapNode.Entry::key)
              .filter(candidate -> !candidate.equals(name))
              .toList(),
          List.of());
    } else if (isCircle(name, afterByName)) {
      in.conflict(after.offset(), "scenario `" + name + "` would wait for itself");
    }
  }

  private static boolean isCircle(final String name, final Map<String, ScalarNode> afterByName) {
    final Set<String> seen = new HashSet<>();
    String at = name;
    while (afterByName.containsKey(at) && seen.add(at)) {
      at = afterByName.get(at).text();
    }
    return at.equals(name) && !seen.isEmpty();
  }

  /** Says that {@link #check} waits, where there is something for it to check. */
  static void waiting(final Node scenarios, final Reading in) {
    if (scenarios instanceof MapNode map
        && map.entries().stream().anyMatch(scenario -> after(scenario.value()) != null)) {
      in.furtherChecksWait();
    }
  }

  /** Reports each {@code after} that does not lead to a start, where its names are right. */
  static boolean check(
      final Map<String, Scenarios.Body> bodyByName, final MapNode scenarios, final Reading in) {
    final Sequences sequences = new Sequences(bodyByName, scenarios, in);
    boolean good = true;
    for (final Map.Entry<String, Scenarios.Body> entry : bodyByName.entrySet()) {
      good &= entry.getValue().timing().after().isEmpty() || sequences.leads(entry.getKey());
    }
    return good;
  }

  private boolean leads(final String name) {
    final Set<String> seen = new HashSet<>();
    String at = name;
    double startNs = 0;
    while (seen.add(at)) {
      final ScenarioTiming timing = bodyByName.get(at).timing();
      startNs += timing.startNs();
      if (timing.after().isEmpty()) {
        return isSoonEnough(name, startNs);
      }
      final String other = timing.after().get();
      if (!bodyByName.containsKey(other)) {
        return true; // said of its name
      }
      final LoadProfile load = bodyByName.get(other).load();
      if (load.planNs().isEmpty()) {
        return !at.equals(name) || endless(name, other);
      }
      startNs += load.planNs().getAsLong() + (double) load.gracefulStopNs();
      at = other;
    }
    return true; // said of those that wait for themselves
  }

  private boolean endless(final String name, final String other) {
    in.conflict(
        offset(name),
        "scenario `" + other + "` has no planned end that another one could come after",
        "give its load a `max_duration`");
    return false;
  }

  private boolean isSoonEnough(final String name, final double startNs) {
    if (startNs > LoadKeys.MAX_DURATION_NS) {
      in.conflict(offset(name), "scenario `" + name + "` would start later than 365 days (8760h)");
      return false;
    }
    return true;
  }

  private int offset(final String name) {
    return ((MapNode) scenarios.get(name)).get(Timings.AFTER_KEY).offset();
  }
}
