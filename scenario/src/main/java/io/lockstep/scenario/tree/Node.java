package io.lockstep.scenario.tree;

/**
 * A value in a file. Two aliases of one anchor are one node, whose place is the anchor's, so the
 * tree may be a graph without cycles.
 */
public sealed interface Node permits MapNode, ListNode, ScalarNode {
  /** Where it starts in the text, in chars. */
  int offset();

  /** What it is, in a few words, for messages. */
  String describe();
}
