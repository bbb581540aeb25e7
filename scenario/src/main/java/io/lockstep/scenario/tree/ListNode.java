package io.lockstep.scenario.tree;

import java.util.List;

/**
 * Values in order.
 *
 * @param offset where it starts
 * @param items its values
 */
public record ListNode(int offset, List<Node> items) implements Node {
  public ListNode {
    items = List.copyOf(items);
  }

  @Override
  public String describe() {
    return "a list";
  }
}
