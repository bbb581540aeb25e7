package io.lockstep.scenario.advice;

import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.util.List;
import java.util.Optional;

/** Where parts of a model are in the tree that it was read from. */
final class FileNodes {
  static final String DATA = "data";
  static final String SECRETS = "secrets";
  static final String VARIABLES = "variables";

  private FileNodes() {}

  static MapNode scenario(final MapNode root, final String name) {
    return (MapNode) ((MapNode) root.get("scenarios")).get(name);
  }

  /** What is done once before or after all scenarios, as a scenario with a flow. */
  static MapNode phase(final MapNode root, final String name) {
    final MapNode.Entry steps = entry(root, name).orElseThrow();
    return new MapNode(
        steps.keyOffset(), List.of(new MapNode.Entry("flow", steps.keyOffset(), steps.value())));
  }

  /** The items of a list under a key; none where it is not there. */
  static List<MapNode> items(final Node node, final String key) {
    return node instanceof MapNode map && map.get(key) instanceof ListNode list
        ? list.items().stream().map(MapNode.class::cast).toList()
        : List.of();
  }

  /** A map under a key; an empty one where it is not there. */
  static MapNode map(final Node node, final String key) {
    return node instanceof MapNode map && map.get(key) instanceof MapNode found
        ? found
        : new MapNode(node.offset(), List.of());
  }

  /** Where a key is; the map itself where it is not there. */
  static int keyOffset(final MapNode map, final String key) {
    return entry(map, key).map(MapNode.Entry::keyOffset).orElse(map.offset());
  }

  static Optional<MapNode.Entry> entry(final MapNode map, final String key) {
    return map.entries().stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  /** Where a request names a variable that it sets. */
  static int extraction(final MapNode request, final String variable) {
    return keyOffset(map(request, "extract"), variable);
  }

  /** The nodes of the requests of a list, which is as long. */
  static List<MapNode> requests(final Node node, final List<Request> requests) {
    final List<MapNode> nodes = items(node, "requests");
    if (nodes.size() != requests.size()) {
      throw new IllegalStateException(nodes.size() + " nodes of " + requests.size() + " requests");
    }
    return nodes;
  }
}
