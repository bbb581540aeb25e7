package io.lockstep.scenario.document;

import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts the items of lists that are items of lists of steps in their places, so that the steps of an
 * anchor can be part of several flows: {@code - *login}.
 */
final class SplicedSteps {
  private static final String SCENARIOS = "scenarios";
  private static final String OPTIONS = "options";
  private static final String CASES = "cases";
  private static final Set<String> OF_FILE = Set.of("setup", "teardown");
  private static final Set<String> OF_SCENARIO = Set.of("start", "flow", "stop");
  private static final Set<String> OF_STEP = Set.of("steps", "then", "else", "default");

  private SplicedSteps() {}

  /** A file, or what is laid over it. */
  static Node inFile(final Node node) {
    return changed(
        node,
        entry -> {
          if (OF_FILE.contains(entry.key())) {
            return steps(entry.value());
          }
          return switch (entry.key()) {
            case SCENARIOS -> changed(entry.value(), scenario -> inScenario(scenario.value()));
            case DocumentKeys.ENV_NAME -> changed(entry.value(), one -> inFile(one.value()));
            default -> entry.value();
          };
        });
  }

  private static Node inScenario(final Node node) {
    return changed(
        node, entry -> OF_SCENARIO.contains(entry.key()) ? steps(entry.value()) : entry.value());
  }

  private static Node inStep(final Node node) {
    return changed(
        node,
        entry -> {
          if (OF_STEP.contains(entry.key())) {
            return steps(entry.value());
          }
          return switch (entry.key()) {
            case CASES -> changed(entry.value(), one -> steps(one.value()));
            case OPTIONS -> list(entry.value());
            default -> entry.value();
          };
        });
  }

  /** Options of a choice, each with its steps; they are as steps are, but no list among them. */
  private static Node list(final Node node) {
    if (!(node instanceof ListNode list)) {
      return node;
    }
    final List<Node> items = list.items().stream().map(SplicedSteps::inStep).toList();
    return isSame(items, list.items()) ? list : new ListNode(list.offset(), items);
  }

  private static Node steps(final Node node) {
    if (!(node instanceof ListNode list)) {
      return node;
    }
    final List<Node> items = new ArrayList<>();
    for (final Node item : list.items()) {
      if (item instanceof ListNode nested && !nested.items().isEmpty()) {
        items.addAll(((ListNode) steps(nested)).items());
      } else {
        items.add(inStep(item));
      }
    }
    return isSame(items, list.items()) ? list : new ListNode(list.offset(), items);
  }

  private static boolean isSame(final List<Node> some, final List<Node> others) {
    boolean same = some.size() == others.size();
    for (int i = 0; same && i < some.size(); i++) {
      same = some.get(i) == others.get(i);
    }
    return same;
  }

  /** A map with some values changed; itself where none is, or where it is no map. */
  private static Node changed(final Node node, final Change change) {
    if (!(node instanceof MapNode map)) {
      return node;
    }
    final List<MapNode.Entry> entries = new ArrayList<>(map.entries().size());
    boolean same = true;
    for (final MapNode.Entry entry : map.entries()) {
      final Node value = change.of(entry);
      same &= value == entry.value();
      entries.add(
          value == entry.value()
              ? entry
              : new MapNode.Entry(entry.key(), entry.keyOffset(), value));
    }
    return same ? map : new MapNode(map.offset(), entries);
  }

  /** What becomes of an entry's value. */
  @FunctionalInterface
  private interface Change {
    Node of(MapNode.Entry entry);
  }
}
