package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import java.util.HashSet;
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

  /** Reports each `after` that does not lead to a start. */
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
    while (true) {
      final ScenarioTiming timing = bodyByName.get(at).timing();
      startNs += timing.startNs();
      if (timing.after().isEmpty()) {
        return isSoonEnough(name, startNs);
      }
      seen.add(at);
      final String other = timing.after().get();
      if (!bodyByName.containsKey(other)) {
        return !at.equals(name) || unknown(name, other); // else said where it stands
      }
      if (seen.contains(other) && !other.equals(name)) {
        return true; // said of those that wait for themselves
      }
      if (other.equals(name)) {
        in.conflict(offset(name), "scenario `" + name + "` would wait for itself");
        return false;
      }
      final LoadProfile load = bodyByName.get(other).load();
      if (load.planNs().isEmpty()) {
        return !at.equals(name) || endless(name, other);
      }
      startNs += load.planNs().getAsLong() + (double) load.gracefulStopNs();
      at = other;
    }
  }

  private boolean unknown(final String name, final String other) {
    final List<String> others =
        bodyByName.keySet().stream().filter(candidate -> !candidate.equals(name)).toList();
    in.unknown(
        Diagnostic.Kind.BAD_VALUE,
        offset(name),
        "there is no scenario `" + other + "`",
        other,
        others,
        List.of());
    return false;
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
