package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks whose names are all different.
 *
 * @param list of the checks
 */
record DistinctNames(ListType<Check> list) implements Type<List<Check>> {
  @Override
  public String expected() {
    return list.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    return in.of(list);
  }

  @Override
  public List<Check> read(final Node node, final Reading in) {
    final List<Check> checks = list.read(node, in);
    return checks != null && areDistinct(checks, (ListNode) node, in) ? checks : null;
  }

  private static boolean areDistinct(
      final List<Check> checks, final ListNode node, final Reading in) {
    final Set<String> names = new HashSet<>();
    boolean distinct = true;
    for (int i = 0; i < checks.size(); i++) {
      if (!names.add(checks.get(i).name())) {
        distinct = false;
        in.conflict(
            node.items().get(i).offset(),
            "a check before this one is named `" + ScalarNode.shown(checks.get(i).name()) + "` too",
            "give each check of a request its own `name`");
      }
    }
    return distinct;
  }
}
