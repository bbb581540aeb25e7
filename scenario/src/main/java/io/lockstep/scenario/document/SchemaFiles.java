package io.lockstep.scenario.document;

import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Puts the JSON Schemas that checks name as files into their places in the tree, so that everything
 * after this sees them as if they were written there, with places in their own files.
 */
final class SchemaFiles {
  private static final String CHECKS = "checks";
  private static final String SCHEMA = "json_schema";

  private final BiFunction<ScalarNode, Source, Node> files;

  /**
   * @param files gives the schema that is in the file which a text in a source names
   */
  SchemaFiles(final BiFunction<ScalarNode, Source, Node> files) {
    this.files = files;
  }

  /** The tree of a source with the schemas in it; the same one where it names none. */
  Node put(final Node node, final Source source) {
    if (node instanceof MapNode map) {
      return put(map, source);
    }
    if (!(node instanceof ListNode list)) {
      return node;
    }
    final List<Node> items = new ArrayList<>(list.items().size());
    boolean changed = false;
    for (final Node item : list.items()) {
      final Node put = put(item, source);
      items.add(put);
      changed |= put != item;
    }
    return changed ? new ListNode(list.offset(), items) : list;
  }

  private Node put(final MapNode map, final Source source) {
    final List<MapNode.Entry> entries = new ArrayList<>(map.entries().size());
    boolean changed = false;
    for (final MapNode.Entry entry : map.entries()) {
      final Node value = entry.value();
      final Node put =
          entry.key().equals(CHECKS) && value instanceof ListNode checks
              ? checks(checks, source)
              : put(value, source);
      entries.add(put == value ? entry : new MapNode.Entry(entry.key(), entry.keyOffset(), put));
      changed |= put != value;
    }
    return changed ? new MapNode(map.offset(), entries) : map;
  }

  private Node checks(final ListNode checks, final Source source) {
    final List<Node> items = new ArrayList<>(checks.items().size());
    boolean changed = false;
    for (final Node item : checks.items()) {
      final Node put = item instanceof MapNode check ? check(check, source) : item;
      items.add(put);
      changed |= put != item;
    }
    return changed ? new ListNode(checks.offset(), items) : checks;
  }

  private Node check(final MapNode check, final Source source) {
    if (!(check.get(SCHEMA) instanceof ScalarNode path) || path.kind() != ScalarNode.Kind.TEXT) {
      return check;
    }
    final List<MapNode.Entry> entries = new ArrayList<>(check.entries().size());
    for (final MapNode.Entry entry : check.entries()) {
      entries.add(
          entry.value() == path
              ? new MapNode.Entry(entry.key(), entry.keyOffset(), files.apply(path, source))
              : entry);
    }
    return new MapNode(check.offset(), entries);
  }
}
