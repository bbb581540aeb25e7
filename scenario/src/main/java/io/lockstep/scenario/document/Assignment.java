package io.lockstep.scenario.document;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import io.lockstep.scenario.yaml.Budget;
import io.lockstep.scenario.yaml.DocumentReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One {@code path=value}. The path is keys with dots between and indexes in brackets, such as
 * {@code scenarios.browse.requests[0].weight}; a key with a dot, bracket or equals sign in it is in
 * double quotes. Maps on the way that are not there are made; a written null takes the key away.
 */
final class Assignment {
  private static final String EXAMPLE =
      "write path=value, such as scenarios.browse.load.vus=5 or target=http://127.0.0.1:8080";
  private static final int MAX_STEPS = 64;
  private static final int MAX_DIGITS = 9;

  private final Diagnostics diagnostics;
  private final String text;
  private final int base;
  private final List<Step> path = new ArrayList<>();
  private Node value;
  private int at;

  /** A key, or an index where the key is {@code null}; with its place. */
  private record Step(String key, int index, int offset) {
    String words() {
      return key == null ? "[" + index + "]" : "`" + ScalarNode.shown(key) + "`";
    }
  }

  private Assignment(final Diagnostics diagnostics, final String text, final int base) {
    this.diagnostics = diagnostics;
    this.text = text;
    this.base = base;
  }

  /** The tree with a value set; unchanged, and reported, where that is not possible. */
  static Node apply(
      final Node root, final String text, final Diagnostics diagnostics, final Budget budget) {
    final Source source = new Source(Source.SET + ScalarNode.shown(text), text);
    final int base = diagnostics.addSource(source);
    final Assignment assignment = new Assignment(diagnostics, text, base);
    if (!assignment.parsePath()) {
      return root;
    }
    final Optional<Node> value =
        DocumentReader.readValue(diagnostics, source, base, assignment.at, budget);
    if (value.isEmpty()) {
      return root;
    }
    assignment.value = value.get();
    return assignment.set(root, 0);
  }

  private boolean parsePath() {
    do {
      if (path.size() == MAX_STEPS) {
        return fail(at, "the path has more than " + MAX_STEPS + " parts");
      }
      if (!parseKey() || !parseIndexes()) {
        return false;
      }
    } while (take('.'));
    if (!take('=')) {
      return fail(at, at < text.length() ? "expected `.`, `[` or `=` here" : "there is no `=`");
    }
    final String first = path.get(0).key();
    if (first.equals(DocumentKeys.INCLUDE.name()) || first.equals(DocumentKeys.ENV_NAME)) {
      return fail(0, "`" + first + "` cannot be set: it is used up before");
    }
    return true;
  }

  private boolean parseKey() {
    final int start = at;
    if (take('"')) {
      final int end = text.indexOf('"', at);
      if (end < 0) {
        return fail(start, "the quote is not closed");
      }
      path.add(new Step(text.substring(at, end), 0, base + start));
      at = end + 1;
      return true;
    }
    while (at < text.length() && ".[]=\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      return fail(at, "a key is expected here");
    }
    path.add(new Step(text.substring(start, at), 0, base + start));
    return true;
  }

  private boolean parseIndexes() {
    while (take('[')) {
      final int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == start || at - start > MAX_DIGITS || !take(']')) {
        return fail(start, "expected an index such as [0]");
      }
      path.add(new Step(null, Integer.parseInt(text.substring(start, at - 1)), base + start));
    }
    return true;
  }

  private boolean take(final char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean fail(final int offset, final String message) {
    diagnostics.add(Diagnostic.Kind.SYNTAX, base + offset, message, List.of(EXAMPLE));
    return false;
  }

  private Node set(final Node node, final int depth) {
    if (depth == path.size()) {
      return value;
    }
    final Step step = path.get(depth);
    return step.key() == null ? setItem(node, step, depth) : setKey(node, step, depth);
  }

  private Node setKey(final Node node, final Step step, final int depth) {
    if (node != null && !(node instanceof MapNode)) {
      return refuse(node, step, depth, "a map");
    }
    final MapNode map = node == null ? new MapNode(step.offset(), List.of()) : (MapNode) node;
    final Node old = map.get(step.key());
    final boolean last = depth == path.size() - 1;
    if (last && old != null && value instanceof ScalarNode scalar && scalar.isWrittenNull()) {
      return Merger.without(map, step.key());
    }
    final MapNode.Entry entry = new MapNode.Entry(step.key(), step.offset(), set(old, depth + 1));
    final List<MapNode.Entry> entries = new ArrayList<>();
    map.entries().forEach(e -> entries.add(e.key().equals(step.key()) ? entry : e));
    if (old == null) {
      entries.add(entry);
    }
    return new MapNode(map.offset(), entries);
  }

  private Node setItem(final Node node, final Step step, final int depth) {
    if (!(node instanceof ListNode list)) {
      return refuse(node, step, depth, "a list");
    }
    if (step.index() >= list.items().size()) {
      final int size = list.items().size();
      diagnostics.add(
          Diagnostic.Kind.BAD_VALUE,
          step.offset(),
          "there is no item ["
              + step.index()
              + "]: "
              + path.get(depth - 1).words()
              + " has "
              + size,
          List.of("indexes start at 0", "set the whole list to add an item"));
      return node;
    }
    final List<Node> items = new ArrayList<>(list.items());
    items.set(step.index(), set(items.get(step.index()), depth + 1));
    return new ListNode(list.offset(), items);
  }

  private Node refuse(final Node node, final Step step, final int depth, final String wanted) {
    diagnostics.add(
        Diagnostic.Kind.WRONG_TYPE,
        step.offset(),
        path.get(depth - 1).words()
            + " is "
            + (node == null ? "not there" : node.describe())
            + ", not "
            + wanted,
        List.of(EXAMPLE));
    return node == null ? new MapNode(step.offset(), List.of()) : node;
  }
}
