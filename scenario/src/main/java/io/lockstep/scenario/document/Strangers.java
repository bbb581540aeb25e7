package io.lockstep.scenario.document;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Scenarios that an environment or a set value names and the file does not have. One that is whole
 * is a new scenario; of any other the name is a mistake.
 */
final class Strangers {
  private static final String SCENARIOS = "scenarios";

  private final List<String> known;
  private final boolean fileHasSome;
  private final Reading in;

  /**
   * @param file tree of the file before anything is laid over it
   */
  Strangers(final MapNode file, final Diagnostics diagnostics) {
    fileHasSome = file.get(SCENARIOS) instanceof MapNode;
    known = scenarios(file).stream().map(MapNode.Entry::key).toList();
    in = new Reading(diagnostics);
  }

  /** Reports those of all environments, whichever is chosen. */
  void check(final Node environments) {
    if (environments instanceof MapNode map) {
      map.entries().forEach(environment -> without(environment.value()));
    }
  }

  /** The tree without those that are no whole scenario, which are reported. */
  Node without(final Node tree) {
    Node rest = tree;
    for (final MapNode.Entry entry : scenarios(tree)) {
      if (fileHasSome && !known.contains(entry.key()) && isPart(entry.value())) {
        in.unknown(
            Diagnostic.Kind.BAD_VALUE,
            entry.keyOffset(),
            "there is no scenario `" + entry.key() + "`",
            entry.key(),
            known,
            List.of("a new scenario has `load`, and `requests` or `flow`"));
        rest = without((MapNode) rest, entry.key());
      }
    }
    return rest;
  }

  private static List<MapNode.Entry> scenarios(final Node tree) {
    return tree instanceof MapNode map && map.get(SCENARIOS) instanceof MapNode scenarios
        ? scenarios.entries()
        : List.of();
  }

  private static boolean isPart(final Node scenario) {
    return scenario instanceof MapNode map
        && (map.get("load") == null || (map.get("requests") == null && map.get("flow") == null));
  }

  private static MapNode without(final MapNode root, final String scenario) {
    final List<MapNode.Entry> entries = new ArrayList<>();
    for (final MapNode.Entry entry : root.entries()) {
      entries.add(
          entry.key().equals(SCENARIOS) && entry.value() instanceof MapNode map
              ? new MapNode.Entry(entry.key(), entry.keyOffset(), Merger.without(map, scenario))
              : entry);
    }
    return new MapNode(root.offset(), entries);
  }
}
