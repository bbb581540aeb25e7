package io.lockstep.scenario.yaml;

import com.fasterxml.jackson.core.JsonToken;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds the tree from tokens. An alias becomes its anchor's node; a merge key adds the entries of
 * its maps that the map itself does not have. A key given twice is an error, and the first one
 * counts.
 */
final class TreeBuilder {
  private static final String MERGE_KEY = "<<";

  private final TokenReader tokens;
  private final Diagnostics diagnostics;
  private final Budget budget;
  private final Map<String, Anchored> anchored = new HashMap<>();
  private final Set<String> openAnchors = new HashSet<>();

  /** Nodes and characters so far, aliases expanded. */
  private long units;

  /** Levels of the value built last: 1 for a scalar. */
  private int height;

  private record Anchored(Node node, int height, long units) {}

  private record Keyed(int offset, Node value) {}

  TreeBuilder(final TokenReader tokens, final Diagnostics diagnostics, final Budget budget) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.budget = budget;
  }

  /** The tree of the only document, {@code null} if there is none. */
  Node document() throws UnreadableException {
    final JsonToken first = tokens.next();
    if (first == null) {
      return null;
    }
    final Node root = value(first, 1);
    if (tokens.next() != null) {
      throw new UnreadableException(
          Diagnostic.Kind.SYNTAX,
          tokens.offset(),
          "a second document starts here; a file holds one scenario document");
    }
    return root;
  }

  private Node value(final JsonToken token, final int depth) throws UnreadableException {
    final int offset = tokens.offset();
    if (tokens.isAlias()) {
      return alias(offset, depth);
    }
    count(offset, depth);
    if (tokens.tag() != null) {
      throw new UnreadableException(
          Diagnostic.Kind.SYNTAX,
          offset,
          "tags such as `!" + tokens.tag() + "` are not used in scenario files",
          "leave the tag out; put text that looks like a number in quotes");
    }
    final String anchor = tokens.anchor();
    final long unitsBefore = units++;
    if (anchor != null) {
      openAnchors.add(anchor);
    }
    final Node node =
        switch (token) {
          case START_OBJECT -> map(offset, depth);
          case START_ARRAY -> list(offset, depth);
          default -> scalar(token, offset);
        };
    if (anchor != null) {
      openAnchors.remove(anchor);
      anchored.put(anchor, new Anchored(node, height, units - unitsBefore));
    }
    return node;
  }

  private void count(final int offset, final int depth) throws UnreadableException {
    requireDepth(offset, depth);
    if (!budget.takeNode()) {
      throw new UnreadableException(
          Diagnostic.Kind.LIMIT, offset, "the file has more than " + Limits.MAX_NODES + " values");
    }
  }

  private static void requireDepth(final int offset, final int depth) throws UnreadableException {
    if (depth > Limits.MAX_DEPTH) {
      throw new UnreadableException(
          Diagnostic.Kind.LIMIT,
          offset,
          "maps and lists are nested more than " + Limits.MAX_DEPTH + " deep");
    }
  }

  private Node alias(final int offset, final int depth) throws UnreadableException {
    final String name = tokens.text();
    if (openAnchors.contains(name)) {
      throw new UnreadableException(
          Diagnostic.Kind.SYNTAX, offset, "the alias `*" + name + "` is inside its own anchor");
    }
    final Anchored target = anchored.get(name);
    if (target == null) {
      throw new UnreadableException(
          Diagnostic.Kind.SYNTAX,
          offset,
          "no value before this alias has the anchor `&" + name + "`");
    }
    requireDepth(offset, depth - 1 + target.height());
    units += target.units();
    if (!budget.takeAliased(target.units())) {
      throw new UnreadableException(
          Diagnostic.Kind.LIMIT,
          offset,
          "the aliases up to here stand for more than "
              + Limits.MAX_ALIAS_EXPANSION
              + " values and characters");
    }
    height = target.height();
    return target.node();
  }

  private Node list(final int offset, final int depth) throws UnreadableException {
    final List<Node> items = new ArrayList<>();
    int tallest = 0;
    for (JsonToken token = require(); token != JsonToken.END_ARRAY; token = require()) {
      items.add(value(token, depth + 1));
      tallest = Math.max(tallest, height);
    }
    height = tallest + 1;
    return new ListNode(offset, items);
  }

  private Node map(final int offset, final int depth) throws UnreadableException {
    final Map<String, Keyed> entries = new LinkedHashMap<>();
    final List<Node> merged = new ArrayList<>();
    int tallest = 0;
    for (JsonToken token = require(); token != JsonToken.END_OBJECT; token = require()) {
      final int keyOffset = tokens.offset();
      final String key = tokens.text();
      units += key.length();
      final Node value = value(require(), depth + 1);
      tallest = Math.max(tallest, height);
      if (tokens.isYaml() && key.equals(MERGE_KEY)) {
        merged.add(value);
      } else {
        put(entries, key, new Keyed(keyOffset, value));
      }
    }
    for (final Node source : merged) {
      merge(entries, source);
    }
    height = tallest + 1;
    return new MapNode(
        offset,
        entries.entrySet().stream()
            .map(e -> new MapNode.Entry(e.getKey(), e.getValue().offset(), e.getValue().value()))
            .toList());
  }

  private void put(final Map<String, Keyed> entries, final String key, final Keyed keyed) {
    final Keyed first = entries.putIfAbsent(key, keyed);
    if (first != null) {
      diagnostics.add(
          Diagnostic.Kind.DUPLICATE_KEY,
          keyed.offset(),
          "the key `" + ScalarNode.shown(key) + "` is here for the second time",
          List.of("first at " + diagnostics.position(first.offset())));
    }
  }

  private static void merge(final Map<String, Keyed> entries, final Node source)
      throws UnreadableException {
    if (source instanceof MapNode map) {
      for (final MapNode.Entry entry : map.entries()) {
        entries.putIfAbsent(entry.key(), new Keyed(entry.keyOffset(), entry.value()));
      }
      return;
    }
    if (!(source instanceof ListNode list)
        || !list.items().stream().allMatch(MapNode.class::isInstance)) {
      throw new UnreadableException(
          Diagnostic.Kind.SYNTAX,
          source.offset(),
          "the merge key `<<` takes a map or a list of maps, not " + source.describe());
    }
    for (final Node item : list.items()) {
      merge(entries, item);
    }
  }

  private Node scalar(final JsonToken token, final int offset) throws UnreadableException {
    final String text = tokens.text();
    final ScalarNode.Kind kind =
        switch (token) {
          case VALUE_STRING ->
              text.isEmpty() && tokens.isNothing() ? ScalarNode.Kind.NULL : ScalarNode.Kind.TEXT;
          case VALUE_NUMBER_INT -> ScalarNode.Kind.INTEGER;
          case VALUE_NUMBER_FLOAT -> ScalarNode.Kind.DECIMAL;
          case VALUE_TRUE, VALUE_FALSE -> ScalarNode.Kind.BOOLEAN;
          case VALUE_NULL -> ScalarNode.Kind.NULL;
          default ->
              throw new UnreadableException(
                  Diagnostic.Kind.SYNTAX, offset, "a value is expected here");
        };
    units += text.length();
    height = 1;
    if (kind == ScalarNode.Kind.NULL) {
      return new ScalarNode(offset, kind, tokens.isWrittenNull() ? ScalarNode.WRITTEN_NULL : "");
    }
    return new ScalarNode(offset, kind, text);
  }

  private JsonToken require() throws UnreadableException {
    final JsonToken token = tokens.next();
    if (token == null) {
      throw new UnreadableException(
          Diagnostic.Kind.SYNTAX, tokens.offset(), "the file ends in the middle of a map or list");
    }
    return token;
  }
}
