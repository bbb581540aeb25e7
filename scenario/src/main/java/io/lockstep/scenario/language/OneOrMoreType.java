package io.lockstep.scenario.language;

import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.List;

/**
 * A list, for which a single text may stand.
 *
 * @param list of several
 * @param text what the text is read as
 * @param <T> what an item is read to
 */
record OneOrMoreType<T>(ListType<T> list, Type<T> text) implements Type<List<T>> {
  @Override
  public String expected() {
    return list.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    final Schema one = in.of(text);
    final Schema several = in.of(list);
    return Schema.oneOf(several.get("title") + " or " + one.get("title"), List.of(several, one));
  }

  @Override
  public List<T> read(final Node node, final Reading in) {
    return isOne(node)
        ? list.read(new ListNode(node.offset(), List.of(node)), in)
        : list.read(node, in);
  }

  /** Whether a node is a single text. */
  static boolean isOne(final Node node) {
    return node instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.TEXT;
  }
}
