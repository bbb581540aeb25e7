package io.lockstep.scenario.tree;

import java.util.List;

/**
 * Keys and values, in the order of the file, each key once.
 *
 * @param offset where it starts
 * @param entries its keys and values
 */
public record MapNode(int offset, List<Entry> entries) implements Node {
  public MapNode {
    entries = List.copyOf(entries);
  }

  @Override
  public String describe() {
    return "a map";
  }

  /** The value of a key, or {@code null}. */
  public Node get(final String key) {
    for (final Entry entry : entries) {
      if (entry.key().equals(key)) {
        return entry.value();
      }
    }
    return null;
  }

  /**
   * A key and its value.
   *
   * @param key unescaped
   * @param keyOffset where the key starts
   * @param value of the key
   */
  public record Entry(String key, int keyOffset, Node value) {}
}
