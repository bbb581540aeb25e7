package io.lockstep.scenario.document;

import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges trees: maps deep, anything else is replaced by what wins. A null that is written takes a
 * key away that is there. Keys stand in the order in which they first come up.
 */
final class Merger {
  /** Keys looked at in all merges of one scenario. */
  static final int MAX_STEPS = 4_000_000;

  private int steps;

  /** Whether more was asked for than allowed; what was merged since is not to be used. */
  boolean isExhausted() {
    return steps > MAX_STEPS;
  }

  /** The winner laid over the base; a merged map is where the winner is. */
  Node over(final Node base, final Node winner) {
    return merge(base, winner, false);
  }

  /** The winner laid over the base; a merged map stays where the base is. */
  Node into(final Node base, final Node winner) {
    return merge(base, winner, true);
  }

  private Node merge(final Node base, final Node winner, final boolean baseIsHome) {
    if (base == winner
        || !(base instanceof MapNode below)
        || !(winner instanceof MapNode above)
        || isExhausted()) {
      return winner;
    }
    steps += below.entries().size() + above.entries().size();
    final Map<String, MapNode.Entry> entryByKey = new LinkedHashMap<>();
    below.entries().forEach(entry -> entryByKey.put(entry.key(), entry));
    for (final MapNode.Entry entry : above.entries()) {
      final MapNode.Entry other = entryByKey.get(entry.key());
      if (other == null) {
        entryByKey.put(entry.key(), entry);
      } else if (entry.value() instanceof ScalarNode scalar && scalar.isWrittenNull()) {
        entryByKey.remove(entry.key());
      } else {
        final Node value = merge(other.value(), entry.value(), baseIsHome);
        entryByKey.put(entry.key(), new MapNode.Entry(entry.key(), entry.keyOffset(), value));
      }
    }
    return new MapNode(
        baseIsHome ? below.offset() : above.offset(), new ArrayList<>(entryByKey.values()));
  }

  /** The map without a key. */
  static MapNode without(final MapNode map, final String key) {
    final List<MapNode.Entry> rest =
        map.entries().stream().filter(entry -> !entry.key().equals(key)).toList();
    return new MapNode(map.offset(), rest);
  }
}
