package io.lockstep.scenario.document;

import io.lockstep.scenario.tree.Node;
import java.util.List;
import java.util.Optional;

/**
 * All that a scenario is given as, in one tree.
 *
 * @param root empty where nothing could be read
 * @param complete whether nothing is missing in it that the user named
 * @param environments value of {@code env}, where it is there
 * @param included in the order in which they were read
 */
public record Document(
    Optional<Node> root, boolean complete, Optional<Node> environments, List<Included> included) {
  public Document {
    included = List.copyOf(included);
  }
}
