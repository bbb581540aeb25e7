package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a step is, by names that stay: the names on the way to it. A step's own name is its kind
 * and its id, or its kind alone; where steps before it in the same list have that name too, their
 * number follows. So a new step shifts the draws of those behind it in its own list that are of its
 * kind and have no id, and of what is within them; and of no others.
 */
final class StepPath {
  private final List<String> names;
  private final Map<String, Integer> countByName = new HashMap<>();

  private StepPath(final List<String> names) {
    this.names = names;
  }

  /** The path of a list of steps that a scenario has under a key. */
  static StepPath of(final String key) {
    return new StepPath(List.of(key));
  }

  /** The path of the next step of the list. */
  StepPath next(final Step step) {
    return next(step.getClass().getSimpleName().toLowerCase(Locale.ROOT), step.id());
  }

  /** The path of the next thing of the list, which is of this kind. */
  StepPath next(final String kind, final Optional<String> id) {
    final String name = id.map(given -> kind + " " + given).orElse(kind);
    final int before = countByName.merge(name, 1, Integer::sum) - 1;
    final List<String> path = new ArrayList<>(names);
    path.add(before == 0 ? name : name + " #" + before);
    return new StepPath(path);
  }

  /** Key of the random stream of a part of the step. */
  long site(final String... part) {
    final List<String> path = new ArrayList<>(names);
    path.addAll(List.of(part));
    return Site.of(path.toArray(String[]::new));
  }

  /** Key of the random stream of the step. */
  long site() {
    return Site.of(names.toArray(String[]::new));
  }
}
